import { expect, test } from 'vitest';
import { createReusedMemory } from './reused-memory.ts';

function counted() {
  const made: number[] = [];
  return { made, memory: createReusedMemory((bytes) => (made.push(bytes), new ArrayBuffer(bytes))) };
}

test('what was given back is taken again, the smallest that is large enough', () => {
  const { made, memory } = counted();
  const [large, small] = [memory.take(100), memory.take(50)];
  memory.giveBack();
  expect(memory.take(40)).toBe(small);
  expect(memory.take(45)).toBe(large);
  expect(memory.take(10).byteLength).toBe(10);
  expect(made).toEqual([100, 50, 10]);
});

test('what is in use is no one else\'s, and what a lost thread may write to is nobody\'s', () => {
  const { memory } = counted();
  const first = memory.take(8);
  expect(memory.take(8)).not.toBe(first);
  memory.leave();
  memory.giveBack();
  expect(memory.take(8)).not.toBe(first);
});

test('sizes that come and go take the memory of the largest', () => {
  const { made, memory } = counted();
  for (let round = 0; round < 50; round++) {
    memory.giveBack();
    for (const bytes of [1000 + (round % 7), 900]) memory.take(bytes);
  }
  expect(made.length).toBeLessThan(20);
});
