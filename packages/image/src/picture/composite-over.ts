import { add, labelOf, mul, printInteger, printShape, reshape, ShapeError, slice, sub, ValueError, type Tensor } from '@xcorr/graph';

/** The numbers from 0 to 1 of a grey, or of red, green and blue. */
export type Colour = number | readonly [red: number, green: number, blue: number];

/**
 * What is seen of a picture with transparent parts that lies over a colour: alpha x picture + (1 - alpha) x colour, on the
 * gamma-coded values, as browsers and `readPicture` do.
 *
 * @param picture  [H, W, 4], or [H, W, 2] of grey and alpha; 0 to 1, not premultiplied
 * @param colour  what lies behind. Default: white.
 * @returns  [H, W, 3] of a picture of four channels; of grey and alpha [H, W] over a grey, [H, W, 3] over a colour
 * @throws ShapeError when the picture has not three axes, or neither two nor four channels; ValueError when the colour is
 *   not one or three finite numbers.
 * @see Porter and Duff, "Compositing Digital Images", 1984: the operator "over", with an opaque background
 * @example
 * evaluate(compositeOver(constant([[[1, 0.5, 0, 0.5]]]))).toNested(); // => [[[1, 0.75, 0.5]]]
 */
export function compositeOver(picture: Tensor, colour: Colour = 1): Tensor {
  const [height, width, channels, ...rest] = picture.shape;
  const name = labelOf(picture);
  const shown = `[H, W, 4] or [H, W, 2] is expected, not ${printShape(picture.shape)}${name === undefined ? '' : ` (${name})`}`;
  if (height === undefined || width === undefined || channels === undefined || rest.length > 0)
    throw new ShapeError(`compositeOver: a picture of rank ${picture.shape.length}\n  ${shown}`);
  if (channels !== 2 && channels !== 4)
    throw new ShapeError(`compositeOver: a picture of ${printInteger(channels)} channels\n  ${shown}; the last channel is alpha`);
  const numbers = typeof colour === 'number' ? [colour] : [...colour];
  if ((numbers.length !== 1 && numbers.length !== 3) || !numbers.every(Number.isFinite))
    throw new ValueError('compositeOver: the colour must be a number, or three of them, finite');
  const colours = slice(picture, { stop: [height, width, channels - 1] });
  const alpha = slice(picture, { start: [0, 0, channels - 1] });
  const seen = add(mul(alpha, colours), mul(sub(1, alpha), numbers));
  return channels === 2 && numbers.length === 1 ? reshape(seen, [height, width]) : seen;
}
