import { describe, expect, test } from 'vitest';
import { figuresOf, goals, type Goal } from './goals.ts';
import { nearestNamed } from './nearest-named.ts';
import { printVerdicts, verdicts } from './verdicts.ts';
import { measuredRow } from '../row.ts';
import { filters, oddSizes } from '../workloads/filters.ts';

const row = (workload: string, contender: string, milliseconds: number) => measuredRow({ workload, contender, threads: 1 }, { milliseconds, low: 0, high: 0 }, 0);

function goalNamed(name: string): Goal {
  const goal = goals.find((each) => each.name === name);
  if (goal === undefined) throw new Error(`there is no goal ${name}`);
  return goal;
}

describe('what must hold', () => {
  const goal = goalNamed('filter-3x3-1080p by hand/js');
  const runs = [12, 10, 30, 11, 9].map((own) => figuresOf([row('filter-3x3-1080p', 'xcorr/js', own), row('filter-3x3-1080p', 'hand/js', 10)], []));

  test('is judged by the median of the runs', () => {
    expect(verdicts(runs, [goal])).toMatchObject([{ measured: 1.1, isMet: true }]);
    expect(verdicts(runs, [{ ...goal, bar: 1.09 }])).toMatchObject([{ isMet: false }]);
    expect(verdicts(runs, [{ ...goal, bound: 'at least', bar: 1.2 }])).toMatchObject([{ isMet: false }]);
  });

  test('is missed where a run has no figure', () => {
    expect(verdicts([...runs.slice(1), figuresOf([], [])], [goal])).toMatchObject([{ measured: null, isMet: false }]);
    expect(verdicts([], [goal])).toMatchObject([{ measured: null, isMet: false }]);
  });

  test('is what one thread does', () => {
    const [first] = runs;
    const two = { ...row('filter-3x3-1080p', 'xcorr/js', 5), threads: 2 };
    const figures = figuresOf([row('filter-3x3-1080p', 'xcorr/js', 12), row('filter-3x3-1080p', 'hand/js', 10), two], []);
    expect(goal.measure(figures)).toBe(goal.measure(first));
  });

  test('is printed as a table', () => {
    expect(printVerdicts(verdicts(runs, [goal, { ...goal, bar: 1 }]))).toBe(
      '| | measured | runs | bar | |\n|---|---|---|---|---|\n' +
        '| filter-3x3-1080p by hand/js | 1.10 | 0.90 to 3.00 | at most 1.1 | met |\n' +
        '| filter-3x3-1080p by hand/js | 1.10 | 0.90 to 3.00 | at most 1 | **missed** |\n',
    );
  });
});

describe('odd sizes', () => {
  test('are a hundred different ones, with the ends among them', () => {
    expect(new Set(oddSizes.map(({ name }) => name)).size).toBe(100);
    expect(oddSizes.some(({ width }) => width === 1) && oddSizes.some(({ width }) => width === 4099)).toBe(true);
    for (const { width, height, kernelWidth, kernelHeight } of oddSizes) {
      expect(Math.min(width - kernelWidth, height - kernelHeight)).toBeGreaterThanOrEqual(0);
      expect(Math.max(width / 4099, kernelWidth / 17, kernelHeight / 17)).toBeLessThanOrEqual(1);
    }
  });

  test('are held against the filter of the nearest number of taps, and then of the nearest size', () => {
    const [odd] = oddSizes;
    const like = (side: number, height: number, width: number) =>
      nearestNamed({ ...odd, height, width, kernelHeight: side, kernelWidth: side, taps: new Float32Array(side * side), multiplyAdds: side * side * (height - side + 1) * (width - side + 1) }).name;
    expect([like(4, 500, 500), like(1, 1000, 2000), like(17, 900, 900), like(17, 700, 600)]).toEqual(['filter-5x5-512', 'filter-1x2-1080p', 'filter-15x15-1080p', 'filter-15x15-512']);
  });

  test('the slowest is judged, and all must be there', () => {
    const goal = goalNamed('the slowest odd size, by its nearest named size');
    // All at the same multiply-adds a millisecond, but one at half of that.
    const rows = [...filters, ...oddSizes].map(({ name, multiplyAdds }, index, all) => row(name, 'xcorr/js', (index === all.length - 1 ? 2 : 1) * multiplyAdds));
    expect(goal.measure(figuresOf(rows, []))).toBeCloseTo(0.5);
    expect(goal.measure(figuresOf(rows.slice(0, -1), []))).toBeUndefined();
  });
});

test('every goal that a run has no figure for stays without one', () => {
  expect(goals.map((goal) => goal.measure(figuresOf([], [])))).toEqual(goals.map(() => undefined));
});
