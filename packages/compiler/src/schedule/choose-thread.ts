import { walk, type Loop, type LoopNest } from '../nest.ts';
import type { Directive, Schedule } from './schedule.ts';

/** Taps that one thread takes without a loop. */
export const unrolledTaps = 25;

/** Iterations of a loop and of those inside it, undefined when one of them is not a number. */
export function iterations(loop: Loop): number | undefined {
  let product = typeof loop.extent === 'number' ? loop.extent : undefined;
  for (const [inner] of walk(loop.body))
    if (inner.kind === 'loop') product = product === undefined || typeof inner.extent !== 'number' ? undefined : product * inner.extent;
  return product;
}

/**
 * The schedule of a nest of which each element is computed by a thread of its own: the loops over its elements are the
 * threads, and sums of few taps are written out. Compilers of kernels fail at long code, so longer sums stay loops.
 */
export function chooseThreadSchedule(nest: LoopNest): Schedule {
  const schedule: Directive[] = [];
  for (const [statement] of walk(nest.body)) {
    if (statement.kind !== 'loop' || statement.role !== 'reduce') continue;
    const taps = iterations(statement);
    if (taps !== undefined && taps <= unrolledTaps) schedule.push({ kind: 'unroll', loop: statement.variable });
  }
  return schedule;
}
