import type { Kernel } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { readText } from '../files/read-text.ts';
import { checkedKernel } from './parse-taps.ts';

/** The largest file that is read as a kernel, in bytes: more than the most taps take, and the losses of many steps beside them. */
const largestFile = 16_000_000;

/** What a file says of a kernel. */
export interface KernelFile {
  readonly kernel: Kernel;
  /** What is added to every response, where 1 is white. */
  readonly bias?: number;
}

/**
 * A kernel from a JSON file: `{ "kernel": [[1, -1]] }`, a `"bias"` beside it or none, or the rows alone. With
 * `"convolve": true` it is the kernel of a strict convolution, and is flipped to be correlated.
 *
 * @throws CommandError when there is no such file, or it holds no kernel.
 */
export async function readKernelFile(path: string): Promise<KernelFile> {
  const value = parsed(await readText(path, { most: largestFile, kind: 'a kernel', absent: 'there is no such file', hint: 'a kernel is given by name, as taps, or in a JSON file' }), path);
  const what = `the kernel in ${path}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kernel: checkedKernel(value, what) };
  if (!('kernel' in value)) throw new CommandError(`${path}: there is no "kernel" in it\n  { "kernel": [[1, -1]] } is expected, or rows of taps alone`);
  const rows = checkedKernel(value.kernel, what);
  const kernel = 'convolve' in value && value.convolve === true ? rows.toReversed().map((row) => row.toReversed()) : rows;
  return 'bias' in value && value.bias !== 0 ? { kernel, bias: checkedBias(value.bias, path) } : { kernel };
}

/** The largest bias that is read: far beyond it, no response has a meaning in float32. */
const largestBias = 1e15;

function checkedBias(bias: unknown, path: string): number {
  if (typeof bias !== 'number' || !(Math.abs(bias) <= largestBias))
    throw new CommandError(`${path}: the bias is ${JSON.stringify(bias)}\n  a number is expected, which is added to every response (1 is white)`);
  return bias;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${path}: it is not JSON (${error instanceof Error ? error.message : String(error)})\n  { "kernel": [[1, -1]] } is expected, or rows of taps alone`, { cause: error });
  }
}
