import { expect, test } from 'vitest';
import { exactText, lossText, tapText } from './number-text.ts';

test('losses', () => {
  expect([16.4812, 0.2741, 0.0123, 0.000123, 0, 1e9, Number.NaN, Infinity, undefined].map(lossText)).toEqual(['16.481', '0.274', '0.0123', '1.23e-4', '0', '1.00e+9', 'NaN', '∞', '–']);
});

test('taps', () => {
  expect([1, -0.9328, -0.00001, 12345, Number.NaN, -Infinity].map(tapText)).toEqual(['1.000', '−0.933', '0.000', '1.2e+4', 'NaN', '−∞']);
});

test('taps in full come back to the bit, without digits that say nothing', () => {
  expect([0.1, -1, 1.0397989749908447].map((tap) => exactText(Math.fround(tap)))).toEqual(['0.1', '-1', '1.039799']);
  for (let index = 0; index < 500; index++) {
    const tap = Math.fround(Math.sin(index) * 10 ** ((index % 20) - 10));
    expect(Math.fround(Number(exactText(tap)))).toBe(tap);
  }
});
