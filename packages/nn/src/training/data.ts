import { isTypedArray, NdArray, ndarray, printShape, ValueError, type Nested, type Tensor, type TypedArray } from '@xcorr/graph';
import { crc32 } from '../formats/crc32.ts';
import { elementsOf } from '../layers/checks.ts';

/** Examples for an input: an array or nested lists whose first axis counts them. */
export type Examples = NdArray | Nested;

/** The examples of every input, row by row. */
export interface Dataset {
  readonly count: number;
  readonly arrays: ReadonlyMap<string, NdArray>;
}

function arrayOf(name: string, value: Examples): NdArray {
  if (value instanceof NdArray) return value;
  if (isTypedArray(value)) throw new ValueError(`fit: the data of ${JSON.stringify(name)} has no shape; give new NdArray(shape, data)`);
  return ndarray(value, 'float64');
}

/**
 * Reads the examples for some inputs.
 *
 * @throws ValueError when one is missing, unknown, has another shape than its input, or their numbers differ.
 */
export function readDataset(inputs: Readonly<Record<string, Tensor>>, data: Readonly<Record<string, Examples>>, what: string): Dataset {
  for (const name of Object.keys(data)) if (!Object.hasOwn(inputs, name)) throw new ValueError(`fit: ${what} has ${JSON.stringify(name)}, and there is no such input`);
  const arrays = new Map<string, NdArray>();
  for (const [name, tensor] of Object.entries(inputs)) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) throw new ValueError(`fit: ${what} has nothing for the input ${JSON.stringify(name)}`);
    const given = arrayOf(name, value);
    const array = given === value || tensor.dtype === 'float64' ? given : new NdArray(given.shape, Float32Array.from(given.data));
    const [, ...rest] = array.shape;
    const [, ...expected] = tensor.shape;
    if (array.shape.length === 0 || array.shape.length !== tensor.shape.length || expected.some((size, axis) => typeof size === 'number' && size !== rest[axis]))
      throw new ValueError(`fit: ${what} of ${JSON.stringify(name)} has the shape ${printShape(array.shape)}, the input has ${printShape(tensor.shape)}\n  the first axis counts examples, the others must be the input's`);
    arrays.set(name, array);
  }
  const counts = [...arrays].map(([name, { shape }]) => [name, shape[0] ?? 0] as const);
  const [first] = counts;
  if (first === undefined) throw new ValueError('fit: no inputs; give those that are fed');
  const other = counts.find(([, count]) => count !== first[1]);
  if (other !== undefined) throw new ValueError(`fit: ${what} has ${first[1]} examples of ${JSON.stringify(first[0])} and ${other[1]} of ${JSON.stringify(other[0])}`);
  return { count: first[1], arrays };
}

/** The examples at some places, one after the other. */
export function gather({ arrays }: Dataset, places: ArrayLike<number>): Record<string, NdArray> {
  return Object.fromEntries(
    Array.from(arrays, ([name, { shape, data }]) => {
      const rest = shape.slice(1);
      const row = elementsOf(rest);
      const rows = zerosOf(data, places.length * row);
      for (let position = 0; position < places.length; position++) {
        const start = (places[position] ?? 0) * row;
        rows.set(data.subarray(start, start + row), position * row);
      }
      return [name, new NdArray([places.length, ...rest], rows)];
    }),
  );
}

/** Zeros of the type of an array. */
function zerosOf(like: TypedArray, length: number): TypedArray {
  if (like instanceof Float32Array) return new Float32Array(length);
  if (like instanceof Float64Array) return new Float64Array(length);
  return like instanceof Uint8ClampedArray ? new Uint8ClampedArray(length) : new Uint8Array(length);
}

/** A checksum of all examples: a training that goes on must go on with the same. */
export function checksum({ arrays }: Dataset): number {
  let sum = 0;
  for (const { data } of arrays.values()) sum = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), sum);
  return sum;
}

/** The names of inputs of which a batch holds values that are not finite. */
export function notFinite(batch: Readonly<Record<string, NdArray>>): readonly string[] {
  return Object.entries(batch).filter(([, { data }]) => !data.every((value) => Number.isFinite(value))).map(([name]) => name);
}
