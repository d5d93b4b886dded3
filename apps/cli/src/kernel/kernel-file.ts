import { readFile, stat } from 'node:fs/promises';
import type { Kernel } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { checkedKernel } from './parse-taps.ts';

/** The largest file that is read as a kernel, in bytes: more than the most taps take, and the losses of many steps beside them. */
const largestFile = 16_000_000;

/**
 * A kernel from a JSON file: `{ "kernel": [[1, -1]] }`, or the rows alone.
 *
 * @throws CommandError when there is no such file, or it holds no kernel.
 */
export async function readKernelFile(path: string): Promise<Kernel> {
  const value = parsed(await readText(path), path);
  const what = `the kernel in ${path}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return checkedKernel(value, what);
  if (!('kernel' in value)) throw new CommandError(`${path}: there is no "kernel" in it\n  { "kernel": [[1, -1]] } is expected, or rows of taps alone`);
  return checkedKernel(value.kernel, what);
}

async function readText(path: string): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isFIFO()) throw new CommandError(`${path}: not a file; a kernel is read from a JSON file`);
    if (found.size > largestFile) throw new CommandError(`${path}: ${found.size} bytes are more than a kernel takes`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new CommandError(`${path}: ${code === 'ENOENT' || code === 'ENOTDIR' ? 'there is no such file' : 'it cannot be read'}\n  a kernel is given by name, as taps, or in a JSON file`, { cause: error });
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${path}: it is not JSON (${error instanceof Error ? error.message : String(error)})\n  { "kernel": [[1, -1]] } is expected, or rows of taps alone`, { cause: error });
  }
}
