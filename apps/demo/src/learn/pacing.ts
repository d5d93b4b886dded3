import type { Pace } from './state.ts';

/** Steps a second; as many as there is time for where it is undefined. */
export const stepsPerSecond: Readonly<Record<Pace, number | undefined>> = { slow: 2, brisk: 10, quick: 100, fast: undefined };

/** How long steps run in one call, in milliseconds: a pause waits no longer. */
const slice = 10;

/** Steps for the next call, by how long the last one took: at most twice as many. */
export function nextTimes(times: number, milliseconds: number): number {
  return Math.max(1, Math.min(2 * times, Math.floor((times * slice) / Math.max(milliseconds, 0.1))));
}

/** The loss has grown by so much that no step will bring it back. */
const hopeless = 1e6;

/** The place of the first loss that is not finite, or out of all proportion to the first of the run. */
export function divergenceIn(losses: ArrayLike<number>, first: number): number | undefined {
  const limit = hopeless * Math.max(first, 1e-6);
  const found = Array.from(losses).findIndex((loss) => !(loss <= limit));
  return found < 0 ? undefined : found;
}
