import { NdArray, ValueError } from '@xcorr/graph';
import { minimumOf, type Quadratic } from '@xcorr/nn';
import type { Moments } from './moments.ts';
import type { Size } from './pair.ts';

/** The kernel of the least squared error. */
export type Solution = {
  /** [K], as float32 holds them. */
  readonly kernel: Float64Array;
  /** In grey levels; 0 where none was sought. */
  readonly bias: number;
  /** Whether it is the only best one. Otherwise BEFORE does not tell kernels apart, and nearly the smallest was taken. */
  readonly isOnly: boolean;
  /** By the variance of the errors, that of the tap which is known least; undefined where taps are not told apart. */
  readonly variance?: number;
};

/** What is added to the diagonal, as a share of its largest element, where kernels are not told apart. */
const ridge = 1e-10;

/**
 * The least k'(G k - 2 c + 2 b s) + n b^2 - 2 b t, over kernels k and, where a bias is sought, numbers b.
 */
export function leastSquares(moments: Moments, size: Size, withBias: boolean): Solution {
  const quadratic = quadraticOf(moments, size, withBias);
  const only = minimum(quadratic);
  const found = only ?? minimumOf(raised(quadratic));
  const kernel = Float64Array.from(found.get('kernel')?.data ?? [], (tap) => Math.fround(tap) + 0);
  return {
    kernel,
    bias: withBias ? bestBias(moments, kernel) : 0,
    isOnly: only !== undefined,
    ...(only === undefined ? {} : { variance: largestVariance(quadratic, moments.taps) }),
  };
}

/** The bias that is best for a kernel. */
function bestBias({ count, sums, total }: Moments, kernel: Float64Array): number {
  return (total - kernel.reduce((sum, tap, q) => sum + tap * (sums[q] ?? 0), 0)) / count;
}

/** The squared error as a loss that is quadratic in the kernel and the bias, looked at where both are 0. */
function quadraticOf({ taps, count, gram, product, sums, total }: Moments, size: Size, withBias: boolean): Quadratic {
  const row = (q: number): readonly number[] => Array.from(gram.subarray(q * taps, (q + 1) * taps), (each) => 2 * each);
  const behind = (values: readonly number[], last: number): Float64Array => Float64Array.from(withBias ? [...values, last] : values);
  return {
    parameters: [
      { name: 'kernel', shape: size, values: new NdArray(size, new Float64Array(taps)) },
      ...(withBias ? [{ name: 'bias', shape: [], values: new NdArray([], new Float64Array(1)) }] : []),
    ],
    gradient: behind(Array.from(product, (each) => -2 * each), -2 * total),
    hessian: [...Array.from({ length: taps }, (_, q) => behind(row(q), 2 * (sums[q] ?? 0))), ...(withBias ? [behind(Array.from(sums, (each) => 2 * each), 2 * count)] : [])],
  };
}

function minimum(quadratic: Quadratic): Map<string, NdArray> | undefined {
  try {
    return minimumOf(quadratic);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function raised(quadratic: Quadratic): Quadratic {
  const largest = Math.max(...quadratic.hessian.map((row, q) => row[q] ?? 0));
  return { ...quadratic, hessian: quadratic.hessian.map((row, q) => row.with(q, (row[q] ?? 0) + ridge * largest)) };
}

/** The largest element of the diagonal of (hessian / 2)^-1 among the taps': a column of an inverse is where a gradient of one element leads. */
function largestVariance(quadratic: Quadratic, taps: number): number {
  const variances = Array.from({ length: taps }, (_, q) => {
    const gradient = new Float64Array(quadratic.gradient.length);
    gradient[q] = -2;
    return minimumOf({ ...quadratic, gradient }).get('kernel')?.data[q] ?? 0;
  });
  return Math.max(...variances);
}
