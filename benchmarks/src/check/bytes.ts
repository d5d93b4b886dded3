import type { Inputs } from '../workloads/workload.ts';
import type { Expectation } from './expectation.ts';

// Of contenders whose pictures are bytes, 0 to 255 for 0 to 1.

/** Two steps: a result is cut to bytes, not always to the nearest, and so may its products be. */
export const worstErrorInBytes: number = 2 / 255;

/** What such a contender is really fed. */
export function inBytes({ image, target }: Inputs): Inputs {
  return { image: image.map((value) => Math.round(value * 255) / 255), target };
}

/** What may be expected of it: nothing below 0 or above 1, and errors in steps. */
export function cutOff(expectation: Expectation): Expectation {
  return { ...expectation, values: expectation.values.map((value) => Math.min(1, Math.max(0, value))), scales: expectation.scales.map(() => 1) };
}
