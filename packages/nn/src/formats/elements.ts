import { NdArray, type TypedArray } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import { elementsOf } from '../layers/checks.ts';
import { viewOf } from './text.ts';

/** The types of elements that files hold and that are read. */
export type ElementType = 'bool' | 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'uint64' | 'int64' | 'bfloat16' | 'float16' | 'float32' | 'float64';

interface Element {
  readonly bytes: number;
  /** The narrowest array that holds every value of the type exactly. */
  readonly array: (length: number) => TypedArray;
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

const narrow = (length: number): TypedArray => new Float32Array(length);
const wide = (length: number): TypedArray => new Float64Array(length);
const bytewise = (length: number): TypedArray => new Uint8Array(length);

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits >>> 15 === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const single = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function brain(bits: number): number {
  single.setUint32(0, bits << 16);
  return single.getFloat32(0);
}

/** Whole numbers of 64 bits are read where float64 holds them. */
function exact(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new FormatError(`the whole number ${value} is beyond 2^53: float64 does not hold it exactly`);
}

const elements: Readonly<Record<ElementType, Element>> = {
  bool: { bytes: 1, array: bytewise, read: (view, at) => Number(view.getUint8(at) !== 0) },
  uint8: { bytes: 1, array: bytewise, read: (view, at) => view.getUint8(at) },
  int8: { bytes: 1, array: narrow, read: (view, at) => view.getInt8(at) },
  uint16: { bytes: 2, array: narrow, read: (view, at, little) => view.getUint16(at, little) },
  int16: { bytes: 2, array: narrow, read: (view, at, little) => view.getInt16(at, little) },
  uint32: { bytes: 4, array: wide, read: (view, at, little) => view.getUint32(at, little) },
  int32: { bytes: 4, array: wide, read: (view, at, little) => view.getInt32(at, little) },
  uint64: { bytes: 8, array: wide, read: (view, at, little) => exact(view.getBigUint64(at, little)) },
  int64: { bytes: 8, array: wide, read: (view, at, little) => exact(view.getBigInt64(at, little)) },
  bfloat16: { bytes: 2, array: narrow, read: (view, at, little) => brain(view.getUint16(at, little)) },
  float16: { bytes: 2, array: narrow, read: (view, at, little) => half(view.getUint16(at, little)) },
  float32: { bytes: 4, array: narrow, read: (view, at, little) => view.getFloat32(at, little) },
  float64: { bytes: 8, array: wide, read: (view, at, little) => view.getFloat64(at, little) },
};

export function bytesOfElement(type: ElementType): number {
  return elements[type].bytes;
}

/** What a file says, as an error shows it: of lists and objects nothing, however deep they are. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : `a value of type ${typeof value}`;
}

/**
 * A shape as files give it: whole numbers, each at least 1, whose elements fit what there is.
 *
 * @param available  bytes that hold the elements
 * @throws FormatError when it is none, or its elements are not exactly what there is.
 */
export function checkedShape(shape: readonly unknown[], type: ElementType, available: number, what: string): readonly number[] {
  if (shape.length > 32) throw new FormatError(`${what}: ${shape.length} axes; at most 32 are read`);
  const sizes = shape.map((size) => {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new FormatError(`${what}: ${shown(size)} is no size of an axis`);
    if (size === 0) throw new FormatError(`${what}: the shape [${shape.map(shown).join(', ')}] has no elements; arrays have at least one`);
    return size;
  });
  const needed = elementsOf(sizes) * bytesOfElement(type);
  if (needed !== available) throw new FormatError(`${what}: the shape [${sizes.join(', ')}] of ${type} takes ${needed} bytes, and there are ${available}`);
  return sizes;
}

/** The elements of as many bytes as the shape asks for, each exactly as it is. */
export function readElements(bytes: Uint8Array, type: ElementType, shape: readonly number[], littleEndian = true): NdArray {
  const { bytes: width, array, read } = elements[type];
  const view = viewOf(bytes);
  const data = array(bytes.length / width);
  for (let index = 0; index < data.length; index++) data[index] = read(view, index * width, littleEndian);
  return new NdArray(shape, data);
}

/** The type of an array's elements. */
export function typeOf({ data }: NdArray): 'uint8' | 'float32' | 'float64' {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Float64Array ? 'float64' : 'uint8';
}

/** The elements as little-endian bytes. */
export function writeElements({ data }: NdArray): Uint8Array {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return Uint8Array.from(data);
  const bytes = new Uint8Array(data.length * data.BYTES_PER_ELEMENT);
  const view = viewOf(bytes);
  if (data instanceof Float32Array) for (const [index, value] of data.entries()) view.setFloat32(index * 4, value, true);
  else for (const [index, value] of data.entries()) view.setFloat64(index * 8, value, true);
  return bytes;
}
