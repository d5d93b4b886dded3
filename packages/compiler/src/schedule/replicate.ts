import { substitute, type Integer, type Variable } from '@xcorr/graph';
import { rewriter, type Expressions, type Rewrite } from '../expression.ts';
import { walk, type Loop, type Statement } from '../nest.ts';

/** Rewrites every expression and integer of some statements. */
export function rewriteStatements(body: readonly Statement[], make: Expressions, rewrite: Rewrite): readonly Statement[] {
  const expression = rewriter(make, rewrite);
  const integer = (value: Integer): Integer => (rewrite.variable === undefined ? value : substitute(value, rewrite.variable));
  const name = (text: string): string => rewrite.accumulator?.(text) ?? text;
  // Each kind is written out: objects that are spread come in many forms, and copying those is slow.
  const statement = (each: Statement): Statement => {
    switch (each.kind) {
      case 'loop':
        return { kind: 'loop', variable: each.variable, extent: integer(each.extent), role: each.role, body: each.body.map(statement) };
      case 'let':
        return { kind: 'let', name: each.name, value: expression(each.value) };
      case 'accumulator':
        return { kind: 'accumulator', name: name(each.name), count: each.count, initial: each.initial };
      case 'accumulate':
        return { kind: 'accumulate', name: name(each.name), element: integer(each.element), operator: each.operator, value: expression(each.value) };
      case 'store':
        return { kind: 'store', buffer: each.buffer, index: integer(each.index), value: expression(each.value) };
    }
  };
  return body.map(statement);
}

/** Puts an integer in the place of one loop variable. */
export function bindVariable(name: string, value: Integer): (variable: Variable) => Integer | undefined {
  return (variable) => (variable.role === 'loop' && variable.name === name ? value : undefined);
}

/** The accumulators declared in some statements and in the loops inside, which copies may share. */
export function declared(body: readonly Statement[]): ReadonlySet<string> {
  return new Set([...walk(body)].flatMap(([each]) => (each.kind === 'accumulator' ? [each.name] : [])));
}

/** What writing out iterations needs: a maker, and names for the accumulators of further copies. */
export interface Writing {
  readonly make: Expressions;
  /** A name that no accumulator of the nest has. */
  readonly apart: (name: string) => string;
}

/** Names accumulators apart: s0, s0_1, s0_2, … */
export function createApart(): Writing['apart'] {
  const counts = new Map<string, number>();
  return (name) => {
    const base = name.replace(/_.*$/, '');
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return `${base}_${count}`;
  };
}

/** Some iterations of one loop body, one list of statements each. Accumulators of the body are named apart. */
function copies(body: readonly Statement[], variable: string, values: readonly Integer[], { make, apart }: Writing): readonly (readonly Statement[])[] {
  const own = declared(body);
  return values.map((value, copy) => {
    const renamed = new Map([...own].map((name) => [name, copy === 0 ? name : apart(name)]));
    return rewriteStatements(body, make, {
      variable: bindVariable(variable, value),
      accumulator: (name) => renamed.get(name) ?? name,
    });
  });
}

/**
 * Some iterations of a loop written out. Those of a parallel loop stand side by side, and the loops inside are shared
 * by all of them ("unroll and jam"); those of a reduction follow one another, so that sums keep their order.
 */
export function replicate(loop: Loop, body: readonly Statement[], values: readonly Integer[], writing: Writing): readonly Statement[] {
  const written = copies(body, loop.variable, values, writing);
  return loop.role === 'parallel' ? jam(written) : written.flat();
}

/** Statement by statement, the copies together; loops that the copies share are merged. */
function jam(written: readonly (readonly Statement[])[]): readonly Statement[] {
  const [first = []] = written;
  return first.flatMap((each, position): readonly Statement[] => {
    const same = written.flatMap((copy) => copy[position] ?? []);
    if (each.kind !== 'loop') return same;
    return [{ ...each, body: jam(same.map((copy) => (copy.kind === 'loop' ? copy.body : []))) }];
  });
}
