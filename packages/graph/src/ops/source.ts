import { bytesOf, defaultDType, type DType, type Storage } from '../dtype.ts';
import { ValueError } from '../errors.ts';
import { describeValue, givenDType } from '../given.ts';
import { NdArray } from '../ndarray.ts';
import { flatten, type Nested } from '../nested.ts';
import type { Dimension, Size } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { constantOf, givenShape } from './operand.ts';
import { broadcastTo } from './movement.ts';

export interface SourceOptions {
  /** The type in which the tensor's elements are computed. Default: float32. */
  readonly dtype?: DType;
}

/** How an input is computed and how it is fed. */
export interface InputOptions extends SourceOptions {
  /** How what is fed is stored: `uint8` takes pictures of bytes, 0 to 255, as they are. Default: the dtype. */
  readonly storage?: Storage;
}

function checkedName(name: unknown, operation: string): string {
  if (typeof name !== 'string' || name === '')
    throw new ValueError(`${operation}: the name must be a text of at least one character; errors and printed graphs show it`);
  return name;
}

/**
 * A value that is fed at each run. Two inputs are never the same tensor, even under one name.
 *
 * @param shape sizes, or names of sizes that are bound by what is fed: `['H', 'W']`
 * @throws ShapeError when a size is less than 1.
 * @example
 * input('X', [6, 8]).shape; // => [6, 8]
 */
export function input(name: string, shape: readonly Dimension[], options: InputOptions = {}): Tensor {
  const operation = `input ${JSON.stringify(checkedName(name, 'input'))}`;
  const dtype = givenDType(options, operation);
  const storage = options.storage ?? dtype;
  if (!Object.hasOwn(bytesOf, storage)) throw new ValueError(`${operation}: ${describeValue(storage)} is no storage; give 'uint8', 'float32' or 'float64'`);
  const sizes = givenShape(shape, operation);
  return intern({
    primitive: 'input',
    inputs: [],
    attributes: { name, storage },
    shape: sizes,
    dtype,
  });
}

/**
 * A value that lives inside a compiled program from run to run, such as a kernel that is learned.
 *
 * @param initial its value before the first run
 * @throws ValueError when the list is ragged, empty or not finite.
 * @example
 * state('K', [[0.3, 0.7]]).shape; // => [1, 2]
 */
export function state(name: string, initial: Nested | NdArray, options: SourceOptions = {}): Tensor {
  const operation = `state ${JSON.stringify(checkedName(name, 'state'))}`;
  const dtype = givenDType(options, operation);
  const { shape, data } =
    initial instanceof NdArray
      ? { shape: initial.shape, data: Float64Array.from(initial.data) }
      : flatten(initial, operation);
  const rounded = dtype === 'float32' ? data.map(Math.fround) : data;
  return intern({ primitive: 'state', inputs: [], attributes: { name, initial: rounded }, shape, dtype });
}

/**
 * A value that is known when the program is made: the compiler specialises on it.
 *
 * @throws ValueError when the list is ragged, empty or not finite.
 * @example
 * evaluate(constant([[1, -1]])).toNested(); // => [[1, -1]]
 */
export function constant(values: Nested | NdArray, options: SourceOptions = {}): Tensor {
  const { shape, data } =
    values instanceof NdArray
      ? { shape: values.shape, data: Float64Array.from(values.data) }
      : flatten(values, 'constant');
  return constantOf(data, shape, givenDType(options, 'constant'));
}

/**
 * A tensor of one value.
 *
 * @throws ShapeError when a size is less than 1.
 * @example
 * evaluate(full([2, 2], 7)).toNested(); // => [[7, 7], [7, 7]]
 */
export function full(shape: readonly Dimension[], value: number, options: SourceOptions = {}): Tensor {
  const sizes = givenShape(shape, 'full');
  return broadcastTo(constantOf(Float64Array.of(value), [], givenDType(options, 'full')), sizes);
}

/**
 * A tensor of zeros.
 *
 * @example
 * evaluate(zeros([1, 2])).toNested(); // => [[0, 0]]
 */
export function zeros(shape: readonly Dimension[], options: SourceOptions = {}): Tensor {
  return full(shape, 0, options);
}

/**
 * A tensor of ones.
 *
 * @example
 * evaluate(ones([1, 2])).toNested(); // => [[1, 1]]
 */
export function ones(shape: readonly Dimension[], options: SourceOptions = {}): Tensor {
  return full(shape, 1, options);
}

/**
 * The numbers 0, 1, …, count - 1 as a vector; reshape gives them another form.
 *
 * @throws ValueError when count is not a whole number of at least 1.
 * @example
 * evaluate(reshape(arange(9), [3, 3])).toNested(); // => [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
 */
export function arange(count: number, options: SourceOptions = {}): Tensor {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new ValueError(`arange: the count ${count} is not a whole number of at least 1`);
  return constantOf(
    Float64Array.from({ length: count }, (_, index) => index),
    [count],
    givenDType(options, 'arange'),
  );
}

/** Zeros with the shape and dtype of a tensor. */
export function zerosLike(tensor: Tensor): Tensor {
  return full(tensor.shape, 0, { dtype: tensor.dtype });
}

/** The number that a size has, as a scalar: a constant, or known when the program runs. */
export function sizeValue(size: Size, dtype: DType = defaultDType): Tensor {
  if (typeof size === 'number') return constantOf(Float64Array.of(size), [], dtype);
  return intern({ primitive: 'size', inputs: [], attributes: { value: size }, shape: [], dtype });
}
