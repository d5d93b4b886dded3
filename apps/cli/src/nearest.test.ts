import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test.each([
  ['sobel', 'sobel', 0],
  ['', 'abc', 3],
  ['sobl', 'sobel', 1],
  ['soble', 'sobel', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j are %i steps', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('the distance is symmetric, 0 between equals alone, and no longer than the longer word', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test('what is too far off is no suggestion', () => {
  const names = ['book', 'sobel', 'laplacian-4'];
  expect(nearest('SOBEL', names)).toBe('sobel');
  expect(nearest('laplacian4', names)).toBe('laplacian-4');
  expect(nearest('canny', names)).toBeUndefined();
  expect(nearest('x', [])).toBeUndefined();
});
