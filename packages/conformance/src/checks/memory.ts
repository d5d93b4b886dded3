import { add, input, NdArray, state } from '@xcorr/graph';
import { required, runnerOf } from '../judge/runner.ts';
import { nodeProcess } from '../node-process.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';

/** Few: what a run keeps, be it seven numbers, shows in 10,000 runs. */
const elements = 256;
const runs = 10_000;
/** The runs whose feeds and results are watched; after twice as many memory is looked at for the first time. */
const watched = 500;
/** How many runs one call makes once the watched ones are done, where the size of the memory is not told: what a call leaves behind shows in the watched ones alone. */
const timesUntold = 9;
/** 9,500 runs that kept but seven numbers each would take as much. */
const allowedGrowth = 2 ** 19;

/** What makes the engine collect now: without it nobody could tell garbage from a leak, and when. */
function collector(): (() => void) | undefined {
  const node = nodeProcess();
  node?.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  // A browser that was started with --js-flags=--expose-gc has it among its globals.
  const collect: unknown = node === undefined ? Reflect.get(globalThis, 'gc') : node.getBuiltinModule('node:vm').runInNewContext('gc');
  return typeof collect === 'function' ? () => void Reflect.apply(collect, undefined, []) : undefined;
}

/** Bytes that are in use, where the engine tells. */
function bytesInUse(): number | undefined {
  const memory = nodeProcess()?.memoryUsage();
  return memory === undefined ? undefined : memory.heapUsed + memory.external;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Collects all that can be collected. What a job has looked at is kept to its end, hence the pauses. */
async function collectAll(collect: () => void): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await pause();
    collect();
  }
  await pause();
}

/** Runs a small program 10,000 times: what the first runs were given and gave must be gone, and memory as it was after them. */
async function manyRuns({ backend, dtype }: Subject): Promise<Finding> {
  const collect = collector();
  if (collect === undefined) return { problems: [], notRun: 'this engine does not collect when it is asked to; start it with --expose-gc' };
  const [x, total] = [input('x', [elements], { dtype }), state('total', new NdArray([elements], new Float64Array(elements)), { dtype })];
  const y = add(total, x);
  const runner = await runnerOf({ inputs: { x }, state: { total }, outputs: { y }, updates: [[total, y]] }, backend);
  const seen: WeakRef<object>[] = [];
  const fresh = (): NdArray => new NdArray([elements], dtype === 'float32' ? new Float32Array(elements) : new Float64Array(elements));
  const call = async (times: number): Promise<void> => {
    const feed = fresh();
    const result = required(await runner.run({ x: feed }, { times }), 'y');
    if (seen.length < 2 * watched) seen.push(new WeakRef(feed.data), new WeakRef(result.data));
  };
  for (let run = 1; run <= 2 * watched; run++) await call(1);
  await collectAll(collect);
  const first = bytesInUse();
  const times = first === undefined ? timesUntold : 1;
  for (let run = 2 * watched; run < runs; run += times) await call(times);
  await collectAll(collect);
  const last = bytesInUse();
  const kept = seen.filter((each) => each.deref() !== undefined).length;
  // A program that nobody needs any more may be collected with all that it keeps: it is needed.
  await runner.run({ x: fresh() });
  const problems = kept > watched / 10 ? [`of ${2 * watched} feeds and results of the first runs ${kept} are never collected`] : [];
  if (first === undefined || last === undefined) return { problems, leftOut: ['the size of the memory: this engine does not tell it; what the first runs were given and gave was looked at'] };
  const growth = last - first;
  return { problems: growth > allowedGrowth ? [`from run ${2 * watched} to run ${runs} the memory grew by ${(growth / 2 ** 20).toFixed(0)} MiB`, ...problems] : problems };
}

export const memoryCheck: Check = { promise: '10,000 runs leave no memory behind', runs: 'once', run: manyRuns };
