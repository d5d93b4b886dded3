import { expect, test } from 'vitest';
import { millisecondsText, numberText } from './number-text.ts';

test('cells have three decimals at most, and never show 0 for what is not', () => {
  expect([1, -1, 0, -0, 0.5, 1 / 3, -1e-5, 2.00001].map(numberText)).toEqual(['1', '-1', '0', '0', '0.5', '0.333', '-1e-5', '2']);
});

test('milliseconds have a decimal below ten', () => {
  expect([0.04, 9.94, 12.6].map(millisecondsText)).toEqual(['0.0', '9.9', '13']);
});
