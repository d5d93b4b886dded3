import { createPool, type Pool } from '@xcorr/threads';

const pools = new Map<number, { readonly pool: Pool; users: number }>();

/** A pool that others use, too: programs of as many threads share them, since one of them runs at a time. */
export interface UsedPool {
  readonly pool: Pool;
  /** When the last user has given it back, its threads end. */
  readonly giveBack: () => void;
}

export function usePool(threads: number): UsedPool {
  const entry = pools.get(threads) ?? { pool: createPool(threads), users: 0 };
  pools.set(threads, entry);
  entry.users++;
  let isUsed = true;
  return {
    pool: entry.pool,
    giveBack: () => {
      if (!isUsed) return;
      isUsed = false;
      if (--entry.users > 0) return;
      pools.delete(threads);
      // What ends needs no one to wait for it.
      entry.pool.end().catch(() => undefined);
    },
  };
}
