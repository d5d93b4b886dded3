import { roundTo, type DType } from './dtype.ts';
import { ValueError } from './errors.ts';
import { describeValue, givenList } from './given.ts';
import { flatten, nest, type Nested } from './nested.ts';
import { printShape } from './shape.ts';

/** The typed arrays that hold elements. `uint8` data holds 0 to 255. */
export type TypedArray = Float32Array | Float64Array | Uint8Array | Uint8ClampedArray;

/**
 * Concrete values: row-major data with a shape.
 *
 * @example
 * const a = ndarray([[1, 2], [3, 4]]);
 * a.shape; // => [2, 2]
 * a.toNested(); // => [[1, 2], [3, 4]]
 */
export class NdArray {
  readonly shape: readonly number[];
  readonly data: TypedArray;

  constructor(shape: readonly number[], data: TypedArray) {
    if (!ArrayBuffer.isView(data)) throw new ValueError(`NdArray: the data is ${describeValue(data)}, no typed array; ndarray takes nested lists`);
    let expected = 1;
    for (const size of givenList(shape, 'NdArray: the shape', 'give a size for each axis: [6, 8]')) {
      if (!Number.isSafeInteger(size) || size < 1)
        throw new ValueError(`NdArray: the shape ${printShape(shape)} has the size ${size}; every axis must be a whole number of at least 1`);
      expected *= size;
    }
    if (data.length !== expected)
      throw new ValueError(`NdArray: ${data.length} elements do not fill the shape ${printShape(shape)}, which has ${expected}`);
    this.shape = shape.slice();
    this.data = data;
  }

  /** The single element of an array that has one. */
  item(): number {
    const [value] = this.data;
    if (value === undefined || this.data.length !== 1)
      throw new ValueError(`item: the array ${printShape(this.shape)} has ${this.data.length} elements, not one; use toNested() or data`);
    return value;
  }

  /** The elements as nested lists; rank 0 gives a number. */
  toNested(): Nested {
    return nest(this.data, this.shape);
  }
}

/**
 * Makes an NdArray from nested lists, rounding to the dtype.
 *
 * @throws ValueError when the lists are ragged, empty or not finite.
 * @example
 * ndarray([0.1], 'float64').toNested(); // => [0.1]
 */
export function ndarray(values: Nested, dtype: DType = 'float32'): NdArray {
  const { shape, data } = flatten(values, 'ndarray');
  return new NdArray(shape, dtype === 'float32' ? Float32Array.from(data, roundTo.float32) : data);
}
