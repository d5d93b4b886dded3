import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';

// Work for one thread that stays in its nearest cache: what a second copy slows down is the core's doing alone.

function work(turns: number): number {
  let state = 1;
  for (let turn = 0; turn < turns; turn++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return state;
}

work(1_000_000);
parentPort?.on('message', () => {
  const start = performance.now();
  const last = work(20_000_000);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  parentPort?.postMessage(Number.isInteger(last) ? performance.now() - start : Number.NaN);
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
parentPort?.postMessage(0);
