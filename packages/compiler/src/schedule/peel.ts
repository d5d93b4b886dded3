import { clamp, loopVariable, minus, plus, type Integer } from '@xcorr/graph';
import { rewriter, type Expression, type Expressions } from '../expression.ts';
import { isRefuted, simplifyIndex, unproved, type Extents } from '../lower/ranges.ts';
import type { Loop, Statement } from '../nest.ts';
import { bindVariable, declared, rewriteStatements } from './replicate.ts';
import type { Peel } from './schedule.ts';

/** One of the loops that take the place of a peeled one. */
interface Part {
  /** Added to the names of the loop and of those inside, so that other directives mean the middle alone. */
  readonly suffix: '' | '_low' | '_high';
  readonly extent: Integer;
  /** The first iteration. */
  readonly from: Integer;
  /** How many iterations there are if there is one. */
  readonly range: Integer;
}

/**
 * for i < n  ->  for i' < min(low, n): the first iterations;  for i < n - low - high: those between, where there are any;
 *                for i'' < what is left: the last ones
 */
function partsOf({ extent }: Loop, { low, high }: Peel): readonly Part[] {
  const first = clamp(low, extent);
  const range = minus(extent, low + high);
  const between = clamp(range, extent);
  const behind = plus(first, between);
  const last = minus(extent, behind);
  const parts: readonly Part[] = [
    { suffix: '_low', extent: first, from: 0, range: first },
    { suffix: '', extent: between, from: low, range },
    { suffix: '_high', extent: last, from: behind, range: last },
  ];
  return parts.filter((part) => part.extent !== 0);
}

/** The name of a loop before it was split. */
export function unsplit(variable: string): string {
  return variable.replace(/_.*$/, '');
}

/**
 * Splits loops into their first, middle and last iterations, in this order, and drops in each part the conditions that
 * hold or fail there.
 */
export function peelLoops(body: readonly Statement[], peels: ReadonlyMap<string, Peel>, make: Expressions): readonly Statement[] {
  return peeled(body, { peels, make, parts: partsOf, apart: createApart(body) }, new Map(), '');
}

/** Names for sums that no sum has: s0_low, s0_low_1, … Of two loops that are split, the middle of one may stand beside an end of the other. */
function createApart(body: readonly Statement[]): Peeling['apart'] {
  const taken = new Set(declared(body));
  return (wanted) => {
    let name = wanted;
    for (let more = 1; taken.has(name); more++) name = `${wanted}_${more}`;
    taken.add(name);
    return name;
  };
}

/** What is left of a body between the first and the last iterations of its peeled loops. */
export function middleOf(body: readonly Statement[], peels: ReadonlyMap<string, Peel>, make: Expressions): readonly Statement[] {
  return peeled(body, { peels, make, parts: (loop, peel) => partsOf(loop, peel).filter(({ suffix }) => suffix === ''), apart: (name) => name }, new Map(), '');
}

interface Peeling {
  readonly peels: ReadonlyMap<string, Peel>;
  readonly make: Expressions;
  readonly parts: (loop: Loop, peel: Peel) => readonly Part[];
  /** A name for a sum of its own, like the one that is wanted. */
  readonly apart: (wanted: string) => string;
}

function peeled(body: readonly Statement[], peeling: Peeling, ranges: Extents, suffix: string): readonly Statement[] {
  const { peels, make, parts, apart } = peeling;
  return body.flatMap((statement): readonly Statement[] => {
    if (statement.kind !== 'loop') return [settled(statement, ranges, make)];
    const peel = peels.get(statement.variable);
    const whole: Part = { suffix: '', extent: statement.extent, from: 0, range: statement.extent };
    return (peel === undefined ? [whole] : parts(statement, peel)).map((part) => {
      const behind = `${suffix}${part.suffix}`;
      const variable = `${statement.variable}${behind}`;
      const value = plus(loopVariable(variable), part.from);
      const isSame = variable === statement.variable && part.from === 0;
      // Parts that are written out stand side by side: each has sums of its own.
      const own = new Map(part.suffix === '' ? [] : [...declared(statement.body)].map((name) => [name, apart(`${name}${part.suffix}`)] as const));
      const accumulator = (name: string): string => own.get(name) ?? name;
      const moved = isSame ? statement.body : rewriteStatements(statement.body, make, { variable: bindVariable(statement.variable, value), accumulator });
      return { ...statement, variable, extent: part.extent, body: peeled(moved, peeling, new Map([...ranges, [variable, part.range]]), behind) };
    });
  });
}

/** A statement without the conditions that always hold in these ranges, and without what stands under those that never do. */
function settled(statement: Exclude<Statement, Loop>, ranges: Extents, make: Expressions): Statement {
  const settle = rewriter(make, {
    integer: (value) => simplifyIndex(value, ranges),
    replace: (each): Expression | undefined => {
      if (each.kind !== 'guard') return undefined;
      if (each.conditions.some((condition) => isRefuted(condition, ranges))) return settle(each.outside);
      return make.guard(unproved(each.conditions, ranges), settle(each.inside), settle(each.outside));
    },
  });
  return statement.kind === 'accumulator' ? statement : { ...statement, value: settle(statement.value) };
}
