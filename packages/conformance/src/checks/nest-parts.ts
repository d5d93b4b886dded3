import { constant, input, NdArray, type DType, type Dimension, type Tensor } from '@xcorr/graph';
import type { Described } from './described.ts';

/** An input of a dtype. */
export const fed =
  (dtype: DType) =>
  (name: string, ...shape: readonly Dimension[]): Tensor =>
    input(name, shape, { dtype });

/** Small whole numbers, none of them equal to its neighbours, with a 0 among them. */
export const ramp = (shape: readonly number[], dtype: DType): Tensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  return constant(new NdArray(shape, Float64Array.from({ length: count }, (_, position) => ((position * 5) % 7) - 3)), { dtype });
};

/** One program for each of some results. */
export const single = (results: Readonly<Record<string, Tensor>>): Readonly<Record<string, Described>> =>
  Object.fromEntries(Object.entries(results).map(([name, y]) => [name, { outputs: { y } }]));
