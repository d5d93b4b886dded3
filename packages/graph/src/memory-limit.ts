import { XcorrError } from './errors.ts';
import { printShape, type Shape } from './shape.ts';

/** What a program may take by default, in bytes. */
export const defaultMemoryLimit: number = 2 ** 32;

/** An array that is about to be made. */
export interface Wanted {
  readonly label: string;
  readonly shape: Shape;
  readonly bytes: number;
}

function printBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(bytes) / 3)));
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step] ?? ''}`;
}

/**
 * Refuses what would not fit, before anything is allocated.
 *
 * @param limit in bytes
 * @throws XcorrError naming the largest array when the arrays together exceed the limit.
 * @example
 * checkMemory('run', [{ label: 'y', shape: [2], bytes: 8 }], 100); // => undefined
 */
export function checkMemory(operation: string, wanted: readonly Wanted[], limit: number = defaultMemoryLimit): void {
  const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= limit) return;
  const [largest] = [...wanted].sort((a, b) => b.bytes - a.bytes);
  const which = largest === undefined ? '' : `\n  the largest is ${largest.label} ${printShape(largest.shape)} with ${printBytes(largest.bytes)}; feed smaller values, or raise the memory limit`;
  throw new XcorrError(`${operation}: ${printBytes(total)} are needed, the limit is ${printBytes(limit)}${which}`);
}
