import { compile } from '@xcorr/compiler';
import { corr2d, evaluate, input } from '@xcorr/graph';
import { gpu } from '../../src/index.ts';
import type { ModeName } from '../../src/modes.ts';

// A page that can use a GPU: it computes when it is told to, and says what came of it.

const X = input('X', [3, 3]);
const Y = corr2d(X, [[0, 1], [2, 3]]);
const feeds = { X: [[0, 1, 2], [3, 4, 5], [6, 7, 8]] };

/** What the page found, as text that leaves it. */
async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await work());
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

const page = {
  /** Without a GPU. */
  interpreted: () => outcome(async () => ({ y: evaluate(Y, feeds).toNested() })),
  on: (mode: ModeName | 'auto') =>
    outcome(async () => {
      const program = await compile({ inputs: { X }, outputs: { Y } }, gpu({ mode }));
      const results = await program.run(feeds);
      await program.dispose();
      return { ranOn: program.ranOn, y: results.Y.toNested() };
    }),
};

Object.assign(globalThis, { page });
