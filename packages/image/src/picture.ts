import { ValueError } from '@xcorr/graph';

/** 1: grey. 2: grey and alpha. 3: red, green, blue. 4: red, green, blue and alpha. Alpha is never premultiplied. */
export type Channels = 1 | 2 | 3 | 4;

/** Bits of one sample: of 8, 255 is white, of 16, 65535. */
export type Depth = 8 | 16;

interface Extent {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

/** An 8-bit picture: row-major [height, width, channels], 0 to 255, gamma-coded sRGB. */
export interface Picture extends Extent {
  readonly data: Uint8Array;
}

/** A 16-bit picture: row-major [height, width, channels], 0 to 65535, gamma-coded sRGB. */
export interface DeepPicture extends Extent {
  readonly data: Uint16Array;
}

const channelCounts: readonly number[] = [1, 2, 3, 4] satisfies readonly Channels[];

export function isChannels(count: number): count is Channels {
  return channelCounts.includes(count);
}

export function depthOf({ data }: Picture | DeepPicture): Depth {
  return data instanceof Uint16Array ? 16 : 8;
}

/** What stands for 1: white, or opaque. */
export const largestSample: Readonly<Record<Depth, number>> = { 8: 255, 16: 65_535 };

/** The shape of a picture's elements: [height, width] of one channel, [height, width, channels] of more. */
export function pictureShape({ width, height, channels }: Picture | DeepPicture): readonly number[] {
  return channels === 1 ? [height, width] : [height, width, channels];
}

/** The extent of a picture whose elements have this shape; undefined when no picture's have. */
export function extentOf(shape: readonly number[]): Extent | undefined {
  const [height, width, channels = 1, ...rest] = shape;
  if (height === undefined || width === undefined || rest.length > 0 || !isChannels(channels)) return undefined;
  return { width, height, channels };
}

/** @throws ValueError when width, height, channels and data do not fit together. */
export function checkedPicture<Given extends Picture | DeepPicture>(picture: Given, operation: string): Given {
  const { width, height, channels, data } = picture;
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (!whole || !isChannels(channels))
    throw new ValueError(`${operation}: a picture of ${width} x ${height} with ${String(channels)} channels; sides must be whole numbers of at least 1, channels 1 to 4`);
  if (data.length !== width * height * channels)
    throw new ValueError(
      `${operation}: the data has ${data.length} elements, ${width} x ${height} with ${channels} channel${channels === 1 ? '' : 's'} needs ${width * height * channels}`,
    );
  return picture;
}
