import { CommandError } from '../command-error.ts';
import { parseNpyHeader } from './npy-header.ts';

/** Numbers in row-major order, as any of NumPy's plain types holds them. */
export interface PlainArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

interface Element {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The plain types by the kind and size that a descr names: `<f4` is `f4`, stored with the low byte first. */
const elements: Readonly<Record<string, Element>> = {
  b1: { bytes: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) },
  u1: { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  i1: { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  u2: { bytes: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  i2: { bytes: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  u4: { bytes: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  i4: { bytes: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  u8: { bytes: 8, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) },
  i8: { bytes: 8, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) },
  f2: { bytes: 2, read: (view, offset, little) => half(view.getUint16(offset, little)) },
  f4: { bytes: 4, read: (view, offset, little) => view.getFloat32(offset, little) },
  f8: { bytes: 8, read: (view, offset, little) => view.getFloat64(offset, little) },
};

/** What other kinds of descr hold, for the message that refuses them. */
const refusedKinds: Readonly<Record<string, string>> = {
  O: 'Python objects',
  c: 'complex numbers',
  S: 'texts',
  U: 'texts',
  V: 'raw records',
  M: 'dates',
  m: 'durations',
  f: 'floating-point numbers of another size',
};

function elementOf(descr: string | undefined, name: string): { readonly element: Element; readonly littleEndian: boolean } {
  const mend = '\n  save plain numbers: numpy.save(path, array.astype("<f4"))';
  if (descr === undefined) throw new CommandError(`${name}: the NumPy array has named fields (a structured type), not plain numbers\n  save one field: numpy.save(path, array["field"])`);
  const [, order = '', type = ''] = /^([<>|]?)([a-zA-Z]\d*)/.exec(descr) ?? [];
  const element = Object.hasOwn(elements, type) && descr === `${order}${type}` ? elements[type] : undefined;
  if (element === undefined) {
    const what = refusedKinds[type.charAt(0)];
    throw new CommandError(`${name}: the NumPy array holds ${what === undefined ? `the type ${JSON.stringify(descr)}` : `${what} (${JSON.stringify(descr)})`}, not plain real numbers${mend}`);
  }
  return { element, littleEndian: order !== '>' };
}

/** For each element of the row-major order, its position in the file. */
function* positions(shape: readonly number[], fortranOrder: boolean): Generator<number> {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!fortranOrder) {
    for (let position = 0; position < count; position++) yield position;
    return;
  }
  // In Fortran order the first axis runs fastest.
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  for (let done = 0, position = 0; done < count; done++) {
    yield position;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [size = 1, stride = 0, at = 0] = [shape[axis], strides[axis], index[axis]];
      position += stride;
      index[axis] = at + 1;
      if (at + 1 < size) break;
      position -= stride * size;
      index[axis] = 0;
    }
  }
}

/** True when the bytes begin as every NumPy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, index) => bytes[index] === byte);
}

/**
 * Reads the bytes of a `.npy` file: any version, either order of axes, either order of bytes, real numbers and booleans.
 * Whole numbers of 64 bits beyond 2^53 are rounded.
 *
 * @param name what errors call the file
 * @throws CommandError when the header is no header, the elements are no plain real numbers, or the data does not fill the shape.
 * @see NumPy Enhancement Proposal 1, "A Simple File Format for NumPy Arrays"
 */
export function readNpy(bytes: Uint8Array, name: string): PlainArray {
  const { descr, fortranOrder, shape, start } = parseNpyHeader(bytes, name);
  const { element, littleEndian } = elementOf(descr, name);
  const count = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - start;
  const needed = count * element.bytes;
  if (found !== needed)
    throw new CommandError(
      `${name}: ${found < needed ? 'the NumPy file is cut short' : 'the NumPy file goes on after its array'}: the shape [${shape.join(', ')}] of ${JSON.stringify(descr)} needs ${needed} bytes, there are ${found}\n  save the one array anew: numpy.save(path, array)`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, found);
  const data = new Float64Array(count);
  let next = 0;
  for (const position of positions(shape, fortranOrder)) data[next++] = element.read(view, position * element.bytes, littleEndian);
  return { shape, data };
}
