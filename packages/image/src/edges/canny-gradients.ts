import { constant, corr2d, extend, isTensor, printShape, ShapeError, ValueError, type Tensor, type TensorLike } from '@xcorr/graph';
import { edgeOperators, type KernelPair } from '../edge-operators.ts';
import type { Kernel } from '../kernels.ts';

/** The side of the Sobel kernels. */
export type CannyAperture = 3 | 5;

export interface CannyGradientsOptions {
  /** The side of the Sobel kernels: 3, or 5, which smooths more and answers 12 times as strongly to a step. Default: 3. */
  readonly aperture?: CannyAperture;
}

/** Derivatives along the rows (dx, positive where it gets brighter to the right) and down the columns (dy). */
export type Gradients<Values> = {
  /** [H, W] */
  readonly dx: Values;
  /** [H, W] */
  readonly dy: Values;
};

/** (1, 4, 6, 4, 1)^T (-1, -2, 0, 2, 1): the smoothing and the difference of Sobel's 3 x 3, each smoothed once more. */
const sobelX: Kernel = [1, 4, 6, 4, 1].map((vertical) => [-1, -2, 0, 2, 1].map((horizontal) => vertical * horizontal));
const sobelY: Kernel = [-1, -2, 0, 2, 1].map((vertical) => [1, 4, 6, 4, 1].map((horizontal) => vertical * horizontal));

const apertures: Readonly<Record<CannyAperture, KernelPair>> = { 3: edgeOperators.sobel, 5: [sobelX, sobelY] };

/**
 * The gradients from which `cannyFromGradients` finds edges, as a graph to be compiled: the correlations of the image
 * with Sobel's kernels, the image going on behind its ends with the elements at its edge.
 *
 * These are OpenCV's where the image holds whole numbers from 0 to 255; they are whole numbers then, and float32 holds
 * them exactly. What `grey` makes of a colour picture lies between whole numbers: its edges are as good, and not OpenCV's
 * to the element. Nothing is smoothed, as in OpenCV; smooth before (by `kernels['gaussian-5']`, say) to find fewer edges.
 *
 * @param image  [H, W]
 * @returns  dx and dy, each [H, W]
 * @throws ShapeError when the image has not two axes; ValueError for another aperture.
 * @see OpenCV, `cv::Canny`, with BORDER_REPLICATE
 * @example
 * const { dx, dy } = cannyGradients([[0, 0, 9], [0, 0, 9]]);
 * evaluate(dx).toNested(); // => [[0, 36, 36], [0, 36, 36]]
 * evaluate(dy).toNested(); // => [[0, 0, 0], [0, 0, 0]]
 */
export function cannyGradients(image: TensorLike, { aperture = 3 }: CannyGradientsOptions = {}): Gradients<Tensor> {
  const tensor = isTensor(image) ? image : constant(image);
  if (tensor.shape.length !== 2) throw new ShapeError(`cannyGradients: an image [H, W] is expected, not ${printShape(tensor.shape)}; make a colour picture grey first`);
  if (!Object.hasOwn(apertures, aperture)) throw new ValueError(`cannyGradients: there is no aperture ${String(aperture)}; the apertures are 3 and 5`);
  const [first, second] = apertures[aperture];
  const reach = (aperture - 1) / 2;
  const extended = extend(tensor, { mode: 'edge', low: [reach, reach], high: [reach, reach] });
  return { dx: corr2d(extended, first), dy: corr2d(extended, second) };
}
