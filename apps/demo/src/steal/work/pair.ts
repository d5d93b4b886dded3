import { NdArray, type TypedArray } from '@xcorr/graph';
import { lumaWeights } from '@xcorr/image';
import type { Pixels } from '../../compute/read-picture.ts';
import type { Problem } from '../problem.ts';

/** [rows, columns] */
export type Size = readonly [number, number];

/** What the filter sees of one channel, and what it is to make of it, in grey levels from 0 to 255. */
export type Plane = {
  /** [H, W] */
  readonly before: NdArray;
  /** [H - h + 1, W - w + 1]: as far as windows lie inside BEFORE. */
  readonly after: NdArray;
};

/** BEFORE and AFTER, ready for a kernel of one size. */
export type Pair = {
  readonly kernel: Size;
  readonly planes: readonly Plane[];
  /** `brightness`: one of the two has no colours. `colours`: one kernel for all three channels. */
  readonly seen: 'brightness' | 'colours';
  /** `same`: both have one size, and AFTER's border is left out. `valid`: AFTER has none. */
  readonly size: 'same' | 'valid';
  /** The size of BEFORE as it is used: its middle, where it is larger than `mostSide`. */
  readonly used: Size;
  readonly isCropped: boolean;
  /** Samples of AFTER, within the border, that are 0 or 255: beyond these a filter may have gone. */
  readonly clipped: number;
  readonly samples: number;
  /** Whether these are left out. Where most are such, they are kept: they are what AFTER is made of. */
  readonly isClippedLeftOut: boolean;
  readonly areEqual: boolean;
};

/** The most rows, and columns, of a photograph. Larger ones are not scaled down, since that would change the filter. */
export const mostSide = 1024;

/** Where the tap stands that falls on the element which is computed: as in `filter2d`. */
export const middleOf = ([rows, columns]: Size): Size => [Math.floor(rows / 2), Math.floor(columns / 2)];

/** Brings two photographs together for a kernel: their planes, as far as windows lie inside BEFORE. */
export function pairOf(before: Pixels, after: Pixels, kernel: Size): Pair | Problem {
  const [rows, columns] = kernel;
  const [less, narrower] = [before.height - after.height, before.width - after.width];
  const isValid = less === rows - 1 && narrower === columns - 1;
  if (rows > before.height || columns > before.width) return { kind: 'kernel-too-large', kernel, before: [before.width, before.height] };
  if (!isValid && (less !== 0 || narrower !== 0)) {
    const leading = less >= 0 && narrower >= 0 ? { leading: [less + 1, narrower + 1] as const } : {};
    return { kind: 'sizes', before: [before.width, before.height], after: [after.width, after.height], kernel, ...leading };
  }
  const size = isValid && (rows > 1 || columns > 1) ? 'valid' : 'same';
  const used: Size = [Math.min(mostSide, before.height), Math.min(mostSide, before.width)];
  const corner: Size = [Math.floor((before.height - used[0]) / 2), Math.floor((before.width - used[1]) / 2)];
  const shift = size === 'same' ? middleOf(kernel) : ([0, 0] as const);
  const inside: Size = [used[0] - rows + 1, used[1] - columns + 1];
  const seen = hasColours(before) && hasColours(after) ? 'colours' : 'brightness';
  const befores = planesOf(before, seen, corner, used);
  const afters = planesOf(after, seen, [corner[0] + shift[0], corner[1] + shift[1]], inside);
  const planes = befores.map((plane, channel): Plane => ({ before: plane, after: afters[channel] ?? plane }));
  const clipped = afters.reduce((sum, { data }) => sum + clippedIn(data), 0);
  const samples = planes.length * inside[0] * inside[1];
  return {
    kernel,
    planes,
    seen,
    size,
    used,
    isCropped: used[0] < before.height || used[1] < before.width,
    clipped,
    samples,
    isClippedLeftOut: 2 * clipped <= samples,
    areEqual: planes.every((plane) => areEqual(cut(plane.before, middleOf(kernel), inside).data, plane.after.data)),
  };
}

/** Whether a level is at an end of the scale, where it may have been cut off. */
export const isClipped = (level: number): boolean => level <= 0 || level >= 255;

/** The middle of a pair: fewer places to learn from. */
export function middlePart(pair: Pair, places: Size): readonly Plane[] {
  const { planes, kernel } = pair;
  return planes.map(({ before, after }) => {
    const [height = 1, width = 1] = after.shape;
    const corner: Size = [Math.floor((height - places[0]) / 2), Math.floor((width - places[1]) / 2)];
    if (places[0] === height && places[1] === width) return { before, after };
    return { before: cut(before, corner, [places[0] + kernel[0] - 1, places[1] + kernel[1] - 1]), after: cut(after, corner, places) };
  });
}

/** As many places around the middle as may be learned from, in the picture's proportions. */
export function placesWithin([height, width]: Size, most: number): Size {
  const share = Math.sqrt(most / (height * width));
  // Nearly all is all.
  return share > 0.95 ? [height, width] : [Math.max(1, Math.floor(height * share)), Math.max(1, Math.floor(width * share))];
}

function cut({ shape: [, width = 0], data }: NdArray, [top, left]: Size, [rows, columns]: Size): NdArray {
  const part = data instanceof Uint8Array ? new Uint8Array(rows * columns) : new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) part.set(data.subarray((top + row) * width + left, (top + row) * width + left + columns), row * columns);
  return new NdArray([rows, columns], part);
}

function hasColours({ data }: Pixels): boolean {
  for (let at = 0; at < data.length; at += 4) if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return true;
  return false;
}

/** The channels, or the brightness, of a part of a picture. Bytes stay bytes. */
function planesOf(picture: Pixels, seen: Pair['seen'], corner: Size, size: Size): readonly NdArray[] {
  if (seen === 'colours') return [0, 1, 2].map((channel) => channelOf(picture, channel, corner, size));
  const red = channelOf(picture, 0, corner, size);
  if (!hasColours(picture)) return [red];
  const [green, blue] = [channelOf(picture, 1, corner, size).data, channelOf(picture, 2, corner, size).data];
  const [ofRed, ofGreen, ofBlue] = lumaWeights;
  return [new NdArray(size, Float64Array.from(red.data, (level, at) => ofRed * level + ofGreen * (green[at] ?? 0) + ofBlue * (blue[at] ?? 0)))];
}

function channelOf({ width, data }: Pixels, channel: number, [top, left]: Size, [rows, columns]: Size): NdArray {
  const plane = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    let from = 4 * ((top + row) * width + left) + channel;
    for (let at = row * columns; at < (row + 1) * columns; at++, from += 4) plane[at] = data[from] ?? 0;
  }
  return new NdArray([rows, columns], plane);
}

function clippedIn(levels: TypedArray): number {
  let count = 0;
  for (let at = 0; at < levels.length; at++) if (isClipped(levels[at] ?? 0)) count++;
  return count;
}

function areEqual(a: TypedArray, b: TypedArray): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
