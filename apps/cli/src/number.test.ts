import { expect, test } from 'vitest';
import { decimal } from './number.ts';

test.each([
  ['1', 1],
  ['+2.', 2],
  ['-.5', -0.5],
  [' 1E2 ', 100],
  ['1e-3', 0.001],
  ['1e999', Number.POSITIVE_INFINITY],
])('%j is %d', (text, value) => {
  expect(decimal(text)).toBe(value);
});

test.each(['', ' ', '0x10', '0b1', '0o7', 'Infinity', 'NaN', '1,5', '1.2.3', '.', 'e5', '1e', '1_000', '--1', '1n'])('%j is no number', (text) => {
  expect(decimal(text)).toBeNaN();
});
