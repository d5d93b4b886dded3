import { NdArray, roundTo, type DType, type Storage } from '@xcorr/graph';
import type { SetName } from '../case.ts';
import type { Random } from '../random.ts';

/** Whole numbers and halves whose products stay small; zeros and equal values are frequent, so that ties are. */
function gridValue(random: Random, unit: number): number {
  return random.integer(-3, 3) * unit;
}

/** A function that draws the values of one tensor. */
function source(random: Random, set: SetName): () => number {
  if (set === 'exact') {
    const unit = random.pick([1, 1, 0.5]);
    return () => gridValue(random, unit);
  }
  if (random.chance(0.2)) return () => gridValue(random, 0.5);
  return () => random.uniform(-2, 2);
}

/** Bytes are small in the exact set, so that their products are. */
const largestByte: Readonly<Record<SetName, number>> = { exact: 5, real: 255 };

/** What is fed to an input: values of the set in the input's dtype, or bytes. */
export function drawFeed(random: Random, set: SetName, dtype: DType, storage: Storage, shape: readonly number[]): NdArray {
  if (storage !== 'uint8') return drawValues(random, set, dtype, shape);
  const count = shape.reduce((product, size) => product * size, 1);
  return new NdArray(shape, Uint8Array.from({ length: count }, () => random.integer(0, largestByte[set])));
}

/** Values of the set for a constant or a state. */
export function drawValues(random: Random, set: SetName, dtype: DType, shape: readonly number[]): NdArray {
  const draw = source(random, set);
  const data = Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => roundTo[dtype](draw()));
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data));
}
