import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input, NdArray, type TypedArray } from '@xcorr/graph';
import { grey, type DeepPicture, type Picture } from '@xcorr/image';
import { CommandError } from '../command-error.ts';

/** [rows, columns] */
export type Size = readonly [number, number];

/** A picture, as it was given and as it was read. */
export interface Photograph {
  readonly name: string;
  readonly picture: Picture | DeepPicture;
}

/** What the filter sees of one channel, and what it is to make of it, in grey levels from 0 to 255. Of 8 bits the bytes themselves. */
export interface Plane {
  /** [H, W] */
  readonly before: NdArray;
  /** [H - h + 1, W - w + 1]: as far as windows lie inside BEFORE. */
  readonly after: NdArray;
  /** Where AFTER is not to be trusted: places in it, rising. */
  readonly leftOut: Uint32Array;
}

/** BEFORE and AFTER, ready for a kernel of one size. */
export interface Pair {
  readonly kernel: Size;
  readonly planes: readonly Plane[];
  /** `brightness`: one of the two has no colours. `channels`: one kernel for all of them. */
  readonly seen: 'brightness' | 'channels';
  /** Whether BEFORE's brightness was taken of its colours. */
  readonly isBeforeGreyed: boolean;
  /** `same`: both have one size, and AFTER's border is left out. `valid`: AFTER has none. */
  readonly size: 'same' | 'valid';
  /** Samples of AFTER, within the border, that are 0 or 255: beyond these a filter may have gone. */
  readonly clipped: number;
  /** Whether these are left out. Where most are such, they are kept: they are what AFTER is made of. */
  readonly isClippedLeftOut: boolean;
  /** What rounding to a sample alone leaves, root mean square. */
  readonly rounding: number;
  readonly areEqual: boolean;
}

/** Where the tap stands that falls on the element which is computed: as in `xcorr filter --size same`. */
export const middleOf = ([rows, columns]: Size): Size => [Math.floor(rows / 2), Math.floor(columns / 2)];

export const white = 255;

const sized = ({ width, height }: Picture | DeepPicture): string => `${width} x ${height}`;

/**
 * Brings two photographs together for a kernel: their planes, as far as windows lie inside BEFORE.
 *
 * @throws CommandError when their sizes do not fit, or the kernel is larger than BEFORE.
 */
export function pairOf(before: Photograph, after: Photograph, kernel: Size): Pair {
  const [rows, columns] = kernel;
  const { width, height } = before.picture;
  if (rows > height || columns > width)
    throw new CommandError(`a ${rows}x${columns} kernel (rows x columns) is larger than ${before.name}, which is ${sized(before.picture)}\n  take a smaller --kernel, or larger photographs`);
  const size = howSizesFit(before, after, kernel);
  const seen = colourless(before) || colourless(after) ? 'brightness' : 'channels';
  const inside: Size = [height - rows + 1, width - columns + 1];
  const corner = size === 'same' ? middleOf(kernel) : ([0, 0] as const);
  const afters = levelsOf(after.picture, seen).map((plane) => cropped(plane, corner, inside));
  const ends = afters.map(({ data }) => placesWhere(data, (level) => level <= 0 || level >= white));
  const clipped = ends.reduce((sum, { length }) => sum + length, 0);
  const isClippedLeftOut = 2 * clipped <= afters.length * inside[0] * inside[1];
  const planes = levelsOf(before.picture, seen).map((plane, channel): Plane => ({
    before: plane,
    after: afters[channel] ?? plane,
    leftOut: isClippedLeftOut ? (ends[channel] ?? new Uint32Array(0)) : new Uint32Array(0),
  }));
  return {
    kernel,
    planes,
    seen,
    isBeforeGreyed: seen === 'brightness' && !colourless(before),
    size,
    clipped,
    isClippedLeftOut,
    rounding: Math.sqrt(1 / 12) / (after.picture.data instanceof Uint16Array ? 257 : 1),
    areEqual: planes.every((plane) => areEqual(cropped(plane.before, middleOf(kernel), inside).data, plane.after.data)),
  };
}

function howSizesFit(before: Photograph, after: Photograph, [rows, columns]: Size): Pair['size'] {
  const [{ width, height }, { picture }] = [before.picture, after];
  const [less, narrower] = [height - picture.height, width - picture.width];
  if (less === rows - 1 && narrower === columns - 1) return less === 0 && narrower === 0 ? 'same' : 'valid';
  if (less === 0 && narrower === 0) return 'same';
  const leading = less >= 0 && narrower >= 0 ? `; a kernel of ${less + 1}x${narrower + 1} would lead there` : '';
  throw new CommandError(
    `${before.name} is ${sized(before.picture)}, ${after.name} ${sized(picture)}: no ${rows}x${columns} filter leads from one to the other\n  AFTER is to be ${width} x ${height}, or ${width - columns + 1} x ${height - rows + 1} without its border${leading}`,
  );
}

const colourless = ({ picture }: Photograph): boolean => picture.channels < 3;

/** The channels or the brightness of a picture: [H, W] each. */
function levelsOf({ width, height, channels, data }: Picture | DeepPicture, seen: Pair['seen']): readonly NdArray[] {
  const levels = data instanceof Uint16Array ? Float64Array.from(data, (sample) => sample / 257) : data;
  if (channels < 3) return [new NdArray([height, width], planeOf(levels, 0, channels))];
  if (seen === 'channels') return [0, 1, 2].map((channel) => new NdArray([height, width], planeOf(levels, channel, channels)));
  const X = input('picture', [height, width, 3], { dtype: 'float64' });
  return [compile({ inputs: { X }, outputs: { Y: grey(X) } }, js()).run({ X: new NdArray([height, width, 3], Float64Array.from(levels)) }).Y];
}

function planeOf(levels: Uint8Array | Float64Array, channel: number, channels: number): Uint8Array | Float64Array {
  if (channels === 1) return levels;
  const count = levels.length / channels;
  const plane = levels instanceof Uint8Array ? new Uint8Array(count) : new Float64Array(count);
  for (let at = 0; at < count; at++) plane[at] = levels[at * channels + channel] ?? 0;
  return plane;
}

function cropped({ shape: [, width = 0], data }: NdArray, [top, left]: Size, [rows, columns]: Size): NdArray {
  const part = data instanceof Uint8Array ? new Uint8Array(rows * columns) : new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) part.set(data.subarray((top + row) * width + left, (top + row) * width + left + columns), row * columns);
  return new NdArray([rows, columns], part);
}

function placesWhere(levels: TypedArray, holds: (level: number) => boolean): Uint32Array {
  let count = 0;
  const places = new Uint32Array(levels.length);
  for (let at = 0; at < levels.length; at++) if (holds(levels[at] ?? 0)) places[count++] = at;
  return places.slice(0, count);
}

function areEqual(a: TypedArray, b: TypedArray): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
