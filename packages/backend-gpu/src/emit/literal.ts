import type { Integer } from '@xcorr/graph';

/** Sizes are numbers here: programs over named sizes are made anew for each binding of them. */
export function literalOf(value: Integer): number {
  if (typeof value !== 'number') throw new TypeError('a size of the program is no number');
  return value;
}
