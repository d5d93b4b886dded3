import type { AnyBackend } from './runner.ts';

/** How many cases of an asynchronous backend are under way at once: while a device compiles for one, another is judged. */
const atOnce = 3;

/**
 * Does something with each of some items, with several at once where a backend is asynchronous. What comes of them is in their
 * order. Behind one that throws no other is begun; what it throws is thrown once those that were begun have ended.
 */
export async function severally<Item, Result>(items: readonly Item[], { mode }: Pick<AnyBackend, 'mode'>, work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const thrown = new Map<number, unknown>();
  const waiting = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [position, item] of waiting) {
      if (thrown.size > 0) return;
      try {
        results.set(position, await work(item));
      } catch (error) {
        thrown.set(position, error);
      }
    }
  };
  await Promise.all(Array.from({ length: mode === 'async' ? atOnce : 1 }, takeTurns));
  for (const position of items.keys()) if (thrown.has(position)) throw thrown.get(position);
  return Array.from(results).toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
