import { ValueError } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { compassKernels, kirschKernels, type CompassPoint } from './compass.ts';
import { totalOf, type Kernel } from './kernel.ts';

const points: readonly CompassPoint[] = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];
const towards: Readonly<Record<CompassPoint, readonly [down: number, right: number]>> = {
  n: [-1, 0],
  ne: [-1, 1],
  e: [0, 1],
  se: [1, 1],
  s: [1, 0],
  sw: [1, -1],
  w: [0, -1],
  nw: [-1, -1],
};

/** Turned by 90 degrees clockwise: what was at the left is at the top. */
const quarterTurned = (kernel: Kernel): Kernel => [0, 1, 2].map((row) => [0, 1, 2].map((column) => kernel[2 - column]?.[row] ?? Number.NaN));

/** The response to a step that is brighter towards a point. */
function response(kernel: Kernel, point: CompassPoint): number {
  const [down, right] = towards[point];
  return kernel.reduce((sum, row, u) => row.reduce((part, tap, v) => part + tap * Number((u - 1) * down + (v - 1) * right > 0), sum), 0);
}

test('the eight kernels of Kirsch, as he gives them', () => {
  expect(kirschKernels.n).toEqual([[5, 5, 5], [-3, 0, -3], [-3, -3, -3]]);
  expect(kirschKernels.ne).toEqual([[-3, 5, 5], [-3, 0, 5], [-3, -3, -3]]);
  expect(kirschKernels.w).toEqual([[5, -3, -3], [5, 0, -3], [5, -3, -3]]);
  for (const point of points) expect(totalOf(kirschKernels[point])).toBe(0);
});

test.each(points)('a step brighter towards %s is answered most by its own kernel, of Kirsch and of Robinson', (point) => {
  const robinson = compassKernels([[1, 2, 1], [0, 0, 0], [-1, -2, -1]]);
  for (const set of [kirschKernels, robinson]) {
    const answers = points.map((each) => response(set[each], point));
    const strongest = Math.max(...answers);
    expect(answers.filter((answer) => answer === strongest).length).toBe(1);
    expect(points[answers.indexOf(strongest)]).toBe(point);
  }
});

test('two steps of 45 degrees are a quarter turn of any kernel', () => {
  const set = compassKernels([[1, 2, 3], [4, 5, 6], [7, 8, 9]]);
  points.forEach((point, index) => expect(set[points[(index + 2) % 8] ?? 'n']).toEqual(quarterTurned(set[point])));
  expect(set.ne).toEqual([[4, 1, 2], [7, 5, 3], [8, 9, 6]]);
});

test('only a kernel of 3 x 3 turns', () => {
  expect(() => compassKernels([[1, 2], [3, 4], [5, 6]])).toThrow(new ValueError('compassKernels: a kernel with rows of 2, 2, 2; only one of 3 x 3 turns by 45 degrees'));
  expect(() => compassKernels([])).toThrow(new ValueError('compassKernels: a kernel with rows of nothing; only one of 3 x 3 turns by 45 degrees'));
});
