import { walk, type Loop, type LoopNest } from '../nest.ts';
import type { Machine } from '../backend.ts';
import type { Schedule } from './schedule.ts';

/** Loops of at most this many iterations, all levels of unrolling together, are written out. */
const unrolledIterations = 64;

/** Iterations below a loop, itself included, or undefined when one of them is not a number. */
function iterationsOf(loop: Loop): number | undefined {
  let most = 1;
  for (const each of loop.body) {
    if (each.kind !== 'loop') continue;
    const inner = iterationsOf(each);
    if (inner === undefined) return undefined;
    most = Math.max(most, inner);
  }
  return typeof loop.extent === 'number' ? loop.extent * most : undefined;
}

/**
 * The schedule of a nest for a scalar machine with a handful of registers: innermost loops of few iterations are
 * unrolled, so that taps stand in locals; of the loops around them, two are blocked where that shares loads.
 */
export function chooseSchedule(nest: LoopNest, _machine: Machine): Schedule {
  const unrolled = new Set<string>();
  for (const [statement, around] of walk(nest.body)) {
    if (statement.kind !== 'loop') continue;
    const inside = around.some((loop) => unrolled.has(loop.variable));
    const iterations = iterationsOf(statement);
    if (inside || (iterations !== undefined && iterations <= unrolledIterations && isInner(statement, around))) unrolled.add(statement.variable);
  }
  return [...unrolled].map((loop) => ({ kind: 'unroll', loop }));
}

/** A loop of results or taps inside others, or a short one on its own. */
function isInner(loop: Loop, around: readonly Loop[]): boolean {
  return around.length > 0 || (typeof loop.extent === 'number' && loop.extent <= 8);
}
