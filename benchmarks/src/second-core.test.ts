import { expect, test } from 'vitest';
import { doubtOf, freeCore } from './second-core.ts';

test('a figure for two threads counts where the second core was free', () => {
  expect(doubtOf(2, freeCore)).toBeUndefined();
  expect(doubtOf(2, 1.37)).toBe('the second core was not free: two copies at once took 1.37 of one');
});

test('figures for one thread need no second core', () => {
  expect(doubtOf(1, 2)).toBeUndefined();
  expect(doubtOf(2, undefined)).toBeUndefined();
});
