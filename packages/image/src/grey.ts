import { labelOf, mul, printInteger, printShape, reshape, ShapeError, sum, type Tensor } from '@xcorr/graph';

/** The weights of red, green and blue in luma: what JPEG stores as brightness, and what OpenCV and Pillow call grey. */
export const lumaWeights: readonly [number, number, number] = [0.299, 0.587, 0.114];

/**
 * The brightness of a colour picture, as luma: 0.299 red + 0.587 green + 0.114 blue of the gamma-coded values.
 * A picture of one channel loses its channel axis and keeps its values.
 *
 * A picture with alpha has no brightness until it lies over something: `grey(compositeOver(picture))` is the brightness
 * over white.
 *
 * @param picture  [H, W, 3] or [H, W, 1]
 * @returns  [H, W]
 * @throws ShapeError when there are not three axes, or neither one nor three channels.
 * @see ITU-R Recommendation BT.601, section 2.5.1
 * @example
 * evaluate(grey(ones([1, 2, 3]))).toNested(); // => [[1, 1]]
 */
export function grey(picture: Tensor): Tensor {
  const [height, width, channels, ...rest] = picture.shape;
  const name = labelOf(picture);
  const shown = `[H, W, 3] or [H, W, 1] is expected, not ${printShape(picture.shape)}${name === undefined ? '' : ` (${name})`}`;
  if (height === undefined || width === undefined || channels === undefined || rest.length > 0)
    throw new ShapeError(`grey: a picture of rank ${picture.shape.length}\n  ${shown}`);
  if (channels === 1) return reshape(picture, [height, width]);
  if (channels !== 3)
    throw new ShapeError(`grey: a picture of ${printInteger(channels)} channels\n  ${shown}${channels === 2 || channels === 4 ? '; composite it over a colour first: compositeOver(picture)' : ''}`);
  return sum(mul(picture, [...lumaWeights]), { axes: 2 });
}
