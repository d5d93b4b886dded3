import { NdArray, printShape, ValueError } from '@xcorr/graph';
import { checkedPicture, depthOf, extentOf, largestSample, pictureShape, type DeepPicture, type Depth, type Picture } from '../picture.ts';

/**
 * The picture's samples as numbers from 0 to 1, alpha too.
 *
 * @returns  [height, width] of a grey picture, [height, width, channels] of others
 * @throws ValueError when the data does not fill width x height x channels.
 * @example
 * toValues({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) }).toNested(); // => [[0, 1]]
 */
export function toValues(picture: Picture | DeepPicture): NdArray {
  const { data } = checkedPicture(picture, 'toValues');
  const largest = largestSample[depthOf(picture)];
  const values = new Float32Array(data.length);
  for (let index = 0; index < values.length; index++) values[index] = (data[index] ?? 0) / largest;
  return new NdArray(pictureShape(picture), values);
}

/**
 * Numbers as a picture: 0 becomes 0 and 1 the largest sample (255, or 65535 of 16 bits), what lies outside saturates,
 * and a value halfway between two samples takes the even one. Not a number becomes 0.
 *
 * @param values  [H, W], or [H, W, C] with 1 to 4 channels
 * @param options.depth  the bits of a sample. Default: 8.
 * @throws ValueError when the shape is no picture's, or the array stores bytes.
 * @example
 * [...toPicture(ndarray([[-1, 0.5, 2]])).data]; // => [0, 128, 255]
 * [...toPicture(ndarray([[-1, 0.5, 2]]), { depth: 16 }).data]; // => [0, 32768, 65535]
 */
export function toPicture(values: NdArray, options?: { readonly depth?: 8 }): Picture;
export function toPicture(values: NdArray, options: { readonly depth: 16 }): DeepPicture;
export function toPicture(values: NdArray, options: { readonly depth?: Depth }): Picture | DeepPicture;
export function toPicture(values: NdArray, { depth = 8 }: { readonly depth?: Depth } = {}): Picture | DeepPicture {
  const extent = extentOf(values.shape);
  if (extent === undefined) throw new ValueError(`toPicture: [H, W], or [H, W, C] with 1 to 4 channels is expected, not ${printShape(values.shape)}`);
  if (values.data.BYTES_PER_ELEMENT === 1)
    throw new ValueError('toPicture: numbers from 0 to 1 are expected, and this array stores bytes\n  asPicture takes bytes as they are');
  switch (depth) {
    case 8:
      return { ...extent, data: bytes(values.data) };
    case 16:
      return { ...extent, data: words(values.data) };
    default:
      throw new ValueError(`toPicture: the depth ${String(depth satisfies never)} is neither 8 nor 16`);
  }
}

function bytes(values: ArrayLike<number>): Uint8Array {
  // ECMAScript's conversion to a clamped byte rounds half to even and saturates.
  const samples = new Uint8ClampedArray(values.length);
  for (let index = 0; index < samples.length; index++) samples[index] = (values[index] ?? 0) * 255;
  return new Uint8Array(samples.buffer);
}

function words(values: ArrayLike<number>): Uint16Array {
  const samples = new Uint16Array(values.length);
  for (let index = 0; index < samples.length; index++) samples[index] = roundedWord((values[index] ?? 0) * 65_535);
  return samples;
}

/** Rounded half to even and saturated, as a clamped byte is; there are no clamped arrays of 16 bits. */
function roundedWord(value: number): number {
  if (!(value > 0)) return 0;
  if (value >= 65_535) return 65_535;
  const below = Math.floor(value);
  const above = value - below;
  return above > 0.5 || (above === 0.5 && below % 2 === 1) ? below + 1 : below;
}
