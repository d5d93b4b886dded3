import { ValueError } from '@xcorr/graph';
import { checkedPicture, type Picture } from '../picture.ts';

/** Clamped bytes in memory of their own, as `new ImageData` demands; named so that every version of TypeScript reads it. */
export type ClampedBytes = ReturnType<typeof Uint8ClampedArray.of>;

/** What is read of an `ImageData`, of a browser or of a canvas library. */
export interface ImageDataLike {
  readonly width: number;
  readonly height: number;
  /** Row-major red, green, blue, alpha; not premultiplied. Only clamped bytes are taken. */
  readonly data: ArrayLike<number>;
  /** Taken as 'srgb' where it is missing. */
  readonly colorSpace?: string;
}

/** An `ImageData` in sRGB. */
export interface SrgbImageData {
  readonly width: number;
  readonly height: number;
  readonly data: ClampedBytes;
  readonly colorSpace: 'srgb';
}

/** True for those of another window or worker too, which `instanceof` does not know. */
function isClampedBytes(data: unknown): data is Uint8ClampedArray {
  return Object.prototype.toString.call(data) === '[object Uint8ClampedArray]';
}

/**
 * An `ImageData` as a picture of four channels. Nothing is copied: the picture's bytes are those of the `ImageData`, and
 * whoever writes one writes the other.
 *
 * Alpha is kept, and not premultiplied, as in every `ImageData`. `compositeOver` puts the picture over a colour.
 *
 * @throws ValueError when the colours are of another space than 'srgb' (ask for those: `getImageData(x, y, width, height,
 *   { colorSpace: 'srgb' })`), the data is not of clamped bytes, or it does not fill width x height x 4.
 * @example
 * const { channels, data } = fromImageData({ width: 1, height: 1, data: Uint8ClampedArray.of(9, 8, 7, 255) });
 * [channels, ...data]; // => [4, 9, 8, 7, 255]
 */
export function fromImageData({ width, height, data, colorSpace = 'srgb' }: ImageDataLike): Picture {
  if (colorSpace !== 'srgb')
    throw new ValueError(`fromImageData: colours of ${colorSpace}; a picture is in srgb\n  ask for those: getImageData(x, y, width, height, { colorSpace: 'srgb' })`);
  if (!isClampedBytes(data))
    throw new ValueError("fromImageData: the data must be a Uint8ClampedArray\n  ask for bytes: getImageData(x, y, width, height, { pixelFormat: 'rgba-unorm8' })");
  return checkedPicture({ width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.length) }, 'fromImageData');
}

/**
 * A picture as an `ImageData` in sRGB, with bytes of its own: grey becomes three equal channels, and what has no alpha
 * becomes opaque. Where the platform has no `ImageData`, as in Node, it is a plain object of the same form.
 *
 * @throws ValueError when the picture has samples of 16 bits, or its data does not fill width x height x channels.
 * @example
 * [...toImageData({ width: 1, height: 1, channels: 1, data: Uint8Array.of(7) }).data]; // => [7, 7, 7, 255]
 */
export function toImageData(picture: Picture): SrgbImageData {
  const { width, height } = checkedPicture(picture, 'toImageData');
  const data = rgba(picture);
  const ImageData: unknown = Reflect.get(globalThis, 'ImageData');
  return isConstructor(ImageData) ? new ImageData(data, width, height) : { width, height, data, colorSpace: 'srgb' };
}

type ImageDataConstructor = new (data: ClampedBytes, width: number, height: number) => SrgbImageData;

function isConstructor(value: unknown): value is ImageDataConstructor {
  return typeof value === 'function';
}

function rgba({ channels, data }: Picture): ClampedBytes {
  if (data.BYTES_PER_ELEMENT !== 1) throw new ValueError('toImageData: a picture of 16 bits; toDepth(picture, 8) makes one of bytes');
  if (channels === 4) return new Uint8ClampedArray(data);
  const coloured = channels === 3;
  const transparent = channels === 2;
  const samples = new Uint8ClampedArray((data.length / channels) * 4);
  for (let from = 0, to = 0; to < samples.length; from += channels, to += 4) {
    samples[to] = data[from] ?? 0;
    samples[to + 1] = data[coloured ? from + 1 : from] ?? 0;
    samples[to + 2] = data[coloured ? from + 2 : from] ?? 0;
    samples[to + 3] = transparent ? (data[from + 1] ?? 0) : 255;
  }
  return samples;
}
