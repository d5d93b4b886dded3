import { programFor } from '@xcorr/compiler';
import { input, mul } from '@xcorr/graph';
import { createPool } from '@xcorr/threads';
import { expect, test } from 'vitest';
import { js } from '../index.ts';
import { createBindings } from './bindings.ts';
import type { Holding } from './pools.ts';

/** A holding of a pool that starts no thread, and what it was given and told to forget. */
function counted() {
  const pool = createPool(1);
  const counts = { added: 0, forgotten: 0 };
  const holding: Holding = {
    pool,
    code: pool.addCode('', []),
    addMemory: (memory) => (counts.added++, pool.addMemory(memory)),
    forget: () => void counts.forgotten++,
    forgetMemories: () => undefined,
    giveBack: () => undefined,
  };
  return { counts, holding };
}

const x = input('x', ['n']);
const program = programFor({ inputs: { x }, outputs: { y: mul(x, 2) } }, js());

test('four bindings of sizes are kept, those that were used last', () => {
  const { counts, holding } = counted();
  const bindingFor = createBindings(program, { areBanded: [true] }, [], holding);
  const first = [1, 2, 3, 4].map((size) => bindingFor([size]).shared());
  expect([4, 3, 2, 1].map((size) => bindingFor([size]).shared())).toEqual(first.toReversed());
  expect(counts).toEqual({ added: 4, forgotten: 0 });
  // Of these, 4 was used longest ago.
  bindingFor([5]).shared();
  expect(counts).toEqual({ added: 5, forgotten: 1 });
  [1, 2, 3, 5].forEach((size) => bindingFor([size]).shared());
  expect(counts.added).toBe(5);
  bindingFor([4]).shared();
  expect(counts).toEqual({ added: 6, forgotten: 2 });
});

test('threads are sent no memory of runs in the caller\'s arrays', () => {
  const { counts, holding } = counted();
  const bindingFor = createBindings(program, { areBanded: [true] }, [], holding);
  for (let size = 1; size < 10; size++) expect(bindingFor([size]).alone().sizes).toEqual([size]);
  expect(counts).toEqual({ added: 0, forgotten: 0 });
});
