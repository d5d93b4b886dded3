import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decadesAround, linearTicks, logarithmicTicks } from './axis.ts';

const settings = { seed: 20_261_121, numRuns: 300 };

test.each([
  [1, [0, 1]],
  [5, [0, 1, 2, 3, 4, 5]],
  [10, [0, 2, 4, 6, 8, 10]],
  [999, [0, 200, 400, 600, 800]],
  [1_000_000, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]],
])('up to %i steps', (last, values) => {
  expect(linearTicks(last).map(({ value }) => value)).toEqual(values);
});

test('ticks are whole, in range, and few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (last) => {
      const values = linearTicks(last).map(({ value }) => value);
      expect(values.every((value) => Number.isInteger(value) && value <= last)).toBe(true);
      expect(values.length).toBeGreaterThanOrEqual(2);
      expect(values.length).toBeLessThanOrEqual(7);
    }),
    settings,
  );
});

test('decades hold all values, and ticks name powers of ten among them', () => {
  expect(logarithmicTicks(decadesAround([0.02, 3])).map(({ text }) => text)).toEqual(['1e-2', '1e-1', '1e0', '1e1']);
  expect(decadesAround([1])).toEqual({ lowest: 0, highest: 1 });
  fc.assert(
    fc.property(fc.array(fc.double({ min: 1e-40, max: 1e30, noNaN: true }), { minLength: 1 }), (values) => {
      const decades = decadesAround(values);
      for (const value of values) {
        expect(Math.log10(value)).toBeGreaterThanOrEqual(decades.lowest - 1e-9);
        expect(Math.log10(value)).toBeLessThanOrEqual(decades.highest + 1e-9);
      }
      const ticks = logarithmicTicks(decades);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
    }),
    settings,
  );
});
