import { checkFinite, checkPositive, checkSide } from './checks.ts';
import type { Kernel } from './kernel.ts';

/** Where a line passes from one element into the next through their corner, rounding would show a step through a third. */
const cornerTolerance = 1e-12;

/**
 * The blur of a motion along a straight line while the picture was taken: each tap is the part of a segment of that
 * length and angle, centred on the kernel, that lies within the square of the element. The taps add up to 1.
 *
 * @param length of the segment, in elements
 * @param angle of the segment to the right, turning down, in radians; 0 is along the rows, Math.PI / 2 down the columns
 * @returns  [h, w], both odd: as small as the segment allows
 * @throws ValueError when the length is not above 0, a number is not finite, or a side would be above 1023.
 * @see Gonzalez and Woods, "Digital Image Processing", section "Estimating the Degradation Function" (uniform linear motion)
 * @example
 * motionKernel(4, 0); // => [[0.125, 0.25, 0.25, 0.25, 0.125]]
 * motionKernel(2, Math.PI / 2); // => [[0.25], [0.5], [0.25]]
 */
export function motionKernel(length: number, angle: number): Kernel {
  checkPositive('motionKernel', 'length', length);
  checkFinite('motionKernel', 'angle', angle);
  checkSide('motionKernel', length, 'give a smaller length');
  const [down, right] = [Math.sin(angle), Math.cos(angle)];
  const half = length / 2;
  const crossings = [...crossingsOf(down, half), ...crossingsOf(right, half)].sort((a, b) => a - b);
  const apart = crossings.filter((each, index) => each - (crossings[index - 1] ?? 0) > cornerTolerance && half - each > cornerTolerance);
  const ends = [...apart, half];
  const parts = ends.map((end, index) => {
    const start = ends[index - 1] ?? 0;
    const middle = (start + end) / 2;
    return { row: Math.round(middle * down), column: Math.round(middle * right), share: (end - start) / length };
  });
  const rows = Math.max(...parts.map(({ row }) => Math.abs(row)));
  const columns = Math.max(...parts.map(({ column }) => Math.abs(column)));
  const taps = Array.from({ length: 2 * rows + 1 }, () => Array.from({ length: 2 * columns + 1 }, () => 0));
  // The other half is the reflection of this one through the centre.
  for (const { row, column, share } of parts)
    for (const side of [1, -1]) {
      const line = taps[rows + side * row];
      if (line !== undefined) line[columns + side * column] = (line[columns + side * column] ?? 0) + share;
    }
  return taps;
}

/** At which lengths the half segment leaves one element for the next along an axis. */
function crossingsOf(slope: number, half: number): readonly number[] {
  const count = Math.max(0, Math.ceil(half * Math.abs(slope) - 0.5));
  return Array.from({ length: count }, (_, index) => (index + 0.5) / Math.abs(slope));
}
