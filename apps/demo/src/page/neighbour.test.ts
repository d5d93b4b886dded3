import { expect, test } from 'vitest';
import { neighbour } from './neighbour.ts';

test('arrows go round, Home and End to the ends, other keys nowhere', () => {
  const row = ['a', 'b', 'c'];
  expect(neighbour(row, 'a', 'ArrowRight')).toBe('b');
  expect(neighbour(row, 'c', 'ArrowRight')).toBe('a');
  expect(neighbour(row, 'a', 'ArrowLeft')).toBe('c');
  expect(neighbour(row, 'b', 'Home')).toBe('a');
  expect(neighbour(row, 'b', 'End')).toBe('c');
  expect(neighbour(row, 'b', 'Enter')).toBeUndefined();
});
