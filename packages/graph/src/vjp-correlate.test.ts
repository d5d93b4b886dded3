import { describe, expect, test } from 'vitest';
import { checkGradients } from '../testing/gradient-check.ts';
import { pseudoRandomPoint } from '../testing/points.ts';
import { correlate } from './ops/correlate.ts';

// Correlations are closed under differentiation: the gradients are correlations again, and theirs too.
// The grid is the product of everything that changes how positions and taps meet.

/** What correlate does along one axis. */
interface AxisCase {
  readonly stride: number;
  readonly dilation: number;
  readonly inputDilation: number;
  readonly padding: readonly [number, number];
}

/** Both ends, none, one end, a crop at either end or both, more than the window reaches, and a crop against a pad. */
const paddings: readonly (readonly [number, number])[] = [
  [1, 1], [0, 0], [2, 0], [0, 1], [-1, 0], [0, -1], [-1, -1], [4, 3], [-2, 3],
];

const grid: readonly AxisCase[] = [1, 2, 3].flatMap((stride) =>
  [1, 2].flatMap((dilation) =>
    [1, 2].flatMap((inputDilation) => paddings.map((padding) => ({ stride, dilation, inputDilation, padding }))),
  ),
);

/** Every third, fourth, … case of the grid, each with as many axes as there are shifts; a shift makes the axes differ. */
function multipleAxes(every: number, shifts: readonly number[]): readonly (readonly AxisCase[])[] {
  return grid.flatMap((_, index) => {
    const axes = shifts.map((by) => grid[(index + by) % grid.length]).filter((axis) => axis !== undefined);
    return index % every === 0 ? [axes] : [];
  });
}

function checkCase(axes: readonly AxisCase[], size: number, window: number, groups: number): void {
  const channels = groups === 1 ? 2 : groups;
  const outputs = groups === 1 ? 3 : 2 * groups;
  const x = pseudoRandomPoint([axes.length < 3 ? 2 : 1, channels, ...axes.map(() => size)], 1);
  const w = pseudoRandomPoint([outputs, channels / groups, ...axes.map(() => window)], 2);
  checkGradients([x, w], ([image, weight]) =>
    correlate(image, weight, {
      strides: axes.map(({ stride }) => stride),
      padding: axes.map(({ padding }) => padding),
      dilations: axes.map(({ dilation }) => dilation),
      inputDilations: axes.map(({ inputDilation }) => inputDilation),
      groups,
    }),
  );
}

test('the grid has every combination once', () => {
  expect(new Set(grid.map((each) => JSON.stringify(each))).size).toBe(3 * 2 * 2 * paddings.length);
});

describe.each([1, 2])('groups %i', (groups) => {
  test('one spatial axis: the whole grid, windows of two and of three taps', () => {
    for (const axis of grid) {
      checkCase([axis], 7, 3, groups);
      checkCase([axis], 6, 2, groups);
    }
  });

  test('two spatial axes that differ', () => {
    for (const axes of multipleAxes(3, [0, 41])) checkCase(axes, 5, 2, groups);
  });

  test('three spatial axes that differ', () => {
    for (const axes of multipleAxes(18, [groups, 41, 65])) checkCase(axes, 5, 2, groups);
  });
});

test('several channels in each group, on both sides', () => {
  const x = pseudoRandomPoint([2, 6, 5], 3);
  const w = pseudoRandomPoint([4, 3, 3], 4);
  checkGradients([x, w], ([image, weight]) => correlate(image, weight, { groups: 2, strides: 2, padding: 1 }));
});

test('without spatial axes: a matrix product', () => {
  checkGradients([pseudoRandomPoint([3, 4], 5), pseudoRandomPoint([2, 4], 6)], ([image, weight]) => correlate(image, weight));
});
