import { ValueError } from '@xcorr/graph';
import type { ElementThreads } from '../backend.ts';
import { chooseThreadSchedule } from '../schedule/choose-thread.ts';
import { splitSums } from './split-sums.ts';

/**
 * For the machine of a backend that computes each element of a result by a thread of its own, in single precision.
 *
 * @param longestSum the most terms of a sum that a thread takes; longer ones are taken in bands, each by a nest of its own
 * @throws ValueError for a number of terms that is none.
 * @example
 * const x = input('x', [1000]);
 * const machine = { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(256) };
 * programFor({ inputs: { x }, outputs: { y: sum(x) } }, { machine }).nests.length; // => 2
 */
export function elementThreads(longestSum: number): ElementThreads {
  if (!Number.isSafeInteger(longestSum) || longestSum < 2) throw new ValueError(`elementThreads: ${longestSum} terms are no sum; a whole number of at least 2 is expected`);
  return { longestSum, splitSums: (lowered, names, make) => splitSums(lowered, longestSum, names, make), chooseSchedule: chooseThreadSchedule };
}
