import { expect, test } from 'vitest';
import { median, spread } from './statistics.ts';

test('the median of an odd and of an even number of samples, in any order', () => {
  expect(median([30, 10, 20])).toBe(20);
  expect(median([40, 10, 30, 20])).toBe(25);
  expect(median([100, 9])).toBe(54.5);
  expect(() => median([])).toThrow('no samples');
});

test('samples stay as they were', () => {
  const samples = [3, 1, 2];
  median(samples);
  expect(samples).toEqual([3, 1, 2]);
});

test('the spread is the median with the least and the largest', () => {
  expect(spread([5, 1, 9])).toEqual({ milliseconds: 5, low: 1, high: 9 });
});
