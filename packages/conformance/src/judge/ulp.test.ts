import { expect, test } from 'vitest';
import { largestNumber, smallestNormal, unitInLastPlace } from './ulp.ts';

test.each([
  [1, 2 ** -23],
  [-1.999, 2 ** -23],
  [2, 2 ** -22],
  [1 - 2 ** -24, 2 ** -24],
  [0, 2 ** -149],
  [2 ** -140, 2 ** -149],
  [2 ** 127, 2 ** 104],
])('float32 numbers about %d are so far apart', (value, distance) => {
  expect(unitInLastPlace(value, 'float32')).toBe(distance);
});

test('a unit in the last place is the distance to the next number, in either dtype', () => {
  const bits = new BigInt64Array(1);
  const next = (value: number): number => {
    const view = new Float64Array(bits.buffer);
    view[0] = value;
    bits[0] = (bits[0] ?? 0n) + 1n;
    return view[0];
  };
  for (const value of [1, 1.5, 2 ** 52 - 1, 2 ** 1023, 1e-300, 3e-310, 8 - 2 ** -50]) expect(unitInLastPlace(value, 'float64')).toBe(next(value) - value);
  expect([smallestNormal('float32'), smallestNormal('float64')]).toEqual([2 ** -126, 2 ** -1022]);
  expect([largestNumber('float32'), Math.fround(largestNumber('float32')), largestNumber('float64')]).toEqual([3.4028234663852886e38, 3.4028234663852886e38, Number.MAX_VALUE]);
});
