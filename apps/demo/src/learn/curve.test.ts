import { expect, test } from 'vitest';
import { emptyCurve, extended, linesOf, pointsOf } from './curve.ts';

const falling = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, index) => 1 / (from + index + 1));

test('a short run is kept whole', () => {
  const curve = extended(extended(emptyCurve, falling(4)), falling(6, 4));
  expect(curve).toMatchObject({ total: 10, head: falling(10), losses: falling(10), last: 0.1 });
  expect(linesOf(curve).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('however losses arrive, the curve is the same', () => {
  const all = falling(20_000);
  let curve = emptyCurve;
  for (let at = 0; at < all.length; at += 777) curve = extended(curve, all.slice(at, at + 777));
  expect(curve).toEqual(extended(emptyCurve, all));
});

test('a long run has few points, each the loss of its step, and the last', () => {
  const curve = extended(emptyCurve, falling(100_000));
  const { steps, losses } = pointsOf(curve);
  expect(steps.length).toBeLessThan(1502);
  expect(losses).toEqual(steps.map((step) => 1 / step));
  expect(steps.at(-1)).toBe(100_000);
  const lines = linesOf(curve);
  expect(lines.length).toBeLessThan(70);
  expect(lines.at(-1)).toEqual({ step: 100_000, loss: 1 / 100_000 });
});

test('what has no logarithm is a gap', () => {
  expect(pointsOf(extended(emptyCurve, [1, 0, Number.NaN, Infinity, 2])).losses).toEqual([1, null, null, null, 2]);
});
