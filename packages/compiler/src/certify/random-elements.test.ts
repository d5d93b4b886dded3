import { expect, test } from 'vitest';
import { prime } from './prime-field.ts';
import { createRandomElements } from './random-elements.ts';

const drawn = (seed: number, stream: number, count: number): readonly bigint[] => Array.from({ length: count }, createRandomElements(seed, stream));

test('the same seed gives the same elements; every bit of seed and stream gives others', () => {
  const first = drawn(0, 1, 8);
  expect(drawn(0, 1, 8)).toEqual(first);
  const seeds = [...Array.from({ length: 53 }, (_, bit) => 2 ** bit), -1];
  const others = [...seeds.map((seed) => drawn(seed, 1, 8)), ...Array.from({ length: 16 }, (_, stream) => drawn(0, stream + 2, 8))].flat();
  expect(new Set([...first, ...others]).size).toBe(8 * (1 + seeds.length + 16));
});

test('a quarter of a million elements are distinct, which those of 32 bits would not be, and lie in the field', () => {
  const elements = drawn(0, 1, 2 ** 18);
  expect(new Set(elements).size).toBe(2 ** 18);
  expect(elements.every((each) => each >= 0n && each < prime)).toBe(true);
});

test('every part of the field is as likely as any other, and every low bit', () => {
  const count = 2 ** 16;
  const elements = drawn(7, 3, count);
  const parts = Array.from({ length: 64 }, (_, part) => elements.filter((each) => (each * 64n) / prime === BigInt(part)).length);
  const bits = Array.from({ length: 32 }, (_, bit) => elements.filter((each) => ((each >> BigInt(bit)) & 1n) === 1n).length);
  // Five standard deviations of a binomial distribution.
  expect(Math.max(...parts.map((each) => Math.abs(each - count / 64)))).toBeLessThan(5 * Math.sqrt(count / 64));
  expect(Math.max(...bits.map((each) => Math.abs(each - count / 2)))).toBeLessThan(5 * Math.sqrt(count / 4));
});
