import { expect, test } from 'vitest';
import { holdPool } from './pools.ts';

const code = { source: 'return { kernels: [] };', kernels: [], areBanded: [], whole: () => undefined };

/** Holds a pool beside another program, gives back so many bytes, and tells whether the threads are still there. */
async function areThereAfter(threads: number, bytes: readonly number[]): Promise<boolean> {
  const other = holdPool(threads, code);
  await other.pool.ready();
  for (const each of bytes) {
    const holding = holdPool(threads, code);
    expect(holding.pool).toBe(other.pool);
    holding.addMemory({ buffers: [new Uint8ClampedArray(new SharedArrayBuffer(each))], sizes: [] });
    holding.giveBack();
    holding.giveBack();
  }
  const areThere = await other.pool.exclusively(() => Promise.resolve(other.pool.isReady()));
  await other.pool.ready();
  other.giveBack();
  return areThere;
}

test('threads start anew when programs left much memory behind in them', async () => {
  expect(await areThereAfter(2, [2 ** 20, 2 ** 20])).toBe(true);
  expect(await areThereAfter(2, [2 ** 26, 2 ** 26])).toBe(false);
});

test('with its last program a pool ends, and the next one has another', async () => {
  const first = holdPool(2, code);
  await first.pool.ready();
  first.giveBack();
  const second = holdPool(2, code);
  expect(second.pool).not.toBe(first.pool);
  expect(await first.pool.exclusively(() => Promise.resolve(first.pool.isReady()))).toBe(false);
  second.giveBack();
});
