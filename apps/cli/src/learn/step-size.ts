import type { NdArray } from '@xcorr/graph';
import type { Fit } from './fit.ts';

/** How many of `positions` windows of `window` elements cover element `at` of an axis that starts `low` zeros into its padding. */
function covering(at: number, window: number, positions: number, low: number): number {
  const last = Math.min(at + low, positions - 1);
  const first = Math.max(0, at + low - window + 1);
  return Math.max(0, last - first + 1);
}

/**
 * The mean, over the windows of the input, of the sum of the squares of what a window sees: the trace of the windows'
 * Gram matrix G = (1 / N) sum over windows x of x x^T. It is the sum of G's eigenvalues, none of which is negative, and
 * so at least the largest. A bias sees one more element, which is 1.
 */
export function windowPower(input: NdArray, { input: [rows, columns], kernel: [tall, wide], target, low }: Fit, bias: boolean): number {
  const acrossColumns = Float64Array.from({ length: columns }, (_, j) => covering(j, wide, target[1], low[1]));
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let row = 0;
    for (let j = 0; j < columns; j++) row += (input.data[i * columns + j] ?? 0) ** 2 * (acrossColumns[j] ?? 0);
    total += row * covering(i, tall, target[0], low[0]);
  }
  return total / (target[0] * target[1]) + (bias ? 1 : 0);
}

/**
 * A learning rate with which gradient descent on the mean squared error cannot diverge. The Hessian of that loss is 2 G;
 * descent converges when the rate is below 2 / (largest eigenvalue of the Hessian), and 1 / (2 trace G) is at most half
 * of that. With Nesterov's momentum, any from 0 to below 1, it converges too.
 *
 * @see Polyak, "Introduction to Optimization", 1987, section 1.4.2
 */
export function safeLearningRate(power: number): number {
  return 1 / (2 * power);
}

/** How many times e goes into what the momentum leaves of an error: e^-12 is 6e-6. */
const decay = 12;

/**
 * The momentum m with which Nesterov's method gets furthest in so many steps. A component of the error whose curvature
 * times the learning rate exceeds ((1 - m) / (1 + m))^2 shrinks by sqrt(m) a step or faster; those of less curvature
 * creep. With sqrt(m) = 1 - 12 / steps all of the first have shrunk to e^-12 at the end, and as few as possible creep.
 * Neighbouring elements of a picture are alike, so that curvatures differ ten-thousandfold: without momentum the
 * steps would have to be as many.
 *
 * @see O'Donoghue and Candès, "Adaptive Restart for Accelerated Gradient Schemes", 2015, section 2
 * @example
 * momentumFor(1000).toFixed(3); // => '0.976'
 */
export function momentumFor(steps: number): number {
  return Math.max(0, 1 - decay / steps) ** 2;
}
