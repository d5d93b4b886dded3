import { ValueError } from '@xcorr/graph';
import { checkChoice, checkPair, checkWhole, readPair } from './checks.ts';
import { exactTaps, magnitude, nearest, rational, timesRational, type Rational } from './exact-taps.ts';
import type { Kernel } from './kernel.ts';

/** Where the taps stand about the element whose derivative they measure: on both sides, from it onwards, up to it. */
export type DifferenceKind = 'central' | 'forward' | 'backward';

const kinds: readonly DifferenceKind[] = ['central', 'forward', 'backward'];

export interface FiniteDifferenceOptions {
  /**
   * p: the error falls with the p-th power of the distance of the samples, and polynomials of degree below d + p have
   * none. Central ones have an even p. Default: the least, 2 for central ones, else 1.
   */
  readonly accuracy?: number;
  /** Default: `central`. */
  readonly kind?: DifferenceKind;
  /** `x`: along a row, a kernel [1, n]. `y`: down a column, a kernel [n, 1]. Default: `x`. */
  readonly axis?: 'x' | 'y';
}

export interface MixedDifferenceOptions {
  /** The p of both axes, or of [rows, columns]. Default: the least, 2 for central ones, else 1. */
  readonly accuracy?: number | readonly [number, number];
  /** The kind of both axes, or of [rows, columns]. Default: `central`. */
  readonly kind?: DifferenceKind | readonly [DifferenceKind, DifferenceKind];
}

/** What the taps of one axis are: the sample at each offset, counted from the element measured, and its exact weight. */
export interface Stencil {
  readonly offsets: readonly number[];
  readonly taps: readonly Rational[];
}

/**
 * Of a central first derivative with more taps, the outermost are below 2^-24 of the largest: in float32 they would
 * change nothing.
 */
const mostTaps = 25;

/**
 * The sum of the absolute taps says how much a rounding error of the picture grows. A picture of values to 1 in float32
 * errs by 2^-25: grown 2^24 times, that is half of white.
 */
const mostGain = 2 ** 24;

/**
 * The finite difference that measures a derivative of any order along one axis, to be correlated with a picture:
 *
 *   y[j] = sum over k of  w_k x[j + o_k]  =  x^(d)(j) + O(h^p)
 *
 * Its moments are those of a derivative: the sum of w_k o_k^m is d! for m = d and 0 for every other m below d + p. The
 * weights are computed as rationals and rounded once. The offsets o_k, where x[j + o_k] are neighbouring elements, are
 *
 *   forward   0 .. d + p - 1        y[j] stands at the first element under the kernel
 *   backward  -(d + p - 1) .. 0     at the last
 *   central   -r .. r, with r = floor((d + 1) / 2) - 1 + p / 2, at the middle
 *
 * @param derivative  d, a whole number; 0 is the picture itself
 * @returns  [1, n], or [n, 1] along y
 * @throws ValueError when d or p is no such number, or the kernel would be of no use: more than 25 taps, or rounding
 * errors of float32 that grow to half of white.
 * @see Fornberg, "Generation of Finite Difference Formulas on Arbitrarily Spaced Grids", 1988
 * @example
 * finiteDifference(1); // => [[-0.5, 0, 0.5]]
 * finiteDifference(2, { axis: 'y' }); // => [[1], [-2], [1]]
 * finiteDifference(1, { kind: 'forward', accuracy: 2 }); // => [[-1.5, 2, -0.5]]
 * finiteDifference(2, { accuracy: 4 }); // => [[-1 / 12, 4 / 3, -5 / 2, 4 / 3, -1 / 12]]
 */
export function finiteDifference(derivative: number, options: FiniteDifferenceOptions = {}): Kernel {
  const { kind = 'central', axis = 'x' } = options;
  checkChoice('finiteDifference', 'axis', axis, ['x', 'y']);
  const along = stencilOf('finiteDifference', derivative, kind, options.accuracy);
  return axis === 'x' ? product('finiteDifference', single, along) : product('finiteDifference', along, single);
}

/**
 * The finite difference of a mixed derivative, d1 times down the rows and d2 times along the columns: the outer product
 * of two finite differences, each tap rounded once.
 *
 * @param derivatives  [d1, d2], whole numbers
 * @returns  [n1, n2]
 * @throws ValueError as `finiteDifference` does, of either axis or of both together.
 * @see Fornberg, 1988
 * @example
 * mixedDifference([1, 1]); // => [[0.25, 0, -0.25], [0, 0, 0], [-0.25, 0, 0.25]]
 * mixedDifference([0, 1], { kind: 'forward' }); // => [[-1, 1]]
 */
export function mixedDifference(derivatives: readonly [number, number], options: MixedDifferenceOptions = {}): Kernel {
  const operation = 'mixedDifference';
  checkPair(operation, 'derivatives', derivatives, '[of rows, of columns]');
  const [rowKind, columnKind] = readPair(operation, 'kind', options.kind ?? 'central');
  const [rowAccuracy, columnAccuracy] = readPair(operation, 'accuracy', options.accuracy);
  const [rows, columns] = derivatives;
  return product(operation, stencilOf(operation, rows, rowKind, rowAccuracy), stencilOf(operation, columns, columnKind, columnAccuracy));
}

/**
 * The smallest number of taps, along one axis, that can measure a derivative of order d: d + 1.
 *
 * A derivative of order d gives 0 for 1, t, ..., t^(d-1) and not for t^d. With d taps or fewer, at whatever different
 * places, the first d of those demands alone leave only taps of 0 (Vandermonde's determinant is not 0); with d + 1
 * taps there is exactly one solution. Central ones have an odd number of taps, d + 1 where d is even and d + 2 where d
 * is odd: then the middle one is 0, and those that are not are still d + 1.
 *
 * @param derivative  d, a whole number
 * @param kind  Default: `forward`
 * @throws ValueError when d is no whole number.
 * @see Dive into Deep Learning, "Convolutions for Images", exercises; Fornberg, 1988
 * @example
 * minimumKernelSize(1); // => 2
 * minimumKernelSize(2); // => 3
 * minimumKernelSize(3, 'central'); // => 5
 */
export function minimumKernelSize(derivative: number, kind: DifferenceKind = 'forward'): number {
  checkWhole('minimumKernelSize', 'a derivative of order', derivative, 0);
  checkChoice('minimumKernelSize', 'kind', kind, kinds);
  return kind === 'central' ? 2 * Math.floor((derivative + 1) / 2) + 1 : derivative + 1;
}

/** The axis that is not differentiated. */
const single: Stencil = { offsets: [0], taps: [{ numerator: 1n, denominator: 1n }] };

/** The exact weights of a finite difference of known kind, or a refusal in the name of an operation. */
export function stencilOf(operation: string, derivative: number, kind: DifferenceKind, asked?: number): Stencil {
  checkWhole(operation, 'a derivative of order', derivative, 0);
  checkChoice(operation, 'kind', kind, kinds);
  const accuracy = asked ?? (kind === 'central' ? 2 : 1);
  checkWhole(operation, 'accuracy', accuracy, 1);
  if (kind === 'central' && accuracy % 2 === 1)
    throw new ValueError(`${operation}: accuracy ${accuracy} of a central difference, which by its symmetry is even\n  give ${accuracy + 1}, or kind 'forward' or 'backward'`);
  if (derivative === 0) return single;
  const count = minimumKernelSize(derivative, kind) + accuracy - (kind === 'central' ? 2 : 1);
  if (count > mostTaps)
    throw new ValueError(
      `${operation}: order ${derivative} with accuracy ${accuracy} needs ${count} taps, at most ${mostTaps} are made: in float32 the outermost would change nothing\n  give a lower order or accuracy`,
    );
  const first = { central: -(count - 1) / 2, forward: 0, backward: 1 - count }[kind];
  const offsets = Array.from({ length: count }, (_, index) => first + index);
  return { offsets, taps: exactTaps(derivative, offsets) };
}

/** column times row. @throws ValueError when rounding errors would grow too much. */
function product(operation: string, column: Stencil, row: Stencil): Kernel {
  const exact = column.taps.map((vertical) => row.taps.map((horizontal) => timesRational(vertical, horizontal)));
  const gain = exact.flat().reduce((sum, { numerator, denominator }) => sum + nearest(rational(magnitude(numerator), denominator)), 0);
  if (gain > mostGain)
    throw new ValueError(
      `${operation}: the absolute taps add up to ${gain.toPrecision(3)}, by which rounding errors of the picture grow; above 2^24 they are half of white in float32\n  give a lower order or accuracy; of one order, central differences have the smallest taps`,
    );
  return exact.map((taps) => taps.map(nearest));
}
