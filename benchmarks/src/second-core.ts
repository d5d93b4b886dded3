import { Worker } from 'node:worker_threads';
import { median } from './statistics.ts';

/** Two copies of work for one thread, run at once, may take this much of one copy: then the second core is free. */
export const freeCore = 1.1;

/** Milliseconds that a copy of the work takes in a worker of its own; copies start together. */
async function together(copies: number): Promise<number> {
  const workers = Array.from({ length: copies }, () => new Worker(new URL('./second-core-worker.js', import.meta.url)));
  const messages = (): Promise<readonly unknown[]> =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise((resolve, reject) => {
            worker.once('message', resolve);
            worker.once('error', reject);
          }),
      ),
    );
  await messages();
  const done = messages();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  for (const worker of workers) worker.postMessage('go');
  const taken = await done;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return Math.max(...taken.map(Number));
}

/** What two independent copies at once take of one copy alone: the control without which figures of two threads say nothing. */
export async function secondCore(rounds = 5): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const alone = await together(1);
    ratios.push((await together(2)) / alone);
  }
  return median(ratios);
}

/** What must be said of a figure for several threads; nothing where it counts. */
export function doubtOf(threads: number, ratio: number | undefined): string | undefined {
  if (threads === 1 || ratio === undefined || ratio <= freeCore) return undefined;
  return `the second core was not free: two copies at once took ${ratio.toFixed(2)} of one`;
}
