import { js } from '@xcorr/backend-js';
import { NdArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import { curvaturesOf, minimumOf, quadraticOf, type Curvatures } from '@xcorr/nn';
import type { Fit } from './fit.ts';
import { lossOf, whiteningGain, type Model } from './learning-step.ts';
import type { Example } from './train.ts';

/** What is known of the loss before any step. */
export interface Prospect {
  readonly curvatures: Curvatures;
  /** The kernel and the bias whose loss is least. Undefined where no single one is, or it was not solved for. */
  readonly solution?: { readonly kernel: Kernel; readonly bias: number };
}

/** Products of taps that are made at most to look at the loss: a few seconds. */
const mostProducts = 4e9;

/** Taps of which eigenvalues are found in a second. */
const mostTaps = 256;

/** How many times the largest curvature exceeds the least at most, for the minimum to be more than rounding. */
const largestRatio = 1e12;

/**
 * How the loss curves, and where it is least: in float64, by the JavaScript backend, as the loss is quadratic. Of kernels
 * with so many taps that it would take long, a bound of the largest curvature alone.
 */
export async function prospectOf(model: Model, { input, target }: Example): Promise<Prospect> {
  const { fit, bias, whiten = false } = model;
  const taps = fit.kernel[0] * fit.kernel[1];
  if (taps > mostTaps || taps * taps * target.data.length > mostProducts) {
    // The Hessian is 2 G, G the Gram matrix whose trace is the power.
    return { curvatures: { least: 0, most: 2 * windowPower(input, fit, bias) * (whiten ? whiteningGain : 1) } };
  }
  const { inputs, parameters, loss } = lossOf(model, 'float64');
  const quadratic = await quadraticOf({ inputs, data: { X: widened(input), Y: widened(target) }, loss, parameters, backend: js() });
  const curvatures = curvaturesOf(quadratic);
  if (!(curvatures.least * largestRatio > curvatures.most)) return { curvatures };
  const found = minimumOf(quadratic);
  const values = found.get('K')?.data ?? [];
  const [rows, columns] = fit.kernel;
  const kernel = Array.from({ length: rows }, (_, u) => Array.from({ length: columns }, (__, v) => values[u * columns + v] ?? 0));
  return { curvatures, solution: { kernel, bias: found.get('b')?.item() ?? 0 } };
}

function widened({ shape, data }: NdArray): NdArray {
  return new NdArray(shape, Float64Array.from(data));
}

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
