import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

test('the same seeds give the same draws, others give others', () => {
  const draws = (...seeds: readonly number[]): readonly number[] => Array.from({ length: 8 }, () => 0).map(((random) => () => random.integer(0, 1e6))(createRandom(...seeds)));
  expect(draws(1, 2)).toEqual(draws(1, 2));
  expect(draws(1, 2)).not.toEqual(draws(2, 1));
  expect(draws(1)).not.toEqual(draws(1, 0));
});

test('draws stay inside, and reach both ends', () => {
  const random = createRandom(5);
  const drawn = new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)));
  expect([...drawn].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  expect(new Set(random.shuffled([1, 2, 3]))).toEqual(new Set([1, 2, 3]));
  expect(() => random.pick([])).toThrow('the list is empty');
});
