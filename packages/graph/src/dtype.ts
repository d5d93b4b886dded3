/** The type in which a graph computes. The default is `float32`. */
export type DType = 'float32' | 'float64';

export type FloatArray = Float32Array | Float64Array;

export const defaultDType: DType = 'float32';

/** A number as a tensor of that dtype holds it. */
export const roundTo: Readonly<Record<DType, (value: number) => number>> = {
  float32: Math.fround,
  float64: (value) => value,
};

/** Zeros of the dtype. @example allocate('float64', 3).length; // => 3 */
export function allocate(dtype: DType, length: number): FloatArray {
  return dtype === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/**
 * How elements are stored in a buffer, apart from the type in which they are computed. `uint8` holds whole numbers
 * 0 to 255 and is for inputs and outputs: what is stored is rounded half to even and saturates.
 */
export type Storage = DType | 'uint8';

/** Bytes of one element. */
export const bytesOf: Readonly<Record<Storage, number>> = { uint8: 1, float32: 4, float64: 8 };
