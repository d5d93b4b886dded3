import { ValueError } from '@xcorr/graph';
import type { Kernel } from './kernel.ts';

/** The eight directions, north up, clockwise. */
export type CompassPoint = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** A kernel for each direction. */
export type CompassKernels = { readonly [Point in CompassPoint]: Kernel };

/** The places around the centre of a 3 x 3 kernel, clockwise from the upper left: [row, column]. */
const ring = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 2],
  [2, 1],
  [2, 0],
  [1, 0],
] as const;

/**
 * A 3 x 3 kernel turned to each of the eight directions: its outer taps move along their ring by one place for each 45
 * degrees clockwise, the centre stays. Of Sobel's kernel they are Robinson's.
 *
 * @param north the kernel for north
 * @throws ValueError when it is not 3 x 3.
 * @see Robinson, "Edge Detection by Compass Gradient Masks", 1977
 * @example
 * const { n, ne, e } = compassKernels([[1, 2, 1], [0, 0, 0], [-1, -2, -1]]);
 * ne; // => [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]]
 * e; // => [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
 */
export function compassKernels(north: Kernel): CompassKernels {
  if (north.length !== 3 || north.some((row) => row.length !== 3))
    throw new ValueError(`compassKernels: a kernel with rows of ${north.map((row) => row.length).join(', ') || 'nothing'}; only one of 3 x 3 turns by 45 degrees`);
  const around = ring.map(([row, column]) => north[row]?.[column] ?? 0);
  const turned = (steps: number): Kernel => {
    const at = (row: number, column: number): number => {
      const place = ring.findIndex(([u, v]) => u === row && v === column);
      return place < 0 ? (north[1]?.[1] ?? 0) : (around[(place - steps + 8) % 8] ?? 0);
    };
    return [0, 1, 2].map((row) => [0, 1, 2].map((column) => at(row, column)));
  };
  return { n: turned(0), ne: turned(1), e: turned(2), se: turned(3), s: turned(4), sw: turned(5), w: turned(6), nw: turned(7) };
}

/**
 * Kirsch's eight kernels: three neighbours in a row weigh 5, the other five -3. Each is positive where the picture gets
 * brighter in its direction; the strength of an edge is the largest of the eight.
 *
 * @see Kirsch, "Computer Determination of the Constituent Structure of Biological Images", 1971
 * @example
 * kirschKernels.n; // => [[5, 5, 5], [-3, 0, -3], [-3, -3, -3]]
 * kirschKernels.se; // => [[-3, -3, -3], [-3, 0, 5], [-3, 5, 5]]
 */
export const kirschKernels: CompassKernels = compassKernels([
  [5, 5, 5],
  [-3, 0, -3],
  [-3, -3, -3],
]);
