import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank } from './rank.ts';

test.each([
  [[[0]], 0],
  [[[0, 0], [0, 5]], 1],
  [[[1, 2], [2, 4]], 1],
  [[[0, 1], [1, 0]], 2],
  [[[1, 2, 3]], 1],
  [[[1], [2], [3]], 1],
  [[[1, 1, 1], [0, 1, 2], [0, 1, 4]], 3],
  // Floating point loses the last digit of the product of the diagonal.
  [[[2 ** 52, 2 ** 52 + 1], [2 ** 52 - 1, 2 ** 52]], 2],
] as const)('of %j it is %i', (matrix, expected) => {
  expect(rank(matrix)).toBe(expected);
});

test('a product of n x r and r x m whole numbers, each with a part that is regular, has the rank r', () => {
  const small = fc.integer({ min: -9, max: 9 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), fc.array(small, { minLength: 64, maxLength: 64 }), (r, more, values) => {
      // Ones on the diagonal and zeros above it: regular, whatever stands below.
      const tall = Array.from({ length: r + more }, (_, i) => Array.from({ length: r }, (_, j) => (i === j ? 1 : i < j ? 0 : (values[8 * i + j] ?? 0))));
      const wide = Array.from({ length: r }, (_, i) => Array.from({ length: r + more }, (_, j) => (i === j ? 1 : j < i ? 0 : (values[63 - 8 * i - j] ?? 0))));
      const product = tall.map((row) => Array.from({ length: r + more }, (_, j) => row.reduce((sum, value, k) => sum + value * (wide[k]?.[j] ?? 0), 0)));
      expect(rank(product)).toBe(r);
    }),
    { seed: 20_261_122, numRuns: 200 },
  );
});
