import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { nearest, withTerm } from './exact-sum.ts';

const rounded = (terms: readonly number[]): number => nearest(terms.reduce(withTerm, []));

const bits = 1100n;

/** A number times 2^1100, which is whole. */
function scaled(value: number): bigint {
  let [whole, twos] = [value, bits];
  while (!Number.isInteger(whole)) {
    whole *= 2;
    twos--;
  }
  return BigInt(whole) << twos;
}

/** Numbers of like and of unlike sizes, many of them just between two others. */
const terms = fc.array(
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -60, max: 60 })).map(([digit, power]) => digit * 2 ** power)),
  { maxLength: 12 },
);

test('sums keep every digit, are rounded once, to the nearest number, and depend on no order', () => {
  fc.assert(
    fc.property(terms, (values) => {
      const exact = values.reduce((sum, value) => sum + scaled(value), 0n);
      const parts = values.reduce(withTerm, []);
      expect(parts.reduce((sum, part) => sum + scaled(part), 0n)).toBe(exact);
      expect(parts).not.toContain(0);
      const sum = rounded(values);
      const distance = (value: number): bigint => (scaled(value) > exact ? scaled(value) - exact : exact - scaled(value));
      const unit = Math.max(Number.MIN_VALUE, Math.abs(sum) * 2 ** -52);
      expect([sum - unit, sum + unit].every((other) => distance(sum) <= distance(other))).toBe(true);
      expect(rounded([...values].reverse())).toBe(sum);
    }),
    seeded(2000),
  );
});

test('halves go to the even digit, unless something is left below', () => {
  expect(rounded([2 ** 53, 1])).toBe(2 ** 53);
  expect(rounded([2 ** 53, 1, 2 ** -60])).toBe(2 ** 53 + 2);
  expect(rounded([2 ** 53, 2, 1, -(2 ** -60)])).toBe(2 ** 53 + 2);
  expect(rounded([1e300, 1, -1e300])).toBe(1);
});

test('what is beyond all numbers is not finite', () => {
  expect(Number.isFinite(rounded([1.7e308, 1.7e308]))).toBe(false);
});
