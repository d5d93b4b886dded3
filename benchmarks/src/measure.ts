import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { cutOff, inBytes, worstErrorInBytes } from './check/bytes.ts';
import { expectations, type Expectation } from './check/expectation.ts';
import { largestError, worstError, worstErrorOfTraining } from './check/largest-error.ts';
import { isRefusal, type Contender, type Job, type Opened } from './contenders/contender.ts';
import { measuredRow, rowWithout, type Row } from './row.ts';
import { spread } from './statistics.ts';
import type { Inputs, Workload } from './workloads/workload.ts';

/** A contender that is loaded, or why it is not. */
export interface Entrant {
  readonly contender: Contender;
  readonly opened: Opened | { readonly cannot: string };
}

export interface MeasureOptions {
  readonly rounds: number;
  /** Milliseconds that one sample takes, of as many runs as fit. */
  readonly sample: number;
}

/** A job that is warm, with the runs that a sample takes. */
interface Runner {
  readonly entrant: Entrant;
  readonly job: Job;
  readonly runs: number;
  readonly rounds: number;
  /** What each set must give. */
  readonly wanted: readonly Expectation[];
  readonly maxError: number;
  readonly samples: number[];
  /** Why it did not go on. */
  failed?: string;
}

/** Sets of inputs that rounds take in turn. */
const setCount = 2;

/** Runs longer than this are sampled in few rounds: they would take the whole run's time, and vary little. */
const slow = 400;
const verySlow = 2500;

export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0].slice(0, 300);
}

/** Measures a workload: all contenders in turn, round by round, so that what disturbs the machine disturbs all. */
export async function measure(workload: Workload, entrants: readonly Entrant[], options: MeasureOptions): Promise<readonly Row[]> {
  const sets = Array.from({ length: setCount }, (_, set) => workload.inputs(set));
  const inFloats = expectations(workload, sets);
  const expected = ({ storage }: Job): readonly Expectation[] => (storage === 'uint8' ? expectations(workload, sets.map(inBytes)).map(cutOff) : inFloats);
  const rows = new Map<Entrant, Row>();
  const runners: Runner[] = [];
  for (const entrant of entrants) {
    const outcome = await prepared(entrant, workload, sets, expected, options);
    if ('row' in outcome) rows.set(entrant, outcome.row);
    else runners.push(outcome);
  }
  const most = Math.max(0, ...runners.map(({ rounds }) => rounds));
  for (let round = 0; round < most; round++)
    for (const runner of runners) {
      if (round >= runner.rounds || runner.failed !== undefined) continue;
      try {
        runner.samples.push(await sampled(runner, sets[round % setCount]));
      } catch (error) {
        runner.failed = messageOf(error);
      }
    }
  for (const runner of runners) rows.set(runner.entrant, await finished(runner, workload));
  return entrants.flatMap((entrant) => rows.get(entrant) ?? []);
}

const named = ({ name }: Workload, { contender }: Entrant) => ({ workload: name, contender: contender.name, threads: contender.threads });

/** Milliseconds of a run, of those of one round. */
async function sampled({ job, runs, rounds }: Runner, inputs: Inputs): Promise<number> {
  await job.feed(inputs);
  await setTimeout(1);
  // What others left in caches and in the tables of pages is not this contender's doing.
  if (rounds > 3) await timeOf(job, Math.max(1, runs >> 2));
  return (await timeOf(job, runs)) / runs;
}

/** The row of who had its rounds. What filters and layers gave in the last one is checked, too: training has gone on by as many steps as nobody else. */
async function finished({ entrant, job, rounds, wanted, maxError, samples, failed }: Runner, workload: Workload): Promise<Row> {
  const own = named(workload, entrant);
  try {
    if (failed !== undefined) return rowWithout(own, failed, maxError);
    const error = isMapping(workload) ? Math.max(maxError, largestError(await job.result(), wanted[(rounds - 1) % setCount])) : maxError;
    return isWrong(workload, job, error) ? rowWithout(own, wrong(error), error) : measuredRow(own, spread(samples), error, job.storage === 'uint8' ? '8 bits in and out, cut off at 0 and 255' : undefined);
  } catch (error) {
    return rowWithout(own, messageOf(error), maxError);
  } finally {
    await disposed(job);
  }
}

const isMapping = ({ kind }: Workload): boolean => kind === 'filter' || kind === 'layer';

function isWrong(workload: Workload, { storage }: Job, error: number): boolean {
  return !(error <= (storage === 'uint8' ? worstErrorInBytes : isMapping(workload) ? worstError : worstErrorOfTraining));
}

const wrong = (error: number): string => `wrong: the largest error is ${error.toExponential(1)} of the largest value`;

/** What is of no use to anyone any more fails silently. */
async function disposed(job: Job): Promise<void> {
  try {
    await job.dispose?.();
  } catch {
    // Its process may be gone.
  }
}

async function prepared(
  entrant: Entrant,
  workload: Workload,
  sets: readonly Inputs[],
  expected: (job: Job) => readonly Expectation[],
  { rounds, sample }: MeasureOptions,
): Promise<Runner | { readonly row: Row }> {
  const { opened } = entrant;
  const own = named(workload, entrant);
  if ('cannot' in opened) return { row: rowWithout(own, opened.cannot) };
  let maxError = 0;
  try {
    const job = await opened.prepare(workload);
    if (isRefusal(job)) return { row: rowWithout(own, job.cannot) };
    const wanted = expected(job);
    let longest = Number.POSITIVE_INFINITY;
    for (const [set, inputs] of sets.entries()) {
      await job.feed(inputs);
      longest = Math.min(longest, await timeOf(job, 1));
      maxError = Math.max(maxError, largestError(await job.result(), wanted[set]));
    }
    if (isWrong(workload, job, maxError)) {
      await disposed(job);
      return { row: rowWithout(own, wrong(maxError), maxError) };
    }
    const runs = longest > slow ? 1 : await runsOfASample(job, sample);
    return { entrant, job, runs, rounds: longest > verySlow ? 1 : longest > slow ? Math.min(3, rounds) : rounds, wanted, maxError, samples: [] };
  } catch (error) {
    return { row: rowWithout(own, messageOf(error)) };
  }
}

/** Warms a job up, and finds how many runs fill a sample. */
async function runsOfASample(job: Job, sample: number): Promise<number> {
  const start = performance.now();
  for (let turn = 0; turn < 3 || performance.now() - start < 200; turn++) {
    await timeOf(job, turn < 3 ? 1 : 4);
    if (performance.now() - start > 2000) break;
  }
  let runs = 1;
  for (let turn = 0; turn < 4; turn++) {
    const each = (await timeOf(job, runs)) / runs;
    runs = Math.max(1, Math.min(100_000, 8 * runs, Math.ceil(sample / Math.max(each, 1e-6))));
  }
  return runs;
}

/** Milliseconds of so many runs. */
export async function timeOf(job: Job, runs: number): Promise<number> {
  if (job.runMany !== undefined) return job.runMany(runs);
  const start = performance.now();
  for (let count = 0; count < runs; count++) {
    const pending = job.run();
    if (pending !== undefined) await pending;
  }
  return performance.now() - start;
}
