import { columns } from './columns.ts';
import { printPositions } from './positions.ts';
import type { ReceptiveField } from './receptive-field.ts';

/**
 * A receptive field as a table, a row for each axis of the input: the window, its positions, and those of them that the
 * input has.
 *
 * @example
 * const X = input('X', [6, 8]);
 * const y = corr2d(X, [[1, 1, 1], [1, 1, 1], [1, 1, 1]], { padding: 2, dilations: 2 });
 * const lines = printReceptiveField(receptiveField(y, X, { at: [0, 4] })).split('\n');
 * lines; // => ['element [0, 4]', 'axis  size  window  positions   inside', '0        6       5  -2..2 by 2  0 2', '1        8       5  2..6 by 2   2..6 by 2']
 */
export function printReceptiveField({ at, size, unclipped, clipped }: ReceptiveField): string {
  const rows = size.map((extent, axis) => [
    String(axis),
    String(extent),
    String(unclipped.window[axis] ?? 0),
    printPositions(unclipped.positions[axis] ?? []),
    printPositions(clipped.positions[axis] ?? []) || 'none',
  ]);
  return [`element [${at.join(', ')}]`, ...columns([['axis', 'size', 'window', 'positions', 'inside'], ...rows], [1, 2])].join('\n');
}
