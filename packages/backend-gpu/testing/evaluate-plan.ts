import { runInThisContext } from 'node:vm';
import type { ModeName } from '../src/modes.ts';
import type { FunctionPlan, KernelPlan, LaunchPlan } from '../src/emit/plan.ts';
import { parseFunction, type Line, type Node } from './kernel-parser.ts';

/**
 * What an expression is where gpu.js translates it: locals are floats, threads, counters and arguments declared so are
 * integers of 32 bits, and a literal without a point is what its neighbour is.
 */
type Type = 'integer' | 'float' | 'literal' | 'condition';

interface Typed {
  readonly text: string;
  readonly type: Type;
}

const comparisons = new Set(['===', '<', '<=', '>', '>=']);

/** Names of arrays and numbers as a function sees them. */
type Scope = ReadonlyMap<string, Type>;

/**
 * A function as JavaScript that computes as a mode does: in `cpu` mode in doubles, in others with every result rounded to
 * single precision, or to an integer of 32 bits where gpu.js has integers.
 */
function translate(source: string, declared: Scope, returns: 'Integer' | 'Float', functions: ReadonlyMap<string, FunctionPlan>, mode: ModeName): string {
  const single = mode !== 'cpu';
  const { parameters, body } = parseFunction(source);
  const fail = (what: string): never => {
    throw new TypeError(`${what} in\n${source}`);
  };
  const float = ({ text, type }: Typed): string => (type === 'condition' ? fail('a condition is used as a number') : type === 'float' || !single ? text : `fround(${text})`);
  const integer = ({ text, type }: Typed): string => (type === 'condition' ? fail('a condition is used as a number') : type === 'float' ? `trunc(${text})` : text);
  const condition = ({ text, type }: Typed): string => (type === 'condition' ? text : fail('a number is used as a condition'));

  const arithmetic = (operator: string, left: Typed, right: Typed): Typed => {
    if (left.type === 'literal' && right.type === 'literal') return fail('two literals, of which nobody knows if they are integers, stand side by side');
    if (operator === '/' || left.type === 'float' || right.type === 'float') {
      if (operator === '/' && single) return { text: `quotient(${float(left)}, ${float(right)})`, type: 'float' };
      const text = `(${float(left)} ${operator} ${float(right)})`;
      return { text: single ? `fround${text}` : text, type: 'float' };
    }
    return { text: operator === '*' && single ? `imul(${left.text}, ${right.text})` : single ? `(${left.text} ${operator} ${right.text} | 0)` : `(${left.text} ${operator} ${right.text})`, type: 'integer' };
  };
  const expression = (node: Node, scope: Scope): Typed => {
    switch (node.kind) {
      case 'number':
        return /^\d+$/.test(node.text) ? { text: node.text, type: 'literal' } : { text: single ? String(Math.fround(Number(node.text))) : node.text, type: 'float' };
      case 'name':
        return { text: node.name, type: scope.get(node.name) ?? fail(`${node.name} is not known`) };
      case 'thread':
        return { text: `thread.${node.axis}`, type: 'integer' };
      case 'element': {
        const index = expression(node.index, scope);
        if (index.type === 'float' && single) return fail(`an index of ${node.array} is a float`);
        return { text: `read(${node.array}, ${index.text})`, type: 'float' };
      }
      case 'call': {
        const operands = node.operands.map((operand) => expression(operand, scope));
        const called = functions.get(node.name);
        if (called === undefined) return { text: single ? `fround(${node.name}(${operands.map(float).join(', ')}))` : `${node.name}(${operands.map(float).join(', ')})`, type: 'float' };
        const types = Object.values(called.parameters);
        if (types.length !== operands.length) return fail(`${node.name} is called with ${operands.length} operands`);
        const converted = operands.map((operand, position) => (types[position] === 'Integer' ? integer(operand) : float(operand)));
        return { text: `${node.name}(${converted.join(', ')})`, type: called.returns === 'Integer' ? 'integer' : 'float' };
      }
      case 'minus': {
        const { text, type } = expression(node.operand, scope);
        return { text: `(-${text})`, type };
      }
      case 'choice': {
        const [test, whenTrue, whenFalse] = [expression(node.condition, scope), expression(node.whenTrue, scope), expression(node.whenFalse, scope)];
        const types = [whenTrue.type, whenFalse.type];
        if (types.includes('integer')) return fail('an integer is chosen');
        return { text: `(${condition(test)} ? ${float(whenTrue)} : ${float(whenFalse)})`, type: 'float' };
      }
      case 'operator': {
        const [left, right] = [expression(node.left, scope), expression(node.right, scope)];
        if (node.operator === '&&') return { text: `(${condition(left)} && ${condition(right)})`, type: 'condition' };
        if (!comparisons.has(node.operator)) return arithmetic(node.operator, left, right);
        const isFloat = left.type === 'float' || right.type === 'float';
        return { text: isFloat ? `(${float(left)} ${node.operator} ${float(right)})` : `(${left.text} ${node.operator} ${right.text})`, type: 'condition' };
      }
    }
  };
  const lines = (all: readonly Line[], around: Scope): readonly string[] => {
    const scope = new Map(around);
    return all.flatMap((each): readonly string[] => {
      switch (each.kind) {
        case 'declare': {
          const value = float(expression(each.value, scope));
          if (scope.has(each.name)) return fail(`${each.name} is declared twice`);
          scope.set(each.name, 'float');
          return [`let ${each.name} = ${value};`];
        }
        case 'assign': {
          const value = each.operator === '=' ? expression(each.value, scope) : arithmetic('+', { text: each.name, type: 'float' }, expression(each.value, scope));
          if (scope.get(each.name) !== 'float') return fail(`${each.name} is assigned and no local`);
          return [`${each.name} = ${float(value)};`];
        }
        case 'if':
          return [`if (${condition(expression(each.condition, scope))}) {`, ...lines(each.body, scope), '} else {', ...lines(each.otherwise, scope), '}'];
        case 'for':
          if (each.end.kind !== 'number') return fail('the bound of a loop is no literal');
          return [`for (let ${each.variable} = 0; ${each.variable} < ${each.end.text}; ${each.variable}++) {`, ...lines(each.body, new Map([...scope, [each.variable, 'integer']])), '}'];
        case 'return': {
          const value = expression(each.value, scope);
          return [`return ${returns === 'Integer' ? integer(value) : float(value)};`];
        }
      }
    });
  };
  return [`(${parameters.join(', ')}) => {`, ...lines(body, declared), '}'].join('\n');
}

/** What translated functions call. An element that is not there is an error: some modes read another in its place, and one traps. */
const library = (division = 0): string => `
const { fround, trunc, imul } = Math;
const quotient = (a, b) => fround(fround(a / b) * ${1 + division});
const read = (array, index) => {
  const value = array[index];
  if (value === undefined) throw new RangeError('element ' + index + ' of ' + array.length + ' is read');
  return value;
};
const thread = { x: 0, y: 0, z: 0 };
`;

function translatedFunctions(functions: readonly FunctionPlan[], mode: ModeName): readonly string[] {
  const byName = new Map(functions.map((each) => [each.name, each]));
  return functions.map(({ name, source, parameters, returns }) => {
    const scope = new Map(Object.entries(parameters).map(([parameter, type]) => [parameter, type === 'Integer' ? 'integer' : 'float'] as const));
    return `const ${name} = ${translate(source, scope, returns, byName, mode)};`;
  });
}

function evaluated(source: string): unknown {
  return runInThisContext(`(() => { ${source} })()`);
}

/** A function of a plan, as a mode computes it; its quotients err by the part `division` of them. */
export function functionOf(name: string, functions: readonly FunctionPlan[], mode: ModeName, division = 0): (...operands: readonly number[]) => number {
  const made = evaluated([library(division), ...translatedFunctions(functions, mode), `return ${name};`].join('\n'));
  if (typeof made !== 'function') throw new TypeError('there is no such function');
  const types = Object.values(functions.find((each) => each.name === name)?.parameters ?? {});
  const rounded = (operand: number, position: number): number => (mode === 'cpu' || types[position] === 'Integer' ? operand : Math.fround(operand));
  return (...operands) => Number(Reflect.apply(made, undefined, operands.map(rounded)));
}

/** A kernel as JavaScript over flat arrays: `(arrays, result) => void`, with a thread for each element of the result. */
function kernelOf({ source, reads, threads, specials }: KernelPlan, functions: readonly FunctionPlan[], mode: ModeName): (arrays: readonly Float32Array[], result: Float32Array) => void {
  const { parameters } = parseFunction(source);
  if (parameters.length !== reads.length + specials.length) throw new TypeError(`a kernel does not take what it is given:\n${source}`);
  const scope = new Map(parameters.slice(reads.length).map((name) => [name, 'float'] as const));
  const kernel = translate(source, scope, 'Float', new Map(functions.map((each) => [each.name, each])), mode);
  const [x, y = 1, z = 1] = threads;
  const made = evaluated(`${library()}
${translatedFunctions(functions, mode).join('\n')}
const kernel = ${kernel};
return (operands, result) => {
  let element = 0;
  for (thread.z = 0; thread.z < ${z}; thread.z++) for (thread.y = 0; thread.y < ${y}; thread.y++) for (thread.x = 0; thread.x < ${x}; thread.x++) result[element++] = kernel(...operands);
};`);
  if (typeof made !== 'function') throw new TypeError('there is no kernel');
  return (arrays, result) => void Reflect.apply(made, undefined, [[...arrays, ...specials], result]);
}

/** Runs a plan once over the elements of its buffers, and puts those that it makes among them. */
export function planRunner({ kernels, functions, mode }: LaunchPlan): (values: Map<string, Float32Array>) => void {
  const made = kernels.map((kernel) => ({ kernel, run: kernelOf(kernel, functions.filter(({ name }) => kernel.calls.includes(name)), mode) }));
  return (values) => {
    for (const { kernel, run } of made) {
      const arrays = kernel.reads.map((id) => values.get(id) ?? new Float32Array());
      const result = new Float32Array(kernel.threads.reduce((count, side) => count * side, 1));
      run(arrays, result);
      values.set(kernel.writes, result);
    }
  };
}
