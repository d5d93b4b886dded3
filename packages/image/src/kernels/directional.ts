import { ValueError } from '@xcorr/graph';
import { checkChoice, checkFinite, checkPair, shown } from './checks.ts';
import { sampled, type Kernel } from './kernel.ts';

/** How a slope is averaged across its direction: the three weights of the edge operator of that name. */
export type SlopeOperator = 'central' | 'prewitt' | 'sobel' | 'scharr';

const weights: Readonly<Record<SlopeOperator, readonly [side: number, middle: number]>> = {
  central: [0, 1],
  prewitt: [1, 1],
  sobel: [1, 2],
  scharr: [3, 10],
};

export interface DirectionalOptions {
  /** Default: `scharr`, whose direction errs least. */
  readonly operator?: SlopeOperator;
}

/**
 * The kernel that detects edges orthogonal to a vector v = (v1, v2), that is, edges in the direction (v2, -v1). v has
 * the order of a shape: v1 down the rows, v2 to the right along the columns. Correlated with a picture it gives the
 * derivative along v,
 *
 *   y  =  v1 dx/di + v2 dx/dj        the taps:  k[a, b] = (v1 a s[b] + v2 s[a] b) / (2 sum of s),   a, b = -1, 0, 1
 *
 * with the weights s of the operator. It is positive where the picture gets brighter along v, largest in size where v is
 * normal to the edge, and 0 where v runs along it. A vector of length 1 gives the slope an element; a longer one more.
 * The direction at an angle t to the right, turning down, is [sin t, cos t].
 *
 * @param vector  [v1, v2], not both 0
 * @returns  [3, 3]
 * @throws ValueError when the vector is not two finite numbers, or has no direction.
 * @see Dive into Deep Learning, "Convolutions for Images", exercises; Freeman and Adelson, "The Design and Use of
 * Steerable Filters", 1991
 * @example
 * directionalKernel([0, 1], { operator: 'sobel' }); // => [[-0.125, 0, 0.125], [-0.25, 0, 0.25], [-0.125, 0, 0.125]]
 * directionalKernel([3, 4], { operator: 'central' }); // => [[0, -1.5, 0], [-2, 0, 2], [0, 1.5, 0]]
 */
export function directionalKernel(vector: readonly [number, number], options: DirectionalOptions = {}): Kernel {
  const { operator = 'scharr' } = options;
  checkChoice('directionalKernel', 'operator', operator, Object.keys(weights));
  checkPair('directionalKernel', 'the vector', vector, '[down, right]');
  const [down, right] = vector;
  for (const component of vector) checkFinite('directionalKernel', 'component', component);
  const [side, middle] = weights[operator];
  const smooth = (position: number): number => (position === 0 ? middle : side) / (2 * (middle + 2 * side));
  const kernel = sampled([3, 3], (row, column) => down * (row * smooth(column)) + right * (smooth(row) * column) + 0);
  if (kernel.flat().every((tap) => tap === 0)) throw new ValueError(`directionalKernel: the vector ${shown(vector)} has no direction\n  give at least one component that is not 0`);
  return kernel;
}
