import { literalShape, NdArray, type Storage, type TypedArray } from '@xcorr/graph';
import type { Slot } from './session.ts';

/** Whether an array is read as it is where each storage type is wanted. Each names its class itself: engines decide that fast. */
const isStoredAs: Readonly<Record<Storage, (data: unknown) => data is TypedArray>> = {
  uint8: (data) => data instanceof Uint8ClampedArray || data instanceof Uint8Array,
  float32: (data) => data instanceof Float32Array,
  float64: (data) => data instanceof Float64Array,
};

function isSame(shape: readonly number[], other: readonly number[]): boolean {
  if (shape.length !== other.length) return false;
  for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== other[axis]) return false;
  return true;
}

/**
 * Takes the values of all inputs out of feeds that fit at first sight: an object of its own with these names alone, and for
 * each an array of the input's own storage and size. It gives undefined for everything else, which is then looked at with
 * care. A step of a small model takes less time than that care does.
 */
export function createPlainValues(inputs: readonly Slot[]): (feeds: Readonly<Record<string, unknown>>) => readonly TypedArray[] | undefined {
  const wanted = inputs.map(({ name, buffer: { shape, storage } }) => {
    const literal = literalShape(shape);
    return { name, shape: literal ?? [], length: literal?.reduce((product, size) => product * size, 1) ?? -1, isStored: isStoredAs[storage] };
  });
  // A name that every object has may be read where it is not fed.
  if (wanted.some(({ name, length }) => length < 0 || name in Object.prototype)) return () => undefined;
  return (feeds) => {
    if (typeof feeds !== 'object' || feeds === null || Object.getPrototypeOf(feeds) !== Object.prototype || Object.keys(feeds).length !== wanted.length) return undefined;
    const values: TypedArray[] = [];
    for (const { name, shape, length, isStored } of wanted) {
      const value = feeds[name];
      const data = value instanceof NdArray && isSame(value.shape, shape) ? value.data : value;
      if (!isStored(data) || data.length !== length) return undefined;
      values.push(data);
    }
    return values;
  };
}
