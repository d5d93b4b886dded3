import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { add, input, mul, NdArray, state, sum } from '@xcorr/graph';
import { required, runnerOf } from '../judge/runner.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';

const elements = 2048;
const runs = 10_000;
/** The runs whose feeds and results are watched, and after which memory is looked at for the first time. */
const watched = 500;
/** 10,000 runs that kept but a copy of their result would take twenty times as much. */
const allowedGrowth = 4 * 2 ** 20;

/** What makes the engine collect now: without it nobody could tell garbage from a leak, and when. */
function collector(): (() => void) | undefined {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void Reflect.apply(collect, undefined, []) : undefined;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Bytes that are held when all that can be collected is. What a job has looked at is kept to its end, hence the pauses. */
async function bytesHeld(collect: () => void): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await pause();
    collect();
  }
  await pause();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs a small program 10,000 times: what the first runs were given and gave must be gone, and memory as it was after them. */
async function manyRuns({ backend, dtype }: Subject): Promise<Finding> {
  const collect = collector();
  if (collect === undefined) return { problems: [], notRun: 'this engine does not collect when it is asked to' };
  const [x, total] = [input('x', [elements], { dtype }), state('total', 0, { dtype })];
  const runner = await runnerOf({ inputs: { x }, state: { total }, outputs: { y: mul(x, 2), total }, updates: [[total, add(total, sum(x))]] }, backend);
  const seen: WeakRef<object>[] = [];
  const fresh = (): NdArray => new NdArray([elements], dtype === 'float32' ? new Float32Array(elements) : new Float64Array(elements));
  let first = 0;
  for (let run = 1; run <= runs; run++) {
    const feed = fresh();
    const result = required(await runner.run({ x: feed }), 'y');
    if (run <= watched) seen.push(new WeakRef(feed.data), new WeakRef(result.data));
    if (run === 2 * watched) first = await bytesHeld(collect);
  }
  const growth = (await bytesHeld(collect)) - first;
  const kept = seen.filter((each) => each.deref() !== undefined).length;
  // A program that nobody needs any more may be collected with all that it keeps: it is needed.
  await runner.run({ x: fresh() });
  const problems: string[] = [];
  if (growth > allowedGrowth) problems.push(`from run ${2 * watched} to run ${runs} the memory grew by ${(growth / 2 ** 20).toFixed(0)} MiB`);
  if (kept > watched / 10) problems.push(`of ${2 * watched} feeds and results of the first runs ${kept} are never collected`);
  return { problems };
}

export const memoryCheck: Check = { promise: '10,000 runs leave no memory behind', runs: 'once', run: manyRuns };
