import { expect, test } from 'vitest';
import { severally } from './several.ts';

const pause = (turns: number): Promise<void> => (turns === 0 ? Promise.resolve() : Promise.resolve().then(() => pause(turns - 1)));

/** How many are under way, at most. */
function watched() {
  let [now, most] = [0, 0];
  const work = async (item: number): Promise<string> => {
    most = Math.max(most, ++now);
    await pause(20 - item);
    now--;
    return `${item}`;
  };
  return { work, most: () => most };
}

const items = [3, 1, 4, 1, 5, 9, 2, 6];

test('of an asynchronous backend several cases are under way, few, and what comes of them is in order', async () => {
  const { work, most } = watched();
  expect(await severally(items, { mode: 'async' }, work)).toEqual(items.map(String));
  expect(most()).toBe(3);
});

test('of a synchronous backend it is one', async () => {
  const { work, most } = watched();
  expect(await severally(items, { mode: 'sync' }, work)).toEqual(items.map(String));
  expect(most()).toBe(1);
});

test('behind one that throws no other is begun, and those that were begun have ended; the first in order is thrown', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await pause(10 * (4 - item));
    ended.push(item);
    if (item > 0) throw new Error(`of ${item}`);
  };
  await expect(severally([0, 1, 2, 3, 4], { mode: 'async' }, work)).rejects.toThrow('of 1');
  expect(begun).toEqual([0, 1, 2]);
  expect(ended).toEqual([2, 1, 0]);
});
