import { readFile, stat } from 'node:fs/promises';
import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input, NdArray, ndarray, ValueError, type TypedArray } from '@xcorr/graph';
import { grey, toValues } from '@xcorr/image';
import { decodePicture, systemCode } from '@xcorr/image/node';
import { FormatError, readNpy } from '@xcorr/nn';
import { CommandError } from '../command-error.ts';

/** The elements of an image, from a file of any kind that is read. */
export interface ImageValues {
  /** As it was given. */
  readonly name: string;
  /** `picture`: brightness from 0 to 1. `numbers`: whatever the file says. */
  readonly kind: 'picture' | 'numbers';
  /** [H, W], float32, finite */
  readonly values: NdArray;
}

/** Far beyond these, squares are infinite or 0 in float32. */
const magnitudes = { least: 1e-15, most: 1e15 } as const;

const expected = 'give a picture (such as PNG, JPEG or WebP), a NumPy array (.npy), or nested lists in JSON';

/**
 * Reads an image: a picture by its brightness (luma, 0 to 1), a NumPy array, or nested lists in JSON. What is in the file
 * decides, not its name.
 *
 * @throws CommandError when the file cannot be read, is of no such kind, or does not hold finite numbers in rows and columns.
 * @throws PictureError when it is a picture that cannot be decoded.
 */
export async function readValues(path: string): Promise<ImageValues> {
  const bytes = await readWhole(path);
  if (isNpy(bytes)) {
    const { shape, data } = readArray(bytes, path);
    return { name: path, kind: 'numbers', values: checked(shape, data, path) };
  }
  if (looksLikeText(bytes)) return { name: path, kind: 'numbers', values: readJson(bytes, path) };
  // Samples of 8 bits are widened exactly, those of 16 stay as they are.
  const pixels = toValues(await decodePicture(bytes, { name: path, depth: 16 }));
  return { name: path, kind: 'picture', values: brightness(pixels) };
}

/** True when the bytes begin as every NumPy file does. */
function isNpy(bytes: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, index) => bytes[index] === byte);
}

function readArray(bytes: Uint8Array, path: string): NdArray {
  try {
    return readNpy(bytes);
  } catch (error) {
    if (error instanceof FormatError) throw new CommandError(`${path}: the NumPy array cannot be read: ${error.message.replace(/^npy: /, '')}\n  save rows and columns of plain numbers: numpy.save(path, array.astype("<f4"))`, { cause: error });
    throw error;
  }
}

/** Luma as values from 0 to 1. */
export function brightness(pixels: NdArray): NdArray {
  if (pixels.shape.length === 2) return pixels;
  const X = input('picture', pixels.shape);
  return compile({ inputs: { X }, outputs: { Y: grey(X) } }, js()).run({ X: pixels }).Y;
}

/** Files of pictures have control characters among their first bytes, texts have none. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

async function readWhole(path: string): Promise<Uint8Array> {
  if (path === '') throw new CommandError('the name of the image to read is empty');
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new CommandError(`${path}: a folder, not an image`);
    if (!found.isFile() && !found.isFIFO()) throw new CommandError(`${path}: a device, not a file`);
    const bytes = await readFile(path);
    if (bytes.length === 0) throw new CommandError(`${path}: the file is empty`);
    return bytes;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = systemCode(error) ?? '';
    throw new CommandError(`${path}: ${unreadable[code] ?? `cannot be read (${firstLine(error)})`}`, { cause: error });
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
};

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function readJson(bytes: Uint8Array, path: string): NdArray {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CommandError(`${path}: it is not JSON (${firstLine(error)})\n  ${expected}`, { cause: error });
  }
  // Before the lists are read in full, which takes a call for each level.
  let rank = 0;
  for (let level = value; Array.isArray(level); level = level[0]) rank++;
  if (!Array.isArray(value) || rank !== 2) throw new CommandError(`${path}: rows of numbers are expected, such as [[0, 1], [2, 3]], not ${shown(value, rank)}`);
  try {
    const { shape, data } = ndarray(value, 'float64');
    return checked(shape, data, path);
  } catch (error) {
    if (error instanceof ValueError) throw new CommandError(`${path}: ${error.message.replace(/^ndarray: | \(typed arrays pass unchanged\)$/g, '')}`, { cause: error });
    throw error;
  }
}

function shown(value: unknown, rank: number): string {
  if (rank > 2) return 'lists within lists within lists: one image of one channel is read';
  if (rank === 1) return Array.isArray(value) && value.length === 0 ? 'an empty list' : 'one list';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Rows and columns of finite numbers, rounded to float32. */
function checked(shape: readonly number[], data: TypedArray, path: string): NdArray {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined || shape.length !== 2)
    throw new CommandError(`${path}: an array of shape [${shape.join(', ')}]; one image of one channel is read: [H, W]`);
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new CommandError(`${path}: the element [${Math.floor(wrong / columns)}, ${wrong % columns}] is ${data[wrong] ?? ''}, which is not a finite number`);
  let largest = 0;
  for (const value of data) largest = Math.max(largest, Math.abs(value));
  if (largest > magnitudes.most || (largest < magnitudes.least && largest > 0))
    throw new CommandError(`${path}: its numbers are up to ${largest.toExponential(1)}, and squares of such numbers are beyond float32\n  scale them, to about 1`);
  return new NdArray([rows, columns], Float32Array.from(data));
}
