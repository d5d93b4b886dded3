import { add, corr2d, greater, select, sqrt, square, type CorrelateOptions, type Tensor, type TensorLike } from '@xcorr/graph';
import { kernels, type Kernel } from './kernels.ts';

/** Two kernels that answer to two directions at right angles. */
export type KernelPair = readonly [Kernel, Kernel];

/** The edge operators made of pairs: their answer is the length of the gradient, whatever its direction. */
export type EdgeOperators = {
  /** sobel-x and sobel-y. */
  readonly sobel: KernelPair;
  /** prewitt-x and prewitt-y. */
  readonly prewitt: KernelPair;
  /** scharr-x and scharr-y. */
  readonly scharr: KernelPair;
  /** roberts-main and roberts-anti. */
  readonly roberts: KernelPair;
};

export type EdgeOperatorName = keyof EdgeOperators;

/** Every edge operator by its name, for `gradientMagnitude`. */
export const edgeOperators: EdgeOperators = {
  sobel: [kernels['sobel-x'], kernels['sobel-y']],
  prewitt: [kernels['prewitt-x'], kernels['prewitt-y']],
  scharr: [kernels['scharr-x'], kernels['scharr-y']],
  roberts: [kernels['roberts-main'], kernels['roberts-anti']],
};

/**
 * The length of the gradient that two kernels measure: sqrt(gx^2 + gy^2), gx and gy being the image's correlations
 * with the first and the second. Where both are 0 its derivative is 0.
 *
 * @param image  [H, W]
 * @param pair  two kernels [h, w] of one size
 * @returns  [H - h + 1, W - w + 1] without padding
 * @throws ShapeError when a kernel does not fit the padded image, or the two differ in size.
 * @see Gonzalez and Woods, "Digital Image Processing", section "The Image Gradient and Its Properties"
 * @example
 * evaluate(gradientMagnitude([[0, 0, 0], [0, 0, 1], [0, 1, 1]], edgeOperators.roberts)).toNested(); // => [[0, 1], [1, 1]]
 */
export function gradientMagnitude(image: TensorLike, pair: KernelPair, options: Omit<CorrelateOptions, 'groups'> = {}): Tensor {
  const [first, second] = pair;
  const squares = add(square(corr2d(image, first, options)), square(corr2d(image, second, options)));
  // The derivative of sqrt has no value at 0; the argument is made safe before the function, not after it.
  const positive = greater(squares, 0);
  return select(positive, sqrt(select(positive, squares, 1)), 0);
}
