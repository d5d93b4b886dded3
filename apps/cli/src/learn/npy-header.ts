import { CommandError } from '../command-error.ts';

/** What stands before the data of a NumPy file. */
export interface NpyHeader {
  /** The type of the elements, such as `<f4`; undefined where it is a list of named fields. */
  readonly descr: string | undefined;
  /** True when the first axis runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** The offset of the first byte of data. */
  readonly start: number;
}

/** In versions 2 and 3 four bytes say how long the header is, in version 1 two. In version 3 it is UTF-8, before Latin-1. */
const versions: Readonly<Record<number, { readonly lengthBytes: 2 | 4; readonly encoding: 'latin1' | 'utf8' }>> = {
  1: { lengthBytes: 2, encoding: 'latin1' },
  2: { lengthBytes: 4, encoding: 'latin1' },
  3: { lengthBytes: 4, encoding: 'utf8' },
};

/** The value of a key of the dictionary that the header is. Other spellings of Python's literals are written by nobody. */
function valueOf(dictionary: string, key: string, value: RegExp): string | undefined {
  return new RegExp(`['"]${key}['"]\\s*:\\s*(?:${value.source})`).exec(dictionary)?.[1];
}

/**
 * Reads the header of a NumPy file: a magic text, a version, a length, and a Python dictionary.
 *
 * @param name what errors call the file
 * @throws CommandError when it is cut short, of a version that is not known, or no such dictionary.
 * @see NumPy Enhancement Proposal 1, "Format Specification: Version 1.0"
 */
export function parseNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  const cut = (): CommandError => new CommandError(`${name}: the NumPy file is cut short within its header\n  save the array anew: numpy.save(path, array)`);
  const major = bytes[6];
  if (major === undefined) throw cut();
  const version = versions[major];
  if (version === undefined)
    throw new CommandError(`${name}: a NumPy file of version ${major}.${bytes[7] ?? 0}; versions 1.0, 2.0 and 3.0 are known\n  save the array anew: numpy.save(path, array)`);
  const { lengthBytes, encoding } = version;
  const begin = 8 + lengthBytes;
  if (bytes.length < begin) throw cut();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = begin + (lengthBytes === 2 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start) throw cut();

  const dictionary = Buffer.from(bytes.subarray(begin, start)).toString(encoding);
  const order = valueOf(dictionary, 'fortran_order', /(True|False)/);
  const sizes = valueOf(dictionary, 'shape', /\(([\d\sL,]*)\)/);
  const plain = valueOf(dictionary, 'descr', /['"]([^'"]*)['"]/);
  const structured = valueOf(dictionary, 'descr', /([[(])/) !== undefined;
  // Python 2 wrote whole numbers as 3L.
  const shape = (sizes ?? '').split(',').map((size) => size.trim().replace(/L$/, '')).filter((size) => size !== '').map(Number);
  if (order === undefined || sizes === undefined || (plain === undefined && !structured) || !shape.every((size) => Number.isSafeInteger(size)))
    throw new CommandError(`${name}: the header of the NumPy file does not say descr, fortran_order and shape as NumPy writes them\n  save the array anew: numpy.save(path, array)`);
  return { descr: plain, fortranOrder: order === 'True', shape, start };
}
