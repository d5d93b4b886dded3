import { ValueError } from '@xcorr/graph';
import { checkPositive, checkSide, readPair, readSize, shown } from './checks.ts';
import { outer, positions, sampled, totalOf, type Kernel, type KernelSize } from './kernel.ts';
import { withZeroSum } from './zero-sum.ts';

export interface GaussianOptions {
  /** [h, w], or one number for both. Default: as far as truncate says. */
  readonly size?: KernelSize;
  /** The taps reach to this many sigmas on each side, rounded up to whole elements. Default: 4. */
  readonly truncate?: number;
}

/** At 1/20 of an element the nearest neighbours weigh exp(-200): the Gaussian is one tap, and below it nothing changes. */
const smallestSigma = 1 / 20;

/**
 * The Gaussian, sampled at the elements and made to add up to 1:
 *
 *   k[a, b]  is in proportion to  exp(-a^2 / (2 sigma1^2)) exp(-b^2 / (2 sigma2^2)),   a, b counted from the centre
 *
 * It is the product of a column and a row. From sigma = 0.8 on, its variance is sigma^2 to within two thousandths.
 *
 * @param sigma the standard deviation in elements, of both axes or of [rows, columns]
 * @returns  [h, w]; without a size each side is 2 ceil(truncate sigma) + 1
 * @throws ValueError when sigma is below 1/20 or not finite, a side is above 1023, or size and truncate are both given.
 * @see Gonzalez and Woods, "Digital Image Processing", section "Lowpass Gaussian Filter Kernels"
 * @example
 * const [[corner, side], [, middle]] = gaussianKernel(1, { size: 3 });
 * [corner, side, middle].map((tap) => tap.toFixed(4)); // => ['0.0751', '0.1238', '0.2042']
 */
export function gaussianKernel(sigma: number | readonly [number, number], options: GaussianOptions = {}): Kernel {
  const operation = 'gaussianKernel';
  const [vertical, horizontal] = readPair(operation, 'sigma', sigma);
  checkSigma(operation, vertical);
  checkSigma(operation, horizontal);
  const [height, width] = windowOf(operation, [vertical, horizontal], options);
  return outer(gaussianTaps(vertical, height), gaussianTaps(horizontal, width));
}

/**
 * The difference of two Gaussians, the narrow one less the wide one, each adding up to 1: what is as large as between
 * the two scales stays. Positive where the centre is brighter than what surrounds it. With wide = c narrow and c near 1
 * it is -(c - 1) narrow^2 times the Laplacian of the Gaussian; at c = 1.6 the two are alike in form.
 *
 * @param narrow the sigma of the first, in elements
 * @param wide the sigma of the second, above narrow. Default: 1.6 narrow
 * @returns  [h, w], both odd; the taps add up to exactly 0
 * @throws ValueError as `gaussianKernel` does, when wide is not above narrow, or the size is even or below 3.
 * @see Marr and Hildreth, "Theory of Edge Detection", 1980; Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004, section 3
 * @example
 * differenceOfGaussians(1, 2, { size: 3 }).flat().reduce((sum, tap) => sum + tap); // => 0
 */
export function differenceOfGaussians(narrow: number, wide: number = 1.6 * narrow, options: GaussianOptions = {}): Kernel {
  const operation = 'differenceOfGaussians';
  checkSigma(operation, narrow);
  checkSigma(operation, wide);
  if (wide <= narrow) throw new ValueError(`${operation}: the wide sigma ${wide} is not above the narrow one, ${narrow}\n  exchange the two, or leave the wide one out: it is then 1.6 times the narrow one`);
  const size = windowOf(operation, [wide, wide], options);
  checkCentre(operation, size, 3);
  const [first, second] = [narrow, wide].map((sigma) => outer(gaussianTaps(sigma, size[0]), gaussianTaps(sigma, size[1])));
  return withZeroSum((first ?? []).map((row, u) => row.map((tap, v) => tap - (second?.[u]?.[v] ?? 0))));
}

/**
 * The Laplacian of a Gaussian: the second derivatives along both axes, added, of the picture smoothed by sigma. Negative
 * where the centre is brighter than what surrounds it; edges lie where it changes sign.
 *
 *   k[a, b] = c (r^2 - m) G(a, b),    r^2 = a^2 + b^2,   G the Gaussian that adds up to 1
 *
 * In the plane m = 2 sigma^2 and c = 1 / sigma^4. Here m is the mean of r^2 under the sampled G, so that the taps add up
 * to 0, and c = 4 / (mean of r^4 - m^2), so that a paraboloid has its exact Laplacian. As sigma falls it becomes the
 * kernel laplacian-4. Times sigma^2 it is comparable between scales.
 *
 * @param sigma in elements
 * @returns  [h, w], both odd; the taps add up to exactly 0
 * @throws ValueError as `gaussianKernel` does, or when the size is even or below 3.
 * @see Marr and Hildreth, "Theory of Edge Detection", 1980; Lindeberg, "Feature Detection with Automatic Scale Selection", 1998 (sigma^2)
 * @example
 * const [[, above], [left, centre]] = laplacianOfGaussian(1 / 20);
 * [above, left, centre]; // => [1, 1, -4]
 */
export function laplacianOfGaussian(sigma: number, options: GaussianOptions = {}): Kernel {
  const operation = 'laplacianOfGaussian';
  checkSigma(operation, sigma);
  const size = windowOf(operation, [sigma, sigma], options);
  checkCentre(operation, size, 3);
  const gaussian = outer(gaussianTaps(sigma, size[0]), gaussianTaps(sigma, size[1]));
  const squares = sampled(size, (row, column) => row * row + column * column);
  const weighted = (weight: (square: number) => number): Kernel => gaussian.map((row, u) => row.map((tap, v) => tap * weight(squares[u]?.[v] ?? 0)));
  const mean = totalOf(weighted((square) => square));
  // mean of r^4 - m^2, as a sum without cancellation.
  const spread = totalOf(weighted((square) => (square - mean) ** 2));
  return withZeroSum(weighted((square) => (4 / spread) * (square - mean)));
}

/** The Gaussian at n elements about their centre, adding up to 1. */
function gaussianTaps(sigma: number, count: number): readonly number[] {
  const heights = positions(count).map((position) => Math.exp(-((position / sigma) ** 2) / 2));
  const total = heights.reduce((sum, height) => sum + height, 0);
  return heights.map((height) => height / total);
}

function checkSigma(operation: string, sigma: number): void {
  checkPositive(operation, 'sigma', sigma);
  if (sigma < smallestSigma) throw new ValueError(`${operation}: sigma ${sigma} is below ${smallestSigma} of an element, where neighbours weigh nothing\n  take the kernel 'identity' to leave a picture unsmoothed`);
}

function windowOf(operation: string, sigmas: readonly [number, number], { size, truncate }: GaussianOptions): readonly [number, number] {
  if (size !== undefined && truncate !== undefined) throw new ValueError(`${operation}: size ${shown(size)} and truncate ${shown(truncate)} both say how large the kernel is\n  give one of them`);
  if (size !== undefined) return readSize(operation, size);
  const reach = truncate ?? 4;
  checkPositive(operation, 'truncate', reach);
  const [vertical, horizontal] = sigmas;
  const sides = [2 * Math.ceil(reach * vertical) + 1, 2 * Math.ceil(reach * horizontal) + 1] as const;
  for (const side of sides) checkSide(operation, side, 'give a smaller sigma or truncate, or a size');
  return sides;
}

/** The centre of a kernel is an element only where both sides are odd. */
export function checkCentre(operation: string, [height, width]: readonly [number, number], least: number): void {
  if (height % 2 === 0 || width % 2 === 0 || Math.min(height, width) < least)
    throw new ValueError(`${operation}: size ${height} x ${width}; both sides must be odd, so that the kernel has a centre${least > 1 ? `, and at least ${least}` : ''}`);
}
