import type { Expectation } from './expectation.ts';

/**
 * Beyond this a result is wrong, and its time says nothing. One accumulator in single precision has been seen to lose half of
 * it over a million squares.
 */
export const worstError = 1e-3;

/**
 * The largest error among the elements that are looked at, each by its scale.
 *
 * @throws Error when the result has another length.
 */
export function largestError(result: Float32Array, { length, positions, values, scales }: Expectation): number {
  if (result.length !== length) throw new Error(`a result of ${result.length} elements in place of ${length}`);
  let worst = 0;
  positions.forEach((position, at) => {
    const error = Math.abs(result[position] - values[at]) / scales[at];
    // What is not a number is no small error.
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  });
  return worst;
}
