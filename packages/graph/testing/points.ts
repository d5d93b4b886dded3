import { NdArray } from '../src/index.ts';
import { pseudoRandom } from './seeded.ts';

/** Float64 values of a shape. */
export function point(shape: readonly number[], data: ArrayLike<number>): NdArray {
  return new NdArray(shape, Float64Array.from(data));
}

/** A point with elements from -1 to 1 that look random and are always the same. */
export function pseudoRandomPoint(shape: readonly number[], seed: number): NdArray {
  return new NdArray(shape, pseudoRandom(countOf(shape), seed));
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** <a, b> */
export function innerProduct(a: NdArray, b: NdArray): number {
  return Array.from(a.data).reduce((total, value, index) => total + value * (b.data[index] ?? Number.NaN), 0);
}
