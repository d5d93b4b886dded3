import { extname } from 'node:path';
import type { NdArray } from '@xcorr/graph';
import { FormatError } from '../errors.ts';
import { readNpy, writeNpy } from '../formats/npy.ts';
import { readNpz, writeNpz } from '../formats/npz.ts';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.ts';
import type { NamedArrays } from '../parameters.ts';
import { FileError } from './file-error.ts';
import { byteLimit, readBytes } from './read-bytes.ts';
import { writeAtomically } from './write-atomically.ts';

/** The name under which the one array of an npy file is known. */
const only = 'array';

interface Format {
  readonly read: (bytes: Uint8Array, limit: number) => Promise<Map<string, NdArray>>;
  readonly write: (arrays: readonly (readonly [string, NdArray])[]) => Uint8Array;
}

const formats: Readonly<Record<string, Format>> = {
  '.safetensors': { read: async (bytes) => readSafetensors(bytes).arrays, write: (arrays) => writeSafetensors(arrays) },
  '.npz': { read: async (bytes, limit) => readNpz(bytes, { byteLimit: limit }), write: (arrays) => writeNpz(arrays) },
  '.npy': {
    read: async (bytes) => new Map([[only, readNpy(bytes)]]),
    write: (arrays) => {
      const [first, ...more] = arrays;
      if (first === undefined || more.length > 0) throw new FormatError(`npy: ${arrays.length} arrays, and a file holds one; write .npz or .safetensors`);
      return writeNpy(first[1]);
    },
  },
};

function formatOf(path: string): Format {
  const ending = extname(path).toLowerCase();
  const format = Object.hasOwn(formats, ending) ? formats[ending] : undefined;
  if (format === undefined) throw new FileError(`${path}: the name does not say of which format it is; let it end in ${Object.keys(formats).join(', ')}`);
  return format;
}

/**
 * Reads arrays from a file, by its ending: `.safetensors`, `.npz`, or `.npy`, whose one array is named `array`.
 *
 * @param options.byteLimit  what the file, and an archive unpacked, may have. Default: 1 GiB.
 * @throws FileError when there is no such file, or it cannot be read. FormatError when it is damaged.
 * @example
 * await readParameters('none.npz').catch((error) => error.message); // => 'none.npz: there is no such file'
 */
export async function readParameters(path: string, options: { readonly byteLimit?: number } = {}): Promise<Map<string, NdArray>> {
  const format = formatOf(path);
  const limit = options.byteLimit ?? byteLimit;
  const bytes = await readBytes(path, limit);
  if (bytes === undefined) throw new FileError(`${path}: there is no such file`);
  try {
    return await format.read(bytes, limit);
  } catch (error) {
    throw error instanceof FormatError ? new FormatError(`${path}: ${error.message}`, { cause: error }) : error;
  }
}

/**
 * Writes arrays to a file, by its ending: `.safetensors`, `.npz`, or `.npy` for one array. The file is replaced whole.
 *
 * @throws FileError when the file cannot be written, or its ending is unknown. FormatError when the format cannot hold the arrays.
 * @example
 * await writeParameters('weights.txt', []).catch((error) => error.name); // => 'FileError'
 */
export async function writeParameters(path: string, arrays: NamedArrays): Promise<void> {
  const format = formatOf(path);
  await writeAtomically(path, format.write([...arrays]));
}
