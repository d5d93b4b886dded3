import { ValueError } from '@xcorr/graph';

/**
 * How long a gradient is. `L1`: |dx| + |dy|, which takes no square root, and takes diagonal edges for up to 1.41 times
 * as strong. `L2`: sqrt(dx^2 + dy^2), its length.
 */
export type GradientNorm = 'L1' | 'L2';

/** @throws ValueError when there is no such norm. */
export function checkNorm(norm: string, operation: string): asserts norm is GradientNorm {
  if (norm !== 'L1' && norm !== 'L2') throw new ValueError(`${operation}: there is no norm ${JSON.stringify(norm)}; the norms are "L1" and "L2"`);
}

/**
 * tan 22.5 degrees, where the sector of horizontal gradients ends, with 15 bits behind the point as cv::Canny has it.
 * tan 67.5 degrees is 2 more. A product with a whole number below 1237 has at most 24 bits: float32 holds it exactly.
 */
export const tangent: number = 13_573 / 32_768;
