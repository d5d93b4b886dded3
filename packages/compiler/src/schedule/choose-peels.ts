import { floorDivide, loopVariable, minus, termsOf, times, type Integer } from '@xcorr/graph';
import { partsOf, type Condition, type Expression } from '../expression.ts';
import { bound, nominal, type Extents } from '../lower/ranges.ts';
import { valueOf, walk, type Loop, type LoopNest } from '../nest.ts';
import type { Peel } from './schedule.ts';

/** What is written again for each part of a peeled loop is at most so much in all: parts and expressions of a nest multiplied. */
const writtenExpressions = 4000;

/** The literal number that multiplies a loop variable, if the variable occurs nowhere else. */
function coefficientOf(index: Integer, variable: string): number | undefined {
  const own = termsOf(index).find(({ factors: [first, second] }) => second === undefined && first?.kind === 'variable' && first.role === 'loop' && first.name === variable);
  return own?.coefficient;
}

const literal = (value: Integer): number | undefined => (typeof value === 'number' ? Math.max(0, value) : undefined);

/** Behind how many first, and before how many last iterations of a loop a condition holds whatever the others are at. */
function amountsFor(condition: Condition, loop: Loop, extents: Extents): readonly [low: number, high: number] | undefined {
  if (condition.kind === 'multiple') return undefined;
  const coefficient = coefficientOf(condition.index, loop.variable);
  if (coefficient === undefined) return undefined;
  const rest = minus(condition.index, times(coefficient, loopVariable(loop.variable)));
  const [least, most] = [bound(rest, extents, 'lower'), bound(rest, extents, 'upper')];
  if (least === undefined || most === undefined) return undefined;
  const by = Math.abs(coefficient);
  // c i + rest >= 0 from i = -floor(least / c) on;  c i + rest < extent down from floor((extent - 1 - most) / c).
  const room = minus(minus(condition.extent, 1), most);
  const [from, to] = coefficient > 0 ? [least, room] : [room, least];
  const low = literal(times(-1, floorDivide(from, by)));
  const high = literal(minus(minus(loop.extent, 1), floorDivide(to, by)));
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Iterations between the first and the last ones must be at least as many as those. */
function isWorthwhile({ extent }: Loop, low: number, high: number): boolean {
  return low + high > 0 && nominal(extent) >= 2 * (low + high);
}

/**
 * The loops to split so that conditions on an index hold in the middle. Each condition is taken to the outermost loop
 * that decides it by a few iterations at its ends, whatever the loops inside are at; loops that are written out are no choice.
 */
export function choosePeels(nest: LoopNest, unrolled: ReadonlySet<string>): readonly Peel[] {
  const amounts = new Map<string, Peel>();
  const seen = new Set<Expression>();
  for (const [statement, around] of walk(nest.body)) {
    const value = valueOf(statement);
    if (value === undefined) continue;
    const extents: Extents = new Map(around.map((loop) => [loop.variable, loop.extent]));
    const candidates = around.filter((loop) => !unrolled.has(loop.variable));
    for (const condition of [...partsOf(value, seen)].flatMap((part) => (part.kind === 'guard' ? part.conditions : []))) {
      for (const loop of candidates) {
        const found = amountsFor(condition, loop, extents);
        if (found === undefined) continue;
        const known = amounts.get(loop.variable);
        const [low, high] = [Math.max(found[0], known?.low ?? 0), Math.max(found[1], known?.high ?? 0)];
        if (isWorthwhile(loop, low, high)) amounts.set(loop.variable, { kind: 'peel', loop: loop.variable, low, high });
        break;
      }
    }
  }
  return 3 ** amounts.size * seen.size <= writtenExpressions ? [...amounts.values()] : [];
}
