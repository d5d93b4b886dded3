import type { Kernel } from '@xcorr/image';
import type { Border, SizeName } from '../response/border.ts';

/** Where an index beyond an axis of this length takes its element from; undefined where a value stands instead. */
const beyond: Readonly<Record<string, (index: number, length: number) => number | undefined>> = {
  valid: () => undefined,
  zero: () => undefined,
  edge: (index, length) => Math.min(Math.max(index, 0), length - 1),
  wrap: (index, length) => ((index % length) + length) % length,
  symmetric: (index, length) => {
    const turned = ((index % (2 * length)) + 2 * length) % (2 * length);
    return turned < length ? turned : 2 * length - 1 - turned;
  },
  reflect: (index, length) => {
    const period = Math.max(1, 2 * (length - 1));
    const turned = ((index % period) + period) % period;
    return turned < length ? turned : period - turned;
  },
};

/** The correlation of a grey picture with a kernel, from its definition: y[i, j] = sum over u, v of x[i + u, j + v] k[u, v]. */
export function correlatedByDefinition(rows: readonly (readonly number[])[], kernel: Kernel, border: Border, size: SizeName): number[][] {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const [tall, wide] = [kernel.length, kernel[0]?.length ?? 0];
  const at = (i: number, j: number): number => {
    if (i >= 0 && i < height && j >= 0 && j < width) return rows[i]?.[j] ?? Number.NaN;
    if (typeof border !== 'string') return border.constant;
    const [from, to] = [beyond[border]?.(i, height), beyond[border]?.(j, width)];
    return from === undefined || to === undefined ? 0 : (rows[from]?.[to] ?? Number.NaN);
  };
  const before = { valid: [0, 0], same: [Math.floor(tall / 2), Math.floor(wide / 2)], full: [tall - 1, wide - 1] }[size];
  const added = { valid: [1 - tall, 1 - wide], same: [0, 0], full: [tall - 1, wide - 1] }[size];
  return Array.from({ length: height + (added[0] ?? 0) }, (_, i) =>
    Array.from({ length: width + (added[1] ?? 0) }, (_, j) =>
      kernel.reduce((total, row, u) => row.reduce((sum, tap, v) => sum + tap * at(i + u - (before[0] ?? 0), j + v - (before[1] ?? 0)), total), 0),
    ),
  );
}
