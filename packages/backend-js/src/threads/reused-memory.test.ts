import { expect, test } from 'vitest';
import { createReusedMemory } from './reused-memory.ts';

function counted() {
  const made: number[] = [];
  return { made, memory: createReusedMemory((bytes) => (made.push(bytes), new ArrayBuffer(bytes))) };
}

test('what was given back is taken again, the smallest that is large enough', () => {
  const { made, memory } = counted();
  const first = memory.lease();
  const [large, small] = [first.take(100), first.take(50)];
  first.giveBack();
  const second = memory.lease();
  expect(second.take(40)).toBe(small);
  expect(second.take(45)).toBe(large);
  expect(second.take(10).byteLength).toBe(10);
  expect(made).toEqual([100, 50, 10]);
});

test('what is in use is no one else\'s, in this lease and in others', () => {
  const { memory } = counted();
  const [first, second] = [memory.lease(), memory.lease()];
  const taken = [first.take(8), first.take(8), second.take(8)];
  second.giveBack();
  const third = memory.lease();
  expect(third.take(8)).toBe(taken[2]);
  expect(taken).not.toContain(third.take(8));
});

test('sizes that come and go take the memory of the largest', () => {
  const { made, memory } = counted();
  for (let round = 0; round < 50; round++) {
    const lease = memory.lease();
    for (const bytes of [1000 + (round % 7), 900]) lease.take(bytes);
    lease.giveBack();
  }
  expect(made.length).toBeLessThan(20);
});
