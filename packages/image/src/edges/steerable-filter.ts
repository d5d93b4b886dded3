import { ValueError } from '@xcorr/graph';
import type { Kernel } from '../kernels.ts';

/**
 * The filters that can be steered.
 *
 * - `G1`: the first derivative of a Gaussian. It answers to edges; steered, it is the derivative of the smoothed picture
 *   along the angle, and 1 to a ramp that rises by 1 an element.
 * - `G2`: the second derivative of a Gaussian. It answers to lines: positive to dark ones that run at right angles to the
 *   angle, negative to bright ones; 0 to a flat picture and to a ramp, and 1 to the parabola u^2 / 2 along the angle:
 *   exactly where the angle lies on an axis, elsewhere as nearly as the taps are a Gaussian: with sigma from 1 on and the
 *   radius left at 4 sigma to within 4 thousandths, with smaller ones less nearly.
 * - `H2`: a cubic times a Gaussian that approximates the Hilbert transform of G2: it answers to a wave a quarter of it
 *   away from where G2 does, so to edges as G2 does to lines. G2^2 + H2^2, the oriented energy, is strong at both.
 */
export type SteerableName = 'G1' | 'G2' | 'H2';

/** A kernel that is a column times a row; correlated one after the other, they cost h + w taps instead of h x w. */
export interface SeparableKernel {
  /** [h] */
  readonly column: readonly number[];
  /** [w] */
  readonly row: readonly number[];
}

/** A filter whose kernel at any angle is a linear combination of the kernels of its basis. */
export interface SteerableFilter {
  readonly name: SteerableName;
  /** The standard deviation of its Gaussian, in elements. */
  readonly sigma: number;
  /** Kernels have 2 radius + 1 rows and columns. */
  readonly radius: number;
  /** 2 kernels of G1, 3 of G2, 4 of H2. Basis 0 is the filter at the angle 0, the last one at pi / 2. */
  readonly basis: readonly SeparableKernel[];
}

export interface SteerableOptions {
  /** The standard deviation of the Gaussian, in elements, at least 0.3. Default: 1. */
  readonly sigma?: number;
  /** Default: 4 sigma, rounded up, behind which a Gaussian of sigma has less than a thousandth of its height. */
  readonly radius?: number;
}

/** Taps of a Gaussian narrower than this are all but one 0. */
const narrowest = 0.3;
const largestRadius = 1000;

/** The published pair, in units of sqrt(2) sigma: G2 is 0.9213 (2 u^2 - 1), H2 is 0.9780 (u^3 - 2.254 u), times the Gaussian. */
const published = { second: 0.9213, third: 0.978, zero: 2.254 };

/** The polynomial factors of each filter, by degree. With d, the taps of G2 add up to 0: it is the variance of the taps. */
const factors: Readonly<Record<SteerableName, (sigma: number, d: number) => readonly ((u: number) => number)[]>> = {
  G1: () => [() => 1, (u) => u],
  G2: (_, d) => [() => 1, (u) => u, (u) => u * u - d],
  H2: (sigma) => {
    const zero = 2 * sigma * sigma * published.zero;
    return [() => 1, (u) => u, (u) => u * u - zero / 3, (u) => u ** 3 - zero * u];
  },
};

/**
 * A steerable filter: its kernel at the angle t is the sum over j of k_j(t) times basis j, for every t. The angle runs
 * from the right (along j, 0) downwards (along i, pi / 2), as in `gradientDirection`; Freeman and Adelson count it upwards,
 * which exchanges the sign of sin t. Kernels are meant to be correlated.
 *
 *   u = x cos t + y sin t, g a Gaussian
 *   G1   u g                 k = cos t, sin t
 *   G2   (u^2 - sigma^2) g   k = cos^2 t, 2 cos t sin t, sin^2 t
 *   H2   (a u - u^3) g       k = cos^3 t, 3 cos^2 t sin t, 3 cos t sin^2 t, sin^3 t     a = 4.508 sigma^2
 *
 * each times a factor: of G1 and G2 it gives the responses stated at `SteerableName`, of H2 the published proportion to
 * G2. sigma^2 in G2 is the variance of the taps of the Gaussian, so that the taps of G2 add up to 0.
 *
 * @throws ValueError when there is no such filter, sigma is below 0.3 or not finite, or radius is not a whole number from 1 to 1000.
 * @see Freeman and Adelson, "The Design and Use of Steerable Filters", 1991, sections II and III, and the tables of its appendix
 * @example
 * const { radius, basis } = steerable('G2', { sigma: 2 });
 * [radius, basis.length]; // => [8, 3]
 */
export function steerable(name: SteerableName, { sigma = 1, radius = Math.ceil(4 * sigma) }: SteerableOptions = {}): SteerableFilter {
  if (!Object.hasOwn(factors, name)) throw new ValueError(`steerable: there is no filter ${JSON.stringify(name)}; the filters are ${Object.keys(factors).join(', ')}`);
  if (!Number.isFinite(sigma) || sigma < narrowest) throw new ValueError(`steerable: sigma is ${sigma}; taps one element apart show no Gaussian below ${narrowest}`);
  if (!Number.isInteger(radius) || radius < 1 || radius > largestRadius)
    throw new ValueError(`steerable: the radius is ${radius}; it must be a whole number from 1 to ${largestRadius}, by itself it is 4 sigma`);
  return { name, sigma, radius, basis: basisOf(name, sigma, radius) };
}

function basisOf(name: SteerableName, sigma: number, radius: number): readonly SeparableKernel[] {
  const taps = Array.from({ length: 2 * radius + 1 }, (_, index) => index - radius);
  const gaussian = taps.map((u) => Math.exp(-(u * u) / (2 * sigma * sigma)));
  /** The sum over the taps of a function times the Gaussian. */
  const total = (f: (u: number) => number): number => taps.reduce((sum, u, index) => sum + f(u) * (gaussian[index] ?? 0), 0);
  const area = total(() => 1);
  const d = total((u) => u * u) / area;
  const second = 2 / (area * total((u) => u * u * (u * u - d)));
  const scales: Readonly<Record<SteerableName, number>> = {
    G1: 1 / (area * total((u) => u * u)),
    G2: second,
    // The published pair keeps its proportion. As a kernel that is correlated, what is convolved is flipped: the sign.
    H2: (-second * published.third) / (published.second * 2 * Math.SQRT2 * sigma),
  };
  const scale = scales[name];
  const sampled = factors[name](sigma, d).map((factor) => taps.map((u, index) => factor(u) * (gaussian[index] ?? 0)));
  return sampled.map((column, degree) => ({ column, row: (sampled[sampled.length - 1 - degree] ?? []).map((tap) => scale * tap) }));
}

/**
 * The interpolation functions k_j at an angle: what the kernels, or the responses, of a basis are multiplied by.
 * The j-th of order n is (n over j) cos^(n - j) sin^j.
 *
 * @param order  1 of G1, 2 of G2, 3 of H2: one less than the basis has kernels
 * @param angle  in radians
 * @example
 * interpolationWeights(2, Math.PI / 4).map((weight) => weight.toFixed(2)); // => ['0.50', '1.00', '0.50']
 */
export function interpolationWeights(order: number, angle: number): readonly number[] {
  return binomial(order).map((times, degree) => times * Math.cos(angle) ** (order - degree) * Math.sin(angle) ** degree);
}

/** The binomial coefficients of an order. */
export function binomial(order: number): readonly number[] {
  let row = [1];
  for (let count = 0; count < order; count++) row = [1, ...row.map((each, index) => each + (row[index + 1] ?? 0))];
  return row;
}

/** The taps of a column times a row. */
function taps({ column, row }: SeparableKernel): Kernel {
  return column.map((vertical) => row.map((horizontal) => vertical * horizontal));
}

/**
 * The kernel of a filter at an angle, as taps. For responses at several angles, or at another angle for each element,
 * `steerableResponses` and `steer` cost far less.
 *
 * @param angle  in radians
 * @returns  [2 radius + 1, 2 radius + 1]
 * @throws ValueError when the angle is not finite.
 * @example
 * const kernel = steeredKernel(steerable('G1', { sigma: 0.8, radius: 1 }), 0);
 * kernel.map((row) => row.map((tap) => tap.toFixed(2))); // => [['-0.12', '0.00', '0.12'], ['-0.26', '0.00', '0.26'], ['-0.12', '0.00', '0.12']]
 */
export function steeredKernel(filter: SteerableFilter, angle: number): Kernel {
  if (!Number.isFinite(angle)) throw new ValueError(`steeredKernel: the angle is ${angle}; a finite number of radians is expected`);
  const weights = interpolationWeights(filter.basis.length - 1, angle);
  const kernels = filter.basis.map(taps);
  const sides = Array.from({ length: 2 * filter.radius + 1 }, (_, index) => index);
  return sides.map((i) => sides.map((j) => kernels.reduce((sum, kernel, position) => sum + (weights[position] ?? 0) * (kernel[i]?.[j] ?? 0), 0)));
}
