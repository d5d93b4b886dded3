import type { Expectation } from './expectation.ts';

/** Beyond this a filter's or a layer's result is wrong, and its time says nothing: single precision loses less than a tenth of it. */
export const worstError = 1e-5;

/** The same of training: one accumulator in single precision has been seen to lose half of it over a million squares. */
export const worstErrorOfTraining = 1e-3;

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
