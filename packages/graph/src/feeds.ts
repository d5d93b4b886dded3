import type { Storage } from './dtype.ts';
import { FeedError } from './errors.ts';
import type { Variable } from './integer-form.ts';
import { termsOf } from './integer.ts';
import { evaluateInteger, variablesOf } from './integer-value.ts';
import { printInteger } from './print-integer.ts';
import { NdArray, type TypedArray } from './ndarray.ts';
import { flatten, type Nested } from './nested.ts';
import { literalShape, printShape, type Shape, type Size } from './shape.ts';

/** What may be fed to an input: nested lists, concrete values, or a typed array in row-major order. */
export type Feed = Nested | NdArray | TypedArray;

/** A feed with its shape. The data is the caller's own where it was a typed array. */
export interface FedValue {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** True for the arrays that hold elements. @example isTypedArray(Float32Array.of(1)); // => true */
export function isTypedArray(value: unknown): value is TypedArray {
  return (
    value instanceof Float32Array || value instanceof Float64Array || value instanceof Uint8Array || value instanceof Uint8ClampedArray
  );
}

/** The storage types whose every value each storage type can hold. */
const holds: Readonly<Record<Storage, readonly Storage[]>> = {
  uint8: ['uint8'],
  float32: ['uint8', 'float32'],
  float64: ['uint8', 'float32', 'float64'],
};

/** The storage type whose elements an array holds. @example storageOf(Float32Array.of(1)); // => 'float32' */
export function storageOf(data: TypedArray): Storage {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Float64Array ? 'float64' : 'uint8';
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}

/**
 * One feed, read for an input of this shape and storage. Typed arrays pass unchanged; lists must be rectangular and
 * finite, and are rounded to the input's dtype.
 *
 * @throws FeedError when the value is no feed, does not have the input's shape, or would lose digits.
 * @example
 * readFeed('x', [2], 'float32', [1, 2]).shape; // => [2]
 */
export function readFeed(name: string, shape: Shape, storage: Storage, value: unknown): FedValue {
  const fed = readShape(name, shape, value);
  const isList = typeof value === 'number' || Array.isArray(value);
  if (!isList && !holds[storage].includes(storageOf(fed.data)))
    throw new FeedError(
      `feed ${JSON.stringify(name)}: ${storageOf(fed.data)} values for an input of ${storage} would lose digits\n  convert them, or make the input with ${storage === 'uint8' ? 'a wider storage' : "{ dtype: 'float64' }"}`,
    );
  if (isList && storage === 'uint8' && !fed.data.every(isByte))
    throw new FeedError(`feed ${JSON.stringify(name)}: an input of uint8 holds whole numbers from 0 to 255; make it with { storage: 'float32' } for others`);
  const wrongAxis = shape.findIndex((size, axis) => typeof size === 'number' && size !== fed.shape[axis]);
  if (fed.shape.length !== shape.length || wrongAxis >= 0)
    throw new FeedError(
      `feed ${JSON.stringify(name)}: the value has the shape ${printShape(fed.shape)}, the input has ${printShape(shape)}\n  give a value of the input's shape`,
    );
  return fed;
}

function readShape(name: string, shape: Shape, value: unknown): FedValue {
  if (value instanceof NdArray) return value;
  if (isTypedArray(value)) {
    const literal = literalShape(shape);
    if (literal === undefined)
      throw new FeedError(
        `feed ${JSON.stringify(name)}: a typed array has no shape, and the input's ${printShape(shape)} has named sizes\n  give new NdArray(shape, data)`,
      );
    const expected = literal.reduce((product, size) => product * size, 1);
    if (value.length !== expected)
      throw new FeedError(
        `feed ${JSON.stringify(name)}: the array has ${value.length} elements, the input ${printShape(shape)} has ${expected}\n  give one number for each element, in row-major order`,
      );
    return { shape: literal, data: value };
  }
  if (typeof value === 'number' || Array.isArray(value)) return flatten(value, `feed ${JSON.stringify(name)}`);
  const kind = value === null ? 'null' : value === undefined ? 'undefined' : `a value of type ${typeof value}`;
  throw new FeedError(`feed ${JSON.stringify(name)}: nested lists, an NdArray or a typed array are expected, not ${kind}`);
}

/** The variable that this size is, when it is nothing but one. */
function plainVariable(size: Size): Variable | undefined {
  const [only, second] = termsOf(size);
  const [factor, another] = only?.factors ?? [];
  if (second !== undefined || another !== undefined || only?.coefficient !== 1) return undefined;
  return factor?.kind === 'variable' ? factor : undefined;
}

/** An input and what was fed to it. */
export interface Binding {
  readonly name: string;
  readonly shape: Shape;
  readonly fed: readonly number[];
}

/**
 * The values of all named sizes, taken from the shapes of the feeds.
 *
 * @throws FeedError when two feeds bind one size to different values, or a size stays unbound.
 * @example
 * bindSizes([{ name: 'x', shape: input('x', ['H']).shape, fed: [6] }]).get('H'); // => 6
 */
export function bindSizes(bindings: readonly Binding[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  const boundBy = new Map<string, string>();
  for (const { name, shape, fed } of bindings)
    shape.forEach((size, axis) => {
      const variable = plainVariable(size);
      const value = fed[axis];
      if (variable === undefined || value === undefined) return;
      const known = sizes.get(variable.name);
      if (known !== undefined && known !== value)
        throw new FeedError(
          `the size ${variable.name} is ${known} in ${boundBy.get(variable.name) ?? ''} and ${value} in ${JSON.stringify(name)} (axis ${axis})\n  one name stands for one number in a run`,
        );
      sizes.set(variable.name, value);
      boundBy.set(variable.name, `${JSON.stringify(name)} (axis ${axis})`);
    });
  for (const { name, shape, fed } of bindings)
    shape.forEach((size, axis) => {
      const unbound = variablesOf(size).find((variable) => !sizes.has(variable.name));
      if (unbound !== undefined)
        throw new FeedError(`feed ${JSON.stringify(name)}: the size ${unbound.name} of axis ${axis} is bound by no input of this run\n  give an input an axis that is ${unbound.name} alone`);
      const expected = evaluateInteger(size, sizes);
      if (expected !== fed[axis])
        throw new FeedError(`feed ${JSON.stringify(name)}: axis ${axis} has the size ${String(fed[axis])}, and ${printInteger(size)} is ${expected} in this run`);
    });
  return sizes;
}
