import { expect, test } from 'vitest';
import { uniformNumbers } from './random.ts';

function first(count: number, seed: number): readonly number[] {
  const numbers = uniformNumbers(seed);
  return Array.from({ length: count }, () => numbers.next().value);
}

test('the numbers are the upper 53 bits of SplitMix64', () => {
  // The sequence of the seed 1234567 that the reference implementation prints: https://prng.di.unimi.it/splitmix64.c
  const reference = [6457827717110365317n, 3203168211198807973n, 9817491932198370423n, 4593380528125082431n, 16408922859458223821n];
  expect(first(5, 1_234_567)).toEqual(reference.map((bits) => Number(bits >> 11n) / 2 ** 53));
});

test('one seed gives one sequence, another another; negative seeds are seeds', () => {
  expect(first(4, 7)).toEqual(first(4, 7));
  expect(first(4, 7)).not.toEqual(first(4, 8));
  expect(first(4, -1)).not.toEqual(first(4, 1));
});

test('they lie in [0, 1), and half of them below a half', () => {
  const numbers = first(2000, 0);
  expect(numbers.every((each) => each >= 0 && each < 1)).toBe(true);
  expect(Math.abs(numbers.filter((each) => each < 0.5).length - 1000)).toBeLessThan(100);
});
