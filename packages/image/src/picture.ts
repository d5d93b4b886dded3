import { NdArray, printShape, ValueError } from '@xcorr/graph';

/** 1: grey. 3: red, green, blue. 4: and alpha, not premultiplied. */
export type Channels = 1 | 3 | 4;

/** An 8-bit picture: row-major [height, width, channels], 0 to 255, gamma-coded sRGB. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly data: Uint8Array;
}

const channelCounts: readonly number[] = [1, 3, 4] satisfies readonly Channels[];

function isChannels(count: number): count is Channels {
  return channelCounts.includes(count);
}

/**
 * The picture's elements as numbers from 0 to 1.
 *
 * @returns  [height, width] of a grey picture, [height, width, channels] of others
 * @throws ValueError when the data does not fill width x height x channels.
 * @example
 * toValues({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) }).toNested(); // => [[0, 1]]
 */
export function toValues(picture: Picture): NdArray {
  const { width, height, channels, data } = checkedPicture(picture, 'toValues');
  const values = new Float32Array(data.length);
  for (let index = 0; index < values.length; index++) values[index] = (data[index] ?? 0) / 255;
  return new NdArray(channels === 1 ? [height, width] : [height, width, channels], values);
}

/**
 * Numbers as a picture: 0 becomes 0 and 1 becomes 255, what lies outside saturates, and a value halfway between two
 * bytes takes the even one. Not a number becomes 0.
 *
 * @param values  [H, W], or [H, W, C] with 1, 3 or 4 channels
 * @throws ValueError when the shape is no picture's.
 * @example
 * [...toPicture(ndarray([[-1, 0.5, 2]])).data]; // => [0, 128, 255]
 */
export function toPicture(values: NdArray): Picture {
  const [height, width, channels = 1, ...rest] = values.shape;
  if (height === undefined || width === undefined || rest.length > 0 || !isChannels(channels))
    throw new ValueError(`toPicture: [H, W], or [H, W, C] with 1, 3 or 4 channels is expected, not ${printShape(values.shape)}`);
  // ECMAScript's conversion to a clamped byte rounds half to even and saturates.
  const bytes = new Uint8ClampedArray(values.data.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = (values.data[index] ?? 0) * 255;
  return { width, height, channels, data: new Uint8Array(bytes.buffer) };
}

/** @throws ValueError when width, height, channels and data do not fit together. */
export function checkedPicture(picture: Picture, operation: string): Picture {
  const { width, height, channels, data } = picture;
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!whole || !isChannels(channels))
    throw new ValueError(`${operation}: a picture of ${width} x ${height} with ${String(channels)} channels; sides must be whole numbers of at least 1, channels 1, 3 or 4`);
  if (data.length !== width * height * channels)
    throw new ValueError(
      `${operation}: the data has ${data.length} elements, ${width} x ${height} with ${channels} channel${channels === 1 ? '' : 's'} needs ${width * height * channels}`,
    );
  return picture;
}
