import { compile, type Backend } from '@xcorr/compiler';
import { add, corr2d, input, NdArray, type Tensor, type TypedArray } from '@xcorr/graph';
import type { Residual } from '../learned.ts';
import { isClipped, middleOf, type Pair, type Plane, type Size } from './pair.ts';

/** What is measured, with pictures of it: bytes of red, green, blue and alpha. */
export type Measured = { readonly residual: Residual; readonly again: ImageBytes; readonly difference: ImageBytes };

export type ImageBytes = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };

/** Differences are shown larger than they are, but never so that rounding is seen as a picture. */
const mostGain = 8;

/** Filters BEFORE, and compares what comes out with AFTER. */
export async function measure(planes: readonly Plane[], { kernel: size, isClippedLeftOut }: Pick<Pair, 'kernel' | 'isClippedLeftOut'>, kernel: Float64Array, bias: number, backend: Backend<'async'>): Promise<Measured> {
  const filtered = await filteredPlanes(planes, size, kernel, bias, backend);
  const [height = 1, width = 1] = planes[0]?.after.shape ?? [];
  const again = { width, height, data: new Uint8ClampedArray(4 * height * width).fill(255) };
  const difference = { width, height, data: new Uint8ClampedArray(4 * height * width).fill(255) };
  const tally = emptyTally();
  for (const [channel, plane] of planes.entries()) addPlane(tally, plane, filtered[channel] ?? plane.after.data, { size, leaveClippedOut: isClippedLeftOut, again: again.data.subarray(channel) });
  const gain = gainFor(tally.largestWritten);
  for (const [channel, { after }] of planes.entries()) paintDifference(difference.data.subarray(channel), after.data, again.data.subarray(channel), gain);
  if (planes.length === 1) for (const { data } of [again, difference]) spreadGrey(data);
  const variation = tally.squares - (tally.total * tally.total) / tally.count;
  // Of levels that are all one, what is left of the difference is rounding.
  const isFlat = !(variation > 1e-9 * tally.squares);
  const residual: Residual = {
    ...(isFlat ? {} : { explained: 1 - tally.errors / variation, explainedBefore: 1 - tally.errorsBefore / variation }),
    rootMeanSquare: Math.sqrt(tally.errors / tally.count),
    largest: tally.largest,
    equalShare: tally.equal / (planes.length * height * width),
    largestWritten: tally.largestWritten,
    gain,
  };
  return { residual, again, difference };
}

/** The power of 2 with which differences reach nearly from black to white. */
export function gainFor(largest: number): number {
  return 2 ** Math.max(0, Math.min(Math.log2(mostGain), Math.floor(Math.log2(127 / Math.max(1, largest)))));
}

async function filteredPlanes(planes: readonly Plane[], size: Size, kernel: Float64Array, bias: number, backend: Backend<'async'>): Promise<readonly TypedArray[]> {
  const [first] = planes;
  if (first === undefined) return [];
  const [x, K, b] = [planeInput(first.before), input('kernel', size), input('bias', [])];
  const program = await compile({ inputs: { x, K, b }, outputs: { filtered: add(corr2d(x, K), b) } }, backend);
  const found: TypedArray[] = [];
  const taps = new NdArray(size, Float32Array.from(kernel));
  for (const { before } of planes) found.push((await program.run({ x: inSinglePrecision(before), K: taps, b: new NdArray([], Float32Array.of(bias)) })).filtered.data);
  await program.dispose();
  return found;
}

function planeInput({ shape, data }: NdArray): Tensor {
  return input('before', shape, data instanceof Uint8Array ? { storage: 'uint8' } : {});
}

function inSinglePrecision({ shape, data }: NdArray): NdArray {
  return new NdArray(shape, data instanceof Uint8Array ? data : Float32Array.from(data));
}

type Tally = Record<'count' | 'total' | 'squares' | 'errors' | 'errorsBefore' | 'largest' | 'equal' | 'largestWritten', number>;

function emptyTally(): Tally {
  return { count: 0, total: 0, squares: 0, errors: 0, errorsBefore: 0, largest: 0, equal: 0, largestWritten: 0 };
}

type Comparing = {
  readonly size: Size;
  readonly leaveClippedOut: boolean;
  /** Where the result is written as 8 bits hold it, each fourth element. */
  readonly again: Uint8ClampedArray;
};

function addPlane(tally: Tally, { before, after }: Plane, filtered: TypedArray, { size, leaveClippedOut, again }: Comparing): void {
  const [top, left] = middleOf(size);
  const [height = 0, width = 0] = after.shape;
  const whole = before.shape[1] ?? 0;
  let [count, total, squares, errors, errorsBefore, largest, equal, largestWritten] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0, at = 0; row < height; row++) {
    const corner = (top + row) * whole + left;
    for (let column = 0; column < width; column++, at++) {
      const [got, want] = [filtered[at] ?? 0, after.data[at] ?? 0];
      const level = got <= 0 ? 0 : got >= 255 ? 255 : Math.floor(got + 0.5);
      again[4 * at] = level;
      const apart = Math.abs(level - Math.floor(want + 0.5));
      if (apart === 0) equal++;
      else if (apart > largestWritten) largestWritten = apart;
      if (leaveClippedOut && isClipped(want)) continue;
      const error = Math.abs(got - want);
      const change = want - (before.data[corner + column] ?? 0);
      count++;
      total += want;
      squares += want * want;
      errors += error * error;
      errorsBefore += change * change;
      if (error > largest) largest = error;
    }
  }
  tally.count += count;
  tally.total += total;
  tally.squares += squares;
  tally.errors += errors;
  tally.errorsBefore += errorsBefore;
  tally.largest = Math.max(tally.largest, largest);
  tally.equal += equal;
  tally.largestWritten = Math.max(tally.largestWritten, largestWritten);
}

/** Around mid-grey, each fourth element; what goes beyond black or white stays there. */
function paintDifference(image: Uint8ClampedArray, after: TypedArray, again: Uint8ClampedArray, gain: number): void {
  for (let at = 0; at < after.length; at++) image[4 * at] = 128 + gain * ((after[at] ?? 0) - (again[4 * at] ?? 0));
}

function spreadGrey(image: Uint8ClampedArray): void {
  for (let at = 0; at < image.length; at += 4) {
    const level = image[at] ?? 0;
    image[at + 1] = level;
    image[at + 2] = level;
  }
}
