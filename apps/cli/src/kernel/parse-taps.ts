import type { Kernel } from '@xcorr/image';
import { CommandError } from '../command-error.ts';
import { decimal } from '../number.ts';

/** The most taps that a kernel may have: 128 x 128, with which a photograph takes minutes. */
export const mostTaps = 16_384;

const howToWrite = 'write numbers with , between the taps of a row and ; between rows: "1,-1;0,0"';

/**
 * Whether a text is meant as taps and not as a name or a file: what has a slash is, where it is made of numbers alone.
 *
 * @example
 * looksLikeTaps('1/9,1/9'); // => true
 * looksLikeTaps('kernels/1,2'); // => false
 */
export function looksLikeTaps(text: string): boolean {
  if (/[/\\]/.test(text) && !/^[\d\s.,;/e+-]*$/i.test(text)) return false;
  return /[,;]/.test(text) || /^\s*[+-]?(\d|\.\d|(nan|inf(inity)?)\s*$)/i.test(text);
}

/**
 * A kernel as it is written on the command line.
 *
 * @throws CommandError when a tap is missing or not a finite number, the rows differ in length, there are too many, or float32
 *   cannot compute with them.
 * @example
 * parseTaps('1,-1; 0,0'); // => [[1, -1], [0, 0]]
 * parseTaps('1/4,3/4'); // => [[0.25, 0.75]]
 */
export function parseTaps(text: string): Kernel {
  const what = `the kernel ${JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text)}`;
  const rows = text.split(';').map((row, u) =>
    row.split(',').map((cell, v) => {
      const written = cell.trim();
      if (written === '') throw new CommandError(`${what}: ${row.trim() === '' ? `row ${u + 1} has no taps` : `tap ${v + 1} of row ${u + 1} is missing`}\n  ${howToWrite}`);
      const tap = number(written);
      if (!Number.isFinite(tap)) throw new CommandError(`${what}: tap ${v + 1} of row ${u + 1} is ${JSON.stringify(written)}, which is not a finite number\n  ${howToWrite}`);
      return tap;
    }),
  );
  return checkedKernel(rows, what);
}

/** A number or a fraction of two. */
function number(written: string): number {
  const [above = '', below, ...more] = written.split('/');
  if (below === undefined) return decimal(above);
  return more.length > 0 ? Number.NaN : decimal(above) / decimal(below);
}

/** Sums of 255 times taps and their squares are to be numbers of float32, and not infinite or 0. */
const magnitudes = { least: 1e-15, most: 1e15 } as const;

/** @throws CommandError when float32 holds no meaningful response to such taps. */
function checkMagnitudes(kernel: Kernel, what: string): void {
  const beyond = (found: string): CommandError => new CommandError(`${what}: ${found}\n  scale the taps, to about 1`);
  for (const [u, row] of kernel.entries())
    for (const [v, tap] of row.entries()) if (tap !== 0 && Math.fround(tap) === 0) throw beyond(`tap ${v + 1} of row ${u + 1} is ${tap}, which is 0 in float32`);
  const sizes = kernel.flat().map(Math.abs);
  const [largest, total] = [Math.max(...sizes), sizes.reduce((sum, size) => sum + size, 0)];
  if (total > magnitudes.most) throw beyond(`its taps are up to ${largest.toExponential(1)}, and squares of such responses are beyond float32`);
  if (largest > 0 && largest < magnitudes.least) throw beyond(`its taps are no larger than ${largest.toExponential(1)}, and squares of such responses are 0 in float32`);
}

/**
 * Rows of taps, as they were read from somewhere.
 *
 * @param what what is to be named when something is wrong
 * @throws CommandError when these are no rows of finite numbers, of one length, or float32 cannot compute with them.
 */
export function checkedKernel(rows: unknown, what: string): Kernel {
  const lists = listed(rows, `${what}: rows of taps are expected, such as [[1, -1], [0, 0]]`);
  if (lists.length === 0) throw new CommandError(`${what}: it has no rows\n  give at least one tap`);
  const kernel = lists.map((row, u) =>
    listed(row, `${what}: row ${u + 1} is not a list of taps; rows of taps are expected, such as [[1, -1], [0, 0]]`).map((tap, v) => {
      if (typeof tap !== 'number' || !Number.isFinite(tap))
        throw new CommandError(`${what}: tap ${v + 1} of row ${u + 1} is ${typeof tap === 'number' ? String(tap) : JSON.stringify(tap)}, which is not a finite number`);
      return tap;
    }),
  );
  const width = kernel[0]?.length ?? 0;
  if (width === 0) throw new CommandError(`${what}: row 1 has no taps\n  give at least one tap`);
  const ragged = kernel.findIndex((row) => row.length !== width);
  if (ragged >= 0) throw new CommandError(`${what}: row 1 has ${taps(width)}, row ${ragged + 1} has ${taps(kernel[ragged]?.length ?? 0)}\n  give every row as many`);
  if (kernel.length * width > mostTaps) throw new CommandError(`${what}: ${kernel.length} x ${width} taps; a kernel has at most ${mostTaps}`);
  checkMagnitudes(kernel, what);
  return kernel;
}

function listed(value: unknown, refusal: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new CommandError(refusal);
  return value;
}

function taps(count: number): string {
  return `${count} tap${count === 1 ? '' : 's'}`;
}
