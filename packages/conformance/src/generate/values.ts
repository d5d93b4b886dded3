import { NdArray, roundTo, type DType } from '@xcorr/graph';
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

export function drawValues(random: Random, set: SetName, dtype: DType, shape: readonly number[]): NdArray {
  const draw = source(random, set);
  const data = Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => roundTo[dtype](draw()));
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(data) : Float64Array.from(data));
}
