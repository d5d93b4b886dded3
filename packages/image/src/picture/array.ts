import { NdArray, printShape, ValueError } from '@xcorr/graph';
import { checkedPicture, extentOf, pictureShape, type Picture } from '../picture.ts';

/**
 * The picture's bytes as an array, to be fed to an input of `uint8`. The bytes are the picture's own: nothing is copied.
 *
 * @returns  [height, width] of a grey picture, [height, width, channels] of others; 0 to 255
 * @throws ValueError when the data does not fill width x height x channels.
 * @example
 * asNdArray({ width: 2, height: 1, channels: 1, data: Uint8Array.of(7, 255) }).toNested(); // => [[7, 255]]
 */
export function asNdArray(picture: Picture): NdArray {
  return new NdArray(pictureShape(picture), checkedPicture(picture, 'asNdArray').data);
}

/**
 * An array of bytes, such as an output stored as `uint8`, as a picture. The bytes are the array's own: nothing is copied.
 *
 * @param array  [H, W], or [H, W, C] with 1 to 4 channels, of bytes
 * @throws ValueError when the shape is no picture's, or the array does not store bytes.
 * @example
 * asPicture(new NdArray([1, 2], Uint8Array.of(7, 255))).width; // => 2
 */
export function asPicture(array: NdArray): Picture {
  const { shape, data } = array;
  const extent = extentOf(shape);
  if (extent === undefined) throw new ValueError(`asPicture: [H, W], or [H, W, C] with 1 to 4 channels is expected, not ${printShape(shape)}`);
  if (data instanceof Uint8Array) return { ...extent, data };
  if (data instanceof Uint8ClampedArray) return { ...extent, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  throw new ValueError('asPicture: the array does not store bytes\n  store the output as uint8, with toBytes(…), or convert numbers from 0 to 1 with toPicture');
}
