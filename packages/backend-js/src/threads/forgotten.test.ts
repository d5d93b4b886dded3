import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compile } from '@xcorr/compiler';
import { corr2d, input } from '@xcorr/graph';
import { afterEach, expect, test, vi } from 'vitest';
import { js } from '../index.ts';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Collects until nothing of this is left, or a hundred times. */
async function collected(made: readonly WeakRef<object>[]): Promise<boolean> {
  for (let round = 0; round < 100; round++) {
    // What a job has looked at is kept to its end, and what is forgotten is told of in a job of its own.
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
    if (made.every((each) => each.deref() === undefined)) return true;
  }
  return false;
}

/** Watches all shared memory that is made from now on. */
function watchMemory(): WeakRef<object>[] {
  const made: WeakRef<object>[] = [];
  class Watched extends SharedArrayBuffer {
    constructor(bytes: number) {
      super(bytes);
      // The engine keeps the four bytes on which it was tried whether the caller may sleep.
      if (bytes > 4) made.push(new WeakRef(this));
    }
  }
  vi.stubGlobal('SharedArrayBuffer', Watched);
  return made;
}

afterEach(() => void vi.unstubAllGlobals());

const feeds = { x: new Float32Array(512 * 512) };

async function filter(threads: number) {
  const x = input('x', [512, 512]);
  const kernel = Array.from({ length: 5 }, (_, row) => [1, 2, row, row * row, 5]);
  return compile({ inputs: { x }, outputs: { y: corr2d(x, kernel) } }, js({ threads }));
}

async function runAndForget(threads: number): Promise<string> {
  const program = await filter(threads);
  await program.run(feeds);
  return program.ranOn;
}

test('a program that nobody has any more gives its memory back, and its threads', async () => {
  const made = watchMemory();
  expect(await runAndForget(3)).toBe('js:3 threads');
  expect(made.length).toBeGreaterThan(2);
  expect(await collected(made)).toBe(true);
});

test('others of its pool go on', async () => {
  const other = await filter(4);
  await other.run(feeds);
  const made = watchMemory();
  expect(await runAndForget(4)).toBe('js:4 threads');
  expect(made.length).toBeGreaterThan(0);
  expect(await collected(made)).toBe(true);
  const { y } = await other.run(feeds);
  expect(y.data[0]).toBe(0);
  expect(other.ranOn).toBe('js:4 threads');
  await other.dispose();
});

test('a run that is all there is of a program goes on to its end', async () => {
  const made = watchMemory();
  const running = (await filter(5)).run(feeds, { times: 300, results: [] });
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  expect(await running).toEqual({});
  expect(await collected(made)).toBe(true);
});
