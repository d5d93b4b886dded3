import { abs, add, atan2, corr2d, equal, select, type CorrelateOptions, type Tensor, type TensorLike } from '@xcorr/graph';
import type { KernelPair } from '../edge-operators.ts';

/**
 * The direction of the gradient that two kernels measure: atan2(gy, gx), gx and gy being the image's correlations with
 * the first and the second. It is an angle in radians from -pi to pi, from the first kernel's direction towards the
 * second's. For a pair of an -x and a -y kernel it says where the image gets brighter: 0 to the right (along j), pi / 2
 * downwards (along i), so on a screen angles go clockwise. The edge itself runs at right angles to it.
 *
 * Where gx and gy are both 0, the direction is 0, and so is its derivative; elsewhere the derivative is
 * (gx dgy - gy dgx) / (gx^2 + gy^2). A gradient straight to the left is pi or, if gy is -0, -pi: one direction.
 *
 * With `gradientMagnitude` of the same image and pair in one graph, each correlation is computed once.
 *
 * @param image  [H, W]
 * @param pair  two kernels [h, w] of one size
 * @returns  [H - h + 1, W - w + 1] without padding
 * @throws ShapeError when a kernel does not fit the padded image, or the two differ in size.
 * @see Gonzalez and Woods, "Digital Image Processing", section "The Image Gradient and Its Properties"
 * @example
 * const downwards = [[0, 0, 0], [1, 1, 1], [2, 2, 2]];
 * evaluate(gradientDirection(downwards, edgeOperators.sobel)).item().toFixed(4); // => '1.5708'
 */
export function gradientDirection(image: TensorLike, pair: KernelPair, options: Omit<CorrelateOptions, 'groups'> = {}): Tensor {
  const [first, second] = pair;
  return directionOf(corr2d(image, first, options), corr2d(image, second, options));
}

/** The direction of the gradient (gx, gy); 0 where both are 0, of whatever sign: there atan2 is 0, pi or -pi. */
export function directionOf(gx: Tensor, gy: Tensor): Tensor {
  const flat = equal(add(abs(gx), abs(gy)), 0);
  return select(flat, 0, atan2(gy, gx));
}
