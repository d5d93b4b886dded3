import { expect, test } from 'vitest';
import { message } from '../../testing/message.ts';
import { philox, type Words } from './philox.ts';
import { createRandom, permutation } from './random.ts';

// The known answers that Random123 publishes with the generator, for philox4x32 with 10 rounds.
test.each<{ counter: Words; key: readonly [number, number]; words: Words }>([
  { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  { counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
  { counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], key: [0xa4093822, 0x299f31d0], words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
])('the known answer for $counter', ({ counter, key, words }) => {
  expect(philox(counter, key)).toEqual(words);
});

test('a stream is words of one key, block after block', () => {
  const random = createRandom(2 ** 40 + 7, 3);
  const drawn = Array.from({ length: 12 }, () => random.bits());
  expect(drawn).toEqual([0, 1, 2].flatMap((block) => [...philox([block, 0, 3, 0], [7, 2 ** 8])]));
});

test('neighbouring seeds and streams have nothing in common', () => {
  const first = [createRandom(0, 0), createRandom(0, 1), createRandom(1, 0), createRandom(2 ** 32, 0)].map((random) => random.bits());
  expect(new Set(first).size).toBe(4);
});

test('what is drawn has the moments of its distribution', () => {
  const count = 100_000;
  const random = createRandom(5);
  const moments = (draw: () => number): readonly [number, number, number] => {
    const values = Array.from({ length: count }, draw);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const moment = (power: number): number => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
    return [mean, moment(2), moment(4)];
  };
  // Five deviations of each estimate: sqrt(variance / n), sqrt((m4 - m2^2) / n), and about sqrt(m8 / n).
  const [mean, variance] = moments(random.unit);
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt((1 / 80 - 1 / 144) / count));
  const [centre, spread, fourth] = moments(random.normal);
  expect(Math.abs(centre)).toBeLessThan(5 * Math.sqrt(1 / count));
  expect(Math.abs(spread - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  expect(Math.abs(fourth - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
});

test('every number below a count is as likely as the others', () => {
  const random = createRandom(9);
  const counts = new Uint32Array(7);
  for (let draw = 0; draw < 70_000; draw++) {
    const value = random.below(7);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000));
});

test('a permutation has every place once, and every place is as likely for each', () => {
  const random = createRandom(4);
  const firsts = new Uint32Array(5);
  for (let draw = 0; draw < 20_000; draw++) {
    const order = permutation(random, 5);
    expect(new Set(order)).toEqual(new Set([0, 1, 2, 3, 4]));
    const place = order.indexOf(0);
    firsts[place] = (firsts[place] ?? 0) + 1;
  }
  for (const count of firsts) expect(Math.abs(count - 4000)).toBeLessThan(5 * Math.sqrt(4000));
});

test('seeds and streams are whole numbers', () => {
  expect(message(() => createRandom(-1))).toBe('createRandom: the seed -1 is not a whole number from 0 to 2^53 - 1');
  expect(message(() => createRandom(0.5))).toBe('createRandom: the seed 0.5 is not a whole number from 0 to 2^53 - 1');
  expect(message(() => createRandom(0, 2 ** 32))).toBe('createRandom: the stream 4294967296 is not a whole number from 0 to 2^32 - 1');
});
