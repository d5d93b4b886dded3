import { NdArray, rowMajorStrides } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import { checkedShape, readElements, typeOf, writeElements, type ElementType } from './elements.ts';
import { decodeText, encodeText, joined, viewOf } from './text.ts';

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** NumPy's kind and size. */
const types: Readonly<Record<string, ElementType>> = {
  b1: 'bool', u1: 'uint8', i1: 'int8', u2: 'uint16', i2: 'int16', u4: 'uint32', i4: 'int32', u8: 'uint64', i8: 'int64', f2: 'float16', f4: 'float32', f8: 'float64',
};
const written = { uint8: '|u1', float32: '<f4', float64: '<f8' } as const;
/** Data begins at a multiple of this, as NumPy has written it since version 1.14. */
const alignment = 64;
const headerLimit = 65_536;

function fail(text: string): never {
  throw new FormatError(`npy: ${text}`);
}

interface Header {
  readonly type: ElementType;
  readonly isLittleEndian: boolean;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
}

/** The value of a key of the header, which is a dictionary of Python with three keys. */
function valueOf(header: string, key: string, pattern: string): string {
  const [, value] = new RegExp(`['"]${key}['"]\\s*:\\s*${pattern}\\s*[,}]`).exec(header) ?? [];
  return value ?? fail(`the header has no ${key} that can be read: ${header.trim().slice(0, 100)}`);
}

function headerOf(header: string): Header {
  if (/['"]descr['"]\s*:\s*\[/.test(header)) fail('an array of records; only arrays of numbers are read');
  const [order = '', kind = ''] = [valueOf(header, 'descr', `['"]([^'"]*)['"]`)].flatMap((descr) => [descr.slice(0, 1), descr.slice(1)]);
  if (kind.startsWith('O')) fail('an array of Python objects, which are pickled; only arrays of numbers are read');
  const type = Object.hasOwn(types, kind) ? types[kind] : undefined;
  if (type === undefined || !'<>|='.includes(order)) fail(`elements of the type ${JSON.stringify(order + kind)}; read are ${Object.keys(types).join(', ')}`);
  const sizes = valueOf(header, 'shape', `\\(([\\d\\sL,]*)\\)`).split(',').map((size) => size.trim().replace(/L$/, ''));
  const shape = sizes.filter((size, position) => size !== '' || position < sizes.length - 1);
  if (shape.some((size) => !/^\d+$/.test(size))) fail(`the shape (${sizes.join(', ')}) cannot be read`);
  return { type, isLittleEndian: order !== '>', isFortranOrder: valueOf(header, 'fortran_order', '(True|False)') === 'True', shape: shape.map(Number) };
}

/** Elements of the first axis next to one another, put in row-major order. */
function rowMajor({ data }: NdArray, shape: readonly number[]): NdArray {
  const from = rowMajorStrides([...shape].reverse()).map(Number).reverse();
  const to = rowMajorStrides(shape).map(Number);
  const result = data.slice();
  for (let index = 0; index < data.length; index++) {
    const source = shape.reduce((sum, size, axis) => sum + (Math.floor(index / (to[axis] ?? 1)) % size) * (from[axis] ?? 1), 0);
    result[index] = data[source] ?? 0;
  }
  return new NdArray(shape, result);
}

/**
 * Reads an array of NumPy's format npy, of version 1, 2 or 3. Types that float32 or float64 hold exactly become those.
 *
 * @throws FormatError when the bytes are no such file, cut short, too long, or hold no numbers that are read.
 * @see NumPy `numpy.lib.format`
 * @example
 * readNpy(writeNpy(ndarray([[1, -1]]))).toNested(); // => [[1, -1]]
 */
export function readNpy(bytes: Uint8Array): NdArray {
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) fail('the file does not begin as one of NumPy does');
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) fail(`version ${version}; 1, 2 and 3 are read`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) fail('the file is cut short in its header');
  const length = version === 1 ? viewOf(bytes).getUint16(8, true) : viewOf(bytes).getUint32(8, true);
  if (length > headerLimit) fail(`a header of ${length} bytes; at most ${headerLimit} are read`);
  if (start + length > bytes.length) fail('the file is cut short in its header');
  const header = headerOf(decodeText(bytes.subarray(start, start + length), 'npy: the header'));
  const data = bytes.subarray(start + length);
  const shape = checkedShape(header.shape, header.type, data.length, 'npy');
  const array = readElements(data, header.type, shape, header.isLittleEndian);
  return header.isFortranOrder ? rowMajor(array, shape) : array;
}

/**
 * Writes an array in NumPy's format npy, version 1, byte for byte as `numpy.save` does.
 *
 * @example
 * writeNpy(ndarray([1, 2, 3])).length; // => 140
 */
export function writeNpy(array: NdArray): Uint8Array {
  const sizes = array.shape.length === 1 ? `${array.shape.join('')},` : array.shape.join(', ');
  const header = `{'descr': '${written[typeOf(array)]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // NumPy leaves room for the first axis to grow to 21 digits.
  const spare = array.shape.length > 0 ? 21 - String(array.shape[0]).length : 0;
  const room = (Math.floor((10 + header.length + spare + 1) / alignment) + 1) * alignment - 10;
  const prefix = new Uint8Array(10);
  prefix.set([...magic, 1, 0]);
  viewOf(prefix).setUint16(8, room, true);
  return joined([prefix, encodeText(`${header.padEnd(room - 1)}\n`), writeElements(array)]);
}
