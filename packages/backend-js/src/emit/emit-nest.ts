import { expressionsIn, walk, type Condition, type Expression, type Loop, type LoopNest, type Statement } from '@xcorr/compiler';
import { plus, type Integer } from '@xcorr/graph';
import { carriedLoads, indexAt, storedBuffers, type Load } from './carried-loads.ts';
import { indexSource, integerSource, wrapped, type IntegerNames, type Scope } from './integers.ts';
import { binarySource, comparisonSource, numberLiteral, unarySource } from './scalars.ts';

/** The accumulator arrays of a nest that are indexed by loop variables; the others are local variables. */
function indexedAccumulators(nest: LoopNest): ReadonlySet<string> {
  const indexed = new Set<string>();
  for (const [statement] of walk(nest.body)) if (statement.kind === 'accumulate' && typeof statement.element !== 'number') indexed.add(statement.name);
  for (const each of expressionsIn(nest.body)) if (each.kind === 'accumulator' && typeof each.element !== 'number') indexed.add(each.name);
  return indexed;
}

/** One function: the source of a scheduled nest. */
export interface NestSource {
  readonly name: string;
  /** The buffers that it works on, in the order of its parameters. */
  readonly buffers: readonly string[];
  /** Arrays that it needs beside them, made once: name and length. */
  readonly arrays: readonly (readonly [name: string, length: number])[];
  readonly text: string;
}

/**
 * Emits a scheduled nest as a function of its buffers and of all named sizes; `table` names arrays of integers.
 *
 * @param bands  into how many bands the iterations of its outermost loops, one loop behind the other, are divided; the
 *   function then takes `begin` and `end`, and runs the bands from `begin` to `end - 1`. Default: it runs all of them
 */
export function emitNest(nest: LoopNest, sizeNames: ReadonlyMap<string, string>, table: IntegerNames['table'], bands?: number): NestSource {
  const indexed = indexedAccumulators(nest);
  const buffers = new Set<string>();
  const arrays: (readonly [string, number])[] = [];
  let bases = 0;
  const names: IntegerNames = {
    size: (name) => sizeNames.get(name) ?? '0',
    fresh: () => `p${bases++}`,
    table,
    isOfAnySize: sizeNames.size > 0,
  };
  let scopes: readonly Scope[] = [];

  const stored = storedBuffers(nest);
  /** What loads are called whose values are kept for the next iteration, by their ids, and locals that stand for one of these. */
  const kept = new Map<number, string>();
  const renamed = new Map<string, string>();
  const keep = ({ id }: Load): string => {
    const name = kept.get(id) ?? `v${kept.size}`;
    kept.set(id, name);
    return name;
  };
  const load = (buffer: string, index: Integer): string => {
    buffers.add(buffer);
    return `${buffer}[${indexSource(index, scopes, names)}]`;
  };

  const register = (name: string, element: number): string => (element === 0 ? name : `${name}_at${element}`);
  const condition = (each: Condition): string => {
    const text = indexSource(each.index, scopes, names);
    if (each.kind === 'multiple') return `(${text}) % ${each.divisor} === 0`;
    const index = text.endsWith(' | 0') ? `(${text})` : text;
    return `${index} >= 0 && ${index} < ${integerSource(each.extent, names)}`;
  };
  const truth = (each: Expression): string => {
    const compare = each.kind === 'binary' ? comparisonSource[each.name] : undefined;
    return each.kind === 'binary' && compare !== undefined ? compare(source(each.left), source(each.right)) : `${source(each)} !== 0`;
  };
  const source = (each: Expression): string => {
    switch (each.kind) {
      case 'constant':
        return numberLiteral(each.value);
      case 'integer':
        return `(${integerSource(each.value, names)})`;
      case 'load':
        return kept.get(each.id) ?? load(each.buffer, each.index);
      case 'local':
        return renamed.get(each.name) ?? each.name;
      case 'accumulator':
        if (indexed.has(each.name) || typeof each.element !== 'number') return `${each.name}[${indexSource(each.element, scopes, names)}]`;
        return register(each.name, each.element);
      case 'unary':
        return unarySource[each.name](source(each.operand));
      case 'binary':
        return binarySource[each.name](source(each.left), source(each.right));
      case 'select':
        return `(${truth(each.condition)} ? ${source(each.whenTrue)} : ${source(each.whenFalse)})`;
      case 'guard':
        return `(${each.conditions.map(condition).join(' && ')} ? ${source(each.inside)} : ${source(each.outside)})`;
    }
  };

  const within = (variable: string | undefined, emit: () => readonly string[]): readonly string[] => {
    const scope: Scope = { variable, prelude: [], hoisted: new Map() };
    const around = scopes;
    scopes = [...around, scope];
    const lines = emit();
    scopes = around;
    return [...scope.prelude, ...lines];
  };
  /** The lines before a loop and in it. Where it does not run, what is loaded before it is used by no one. */
  const loopLines = (loop: Loop): { readonly before: readonly string[]; readonly inner: readonly string[] } => {
    // Of the outermost loops threads take bands, which begin anywhere.
    const carried = scopes.length > 1 ? carriedLoads(loop, stored) : [];
    const before = carried.map(({ load: own }) => `let ${keep(own)} = ${load(own.buffer, indexAt(own, loop, 0))};`);
    const inner = within(loop.variable, () => {
      const fresh = carried.flatMap(({ next }) => (kept.has(next.id) ? [] : [`const ${keep(next)} = ${load(next.buffer, next.index)};`]));
      return [...fresh, ...loop.body.flatMap(emitStatement), ...carried.map(({ load: own, next }) => `${keep(own)} = ${keep(next)};`)];
    });
    return { before, inner };
  };
  /** Where the iterations of the next outermost loop stand among those of all. */
  let before: Integer = 0;
  const band = ({ variable, extent }: Loop, inner: readonly string[]): readonly string[] => {
    const behind = before === 0 ? '' : ` - ${integerSource(before, names)}`;
    before = plus(before, extent);
    const [start, end] = [behind === '' ? 'first' : `Math.max(0, first${behind})`, `Math.min(${integerSource(extent, names)}, last${behind})`];
    const head = `let ${variable} = ${wrapped(start, names)}, ${variable}_end = ${wrapped(end, names)}`;
    return [`for (${head}; ${variable} < ${variable}_end; ${variable}++) {`, ...inner.map((line) => `  ${line}`), '}'];
  };
  const emitStatement = (each: Statement): readonly string[] => {
    switch (each.kind) {
      case 'loop': {
        const { before: lead, inner } = loopLines(each);
        const extent = integerSource(each.extent, names);
        // A bound that is computed is computed once, not at each iteration.
        const bound = typeof each.extent === 'number' ? extent : `${each.variable}_end`;
        const start = bound === extent ? '' : `, ${bound} = ${wrapped(extent, names)}`;
        if (bands !== undefined && scopes.length === 1) return band(each, inner);
        return [...lead, `for (let ${each.variable} = 0${start}; ${each.variable} < ${bound}; ${each.variable}++) {`, ...inner.map((line) => `  ${line}`), '}'];
      }
      case 'let': {
        const own = each.value.kind === 'load' ? kept.get(each.value.id) : undefined;
        if (own !== undefined) {
          renamed.set(each.name, own);
          return [];
        }
        return [`const ${each.name} = ${source(each.value)};`];
      }
      case 'accumulator':
        if (indexed.has(each.name)) {
          arrays.push([each.name, each.count]);
          return [`${each.name}.fill(${numberLiteral(each.initial)});`];
        }
        return [`let ${Array.from({ length: each.count }, (_, element) => `${register(each.name, element)} = ${numberLiteral(each.initial)}`).join(', ')};`];
      case 'accumulate': {
        const target = indexed.has(each.name) || typeof each.element !== 'number' ? `${each.name}[${indexSource(each.element, scopes, names)}]` : register(each.name, each.element);
        return [each.operator === 'add' ? `${target} += ${source(each.value)};` : `${target} = Math.max(${target}, ${source(each.value)});`];
      }
      case 'store':
        buffers.add(each.buffer);
        return [`${each.buffer}[${indexSource(each.index, scopes, names)}] = ${source(each.value)};`];
    }
  };

  const lines = within(undefined, () => nest.body.flatMap(emitStatement));
  const ends = bands === undefined ? [] : ['begin', 'end'];
  const parameters = [...buffers, ...sizeNames.values(), ...ends];
  const range = bands === undefined ? [] : [`  const all = ${integerSource(before, names)}, first = (all * begin) / ${bands} | 0, last = (all * end) / ${bands} | 0;`];
  const sizes = [...sizeNames.values()].map((name) => `${name} |= 0;`);
  const text = [`function ${nest.name}(${parameters.join(', ')}) {`, ...(sizes.length > 0 ? [`  ${sizes.join(' ')}`] : []), ...range, ...lines.map((line) => `  ${line}`), '}'].join('\n');
  return { name: nest.name, buffers: [...buffers], arrays, text };
}
