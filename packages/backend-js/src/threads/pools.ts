import { createPool, type Code, type Pool, type SharedMemory } from '@xcorr/threads';
import type { BandedCode, Memory } from './load-banded.ts';

interface Entry {
  readonly pool: Pool;
  users: number;
  /** Bytes of programs that gave their memory back since threads were started. */
  leftBehind: number;
}

const pools = new Map<number, Entry>();

/**
 * A thread keeps what it forgets until its engine collects garbage, which takes no notice of shared memory, and may wait for
 * ever: a thread that sleeps does nothing else. When so many bytes were left behind, threads are ended, and start anew.
 */
const mostLeftBehind = 2 ** 27;

function bytesOf(memories: Iterable<SharedMemory<Memory>>): number {
  const shared = new Set([...memories].flatMap(({ memory }) => memory.buffers.map(({ buffer }) => buffer)));
  return [...shared].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/**
 * What one program has of a pool, which others use, too: programs of as many threads share one, since one of them runs at a
 * time.
 */
export interface Holding {
  readonly pool: Pool;
  readonly code: Code<Memory>;
  readonly addMemory: (memory: Memory) => SharedMemory<Memory>;
  readonly forget: (memory: SharedMemory<Memory>) => void;
  /** Lets threads forget all of the program's memory. */
  readonly forgetMemories: () => void;
  /** Lets threads forget all that they have of the program. When the last program has given its pool back, the threads end. */
  readonly giveBack: () => void;
}

export function holdPool(threads: number, { source, kernels }: BandedCode): Holding {
  const entry = pools.get(threads) ?? { pool: createPool(threads), users: 0, leftBehind: 0 };
  pools.set(threads, entry);
  entry.users++;
  const { pool } = entry;
  const code = pool.addCode(source, kernels);
  const memories = new Set<SharedMemory<Memory>>();
  let isHeld = true;
  const forgetMemories = (): void => {
    for (const memory of memories) pool.forget(memory);
    memories.clear();
  };
  return {
    pool,
    code,
    addMemory: (memory) => {
      const added = pool.addMemory(memory);
      memories.add(added);
      return added;
    },
    forget: (memory) => {
      memories.delete(memory);
      pool.forget(memory);
    },
    forgetMemories,
    giveBack: () => {
      if (!isHeld) return;
      isHeld = false;
      entry.leftBehind += bytesOf(memories);
      forgetMemories();
      pool.forget(code);
      if (--entry.users === 0) pools.delete(threads);
      else if (entry.leftBehind < mostLeftBehind) return;
      entry.leftBehind = 0;
      // What ends needs no one to wait for it; a run that is not done does.
      pool.exclusively(pool.end).catch(() => undefined);
    },
  };
}

const forgotten = typeof FinalizationRegistry === 'undefined' ? undefined : new FinalizationRegistry<Holding>((holding) => holding.giveBack());

/** Keeps what it watches from being forgotten. */
export interface Watch {
  readonly end: () => void;
}

/**
 * Gives a pool back when nobody can reach the owner any more, nor the watch: for programs that are forgotten and not disposed
 * of. The holding must reach neither of them, nor a function that does.
 */
export function giveBackWithout(owner: object, holding: Holding): Watch {
  forgotten?.register(owner, holding, owner);
  return { end: () => void forgotten?.unregister(owner) };
}
