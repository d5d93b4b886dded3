import { add, mul, sum, type Tensor } from '@xcorr/graph';

/** What is one in the fixed-point numbers of OpenCV's brightness. */
const one = 2 ** 15;

/** 0.299, 0.587 and 0.114 in these; together they are one. */
const weights = [9798, 19_235, 3735] as const;

/**
 * The brightness in which `canny` finds edges, to be stored as bytes: the luma of BT.601 as OpenCV computes it, so that
 * the edges are OpenCV's to the element.
 *
 * Of bytes all sums are whole numbers below 2^23, over 2^15: exact in float32, in any order. OpenCV rounds half upwards
 * and a store of bytes half to even; half a unit of the last place more, and nothing lies halfway.
 *
 * @param picture  [H, W, 3], whole numbers from 0 to 255
 * @returns  [H, W]
 * @see OpenCV, `cv::cvtColor` with COLOR_RGB2GRAY of 8-bit pictures
 */
export function brightnessForCanny(picture: Tensor): Tensor {
  return add(sum(mul(picture, weights.map((weight) => weight / one)), { axes: 2 }), 1 / (2 * one));
}
