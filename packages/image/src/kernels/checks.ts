import { ValueError } from '@xcorr/graph';
import type { KernelSize } from './kernel.ts';

/**
 * The most taps along one axis. A larger kernel asks for more work an element than a whole pyramid of reduced pictures,
 * and its taps, a million of them, would be constants of the program.
 */
export const largestSide = 1023;

/** A value in an error message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

export function checkFinite(operation: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw new ValueError(`${operation}: ${name} ${shown(value)} is not a finite number`);
}

export function checkPositive(operation: string, name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) throw new ValueError(`${operation}: ${name} ${shown(value)} is not a finite number above 0`);
}

export function checkWhole(operation: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) throw new ValueError(`${operation}: ${name} ${shown(value)} is not a whole number of at least ${least}`);
}

/** @throws ValueError when the value is none of the choices. */
export function checkChoice(operation: string, name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw new ValueError(`${operation}: ${name} ${shown(value)} is unknown; give ${choices.map((each) => JSON.stringify(each)).join(' or ')}`);
}

/** @throws ValueError when a kernel would have too many taps along an axis; `mend` says what would make it smaller. */
export function checkSide(operation: string, side: number, mend: string): void {
  if (side > largestSide) throw new ValueError(`${operation}: ${side} taps along one axis, at most ${largestSide} are made\n  ${mend}, or reduce the picture first`);
}

/** [h, w] of a size as given. */
export function readSize(operation: string, size: KernelSize): readonly [number, number] {
  const [height, width] = readPair(operation, 'size', size, '[height, width]');
  for (const side of [height, width]) {
    checkWhole(operation, 'size', side, 1);
    checkSide(operation, side, 'give a smaller size');
  }
  return [height, width];
}

/** The values of both axes, given as one or as two. */
export function readPair<T>(operation: string, name: string, value: T | readonly [T, T], form = '[of rows, of columns]'): readonly [T, T] {
  if (!isList(value)) return [value, value];
  checkPair(operation, name, value, form);
  return value;
}

/** @throws ValueError when a list of two was meant and something else came. */
export function checkPair(operation: string, name: string, value: unknown, form: string): void {
  if (!Array.isArray(value) || value.length !== 2) throw new ValueError(`${operation}: ${name} ${shown(value)} is not ${form}`);
}

function isList<T>(value: T | readonly [T, T]): value is readonly [T, T] {
  return Array.isArray(value);
}
