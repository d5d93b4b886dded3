import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brief, shortest, stepsNeeded, tapTexts } from './result.ts';

test('the shortest digits (of -0, those of 0) are those of the same float32, and no fewer would do', () => {
  expect([0.1, 1 / 3, 16_777_216, 1e-45, -0.3, 0].map(Math.fround).map(shortest)).toEqual([0.1, 0.33333334, 16_777_216, 1e-45, -0.3, 0]);
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const short = shortest(value);
      expect(Math.fround(short)).toBe(value + 0);
      const digits = short.toExponential().replace(/e.*$/, '').replaceAll(/[-.]/g, '').length;
      if (digits > 1) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
    }),
    { seed: 20_261_121, numRuns: 500 },
  );
});

test.each([
  [0.123456, '0.123'],
  [1000, '1000'],
  [0, '0'],
  [-2.5, '-2.5'],
  [0.0000123456, '1.23e-5'],
  [1e-10, '1e-10'],
  [2.5e-8, '2.5e-8'],
  [123_456_789, '1.23e8'],
])('%d is briefly %s', (value, text) => {
  expect(brief(value)).toBe(text);
});

test('taps have as many digits as tell them apart, and zero has no sign', () => {
  expect(tapTexts([[1, -0.00001], [-0, 12.34567]])).toEqual([['1.0000', '0.0000'], ['0.0000', '12.3457']]);
  expect(tapTexts([[1e-6, -2.5e-7]])).toEqual([['1.000e-6', '-2.500e-7']]);
  expect(tapTexts([[0, 0]])).toEqual([['0.0000', '0.0000']]);
});

test('the steps needed are those after which the distance stays within the bar', () => {
  expect([[3, 1, 2, 1, 0], [3, 2], [0.5, 0.5], [0.5, 2], [2, Number.NaN], [2, 1]].map((distances) => stepsNeeded(distances, 1))).toEqual([3, undefined, 0, undefined, undefined, 1]);
});
