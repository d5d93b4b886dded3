import { literalShape, NdArray, type Storage, type TypedArray } from '@xcorr/graph';
import type { Slot } from './session.ts';

type IsStoredAs = Readonly<Record<Storage, (data: unknown) => data is TypedArray>>;

/** Whether an array is written as it is where each storage type is wanted. Each names its class itself: engines decide that fast. */
const isWrittenAs: IsStoredAs = {
  uint8: (data) => data instanceof Uint8ClampedArray,
  float32: (data) => data instanceof Float32Array,
  float64: (data) => data instanceof Float64Array,
};

/** Whether an array is read as it is. */
const isReadAs: IsStoredAs = {
  ...isWrittenAs,
  uint8: (data) => data instanceof Uint8ClampedArray || data instanceof Uint8Array,
};

function isSame(shape: readonly number[], other: readonly number[]): boolean {
  if (shape.length !== other.length) return false;
  for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== other[axis]) return false;
  return true;
}

/** Takes what a caller gives into the arrays of a program's buffers; false, with nothing taken, where it has to be looked at with care. */
export type TakePlain = (given: Readonly<Record<string, unknown>>, arrays: TypedArray[]) => boolean;

/**
 * Takes what fits at first sight: an object of its own with the names of these slots alone, and for each an array of the
 * slot's own storage and size. A step of a small model takes less time than looking with care does. All is read before
 * anything is taken: what a caller gives may run the program when it is read.
 */
export function createTakePlain(slots: readonly Slot[], use: 'read' | 'written'): TakePlain {
  const isStoredAs = use === 'read' ? isReadAs : isWrittenAs;
  const wanted = slots.map(({ name, position, buffer: { shape, storage } }) => {
    const literal = literalShape(shape);
    return { name, position, shape: literal ?? [], length: literal?.reduce((product, size) => product * size, 1) ?? -1, isStored: isStoredAs[storage] };
  });
  // A name that every object has may be read where it is not given.
  if (wanted.some(({ name, length }) => length < 0 || name in Object.prototype)) return () => false;
  return (given, arrays) => {
    if (typeof given !== 'object' || given === null || Object.getPrototypeOf(given) !== Object.prototype || Object.keys(given).length !== wanted.length) return false;
    const values = new Array<TypedArray>(wanted.length);
    for (let at = 0; at < wanted.length; at++) {
      const slot = wanted[at];
      if (slot === undefined) return false;
      const { name, shape, length, isStored } = slot;
      const value = given[name];
      const data = value instanceof NdArray && isSame(value.shape, shape) ? value.data : value;
      if (!isStored(data) || data.length !== length) return false;
      values[at] = data;
    }
    for (let at = 0; at < values.length; at++) arrays[wanted[at]?.position ?? -1] = values[at] ?? nothing;
    return true;
  };
}

const nothing = new Float32Array(0);
