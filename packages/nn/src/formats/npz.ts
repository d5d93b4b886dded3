import type { NdArray } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import type { NamedArrays } from '../parameters.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readZip, writeZip } from './zip.ts';

const ending = '.npy';

/** How much is read. */
export interface NpzOptions {
  /** What all arrays may have together, in bytes. Default: 1 GiB. */
  readonly byteLimit?: number;
}

/**
 * Reads the arrays of NumPy's format npz, an archive of npy files, stored or deflated.
 *
 * @throws FormatError when the bytes are no such file, damaged, larger than the limit, or hold no numbers that are read.
 * @see NumPy `numpy.savez`, `numpy.savez_compressed`
 * @example
 * const arrays = await readNpz(writeNpz([['weight', ndarray([[1, -1]])]]));
 * arrays.get('weight')?.toNested(); // => [[1, -1]]
 */
export async function readNpz(bytes: Uint8Array, options: NpzOptions = {}): Promise<Map<string, NdArray>> {
  const arrays = new Map<string, NdArray>();
  for (const [file, content] of await readZip(bytes, options.byteLimit ?? 2 ** 30)) {
    const name = file.endsWith(ending) ? file.slice(0, -ending.length) : file;
    if (arrays.has(name)) throw new FormatError(`npz: two arrays are named ${JSON.stringify(name)}`);
    try {
      arrays.set(name, readNpy(content));
    } catch (error) {
      throw error instanceof FormatError ? new FormatError(`npz: ${JSON.stringify(name)}: ${error.message}`, { cause: error }) : error;
    }
  }
  return arrays;
}

/**
 * Writes arrays in NumPy's format npz, stored; equal arrays in equal order give equal bytes.
 *
 * @throws FormatError when two have one name, or they have 4 GiB or more.
 * @example
 * (await readNpz(writeNpz([['a', ndarray(1)], ['b', ndarray([2])]]))).size; // => 2
 */
export function writeNpz(arrays: NamedArrays): Uint8Array {
  const files = [...arrays].map(([name, array]) => [`${name}${ending}`, writeNpy(array)] as const);
  const names = files.map(([name]) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw new FormatError(`npz: two arrays are named ${JSON.stringify(twice.slice(0, -ending.length))}`);
  return writeZip(files);
}
