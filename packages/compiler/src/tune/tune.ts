import type { AbortSignalLike, Backend } from '../backend.ts';
import type { FeedsOf } from '../executable.ts';
import type { Named, ProgramSpec } from '../graph.ts';
import type { Lowering } from '../lower-program.ts';
import type { ScheduledNest } from '../program.ts';
import { printDirective, type Schedule } from '../schedule/schedule.ts';
import { canonicalNest, renamedBack, renameSchedule, type CanonicalNest } from './canonical.ts';
import { interleavedMedians, type Sampling } from './measure.ts';
import { searchNest, type Found } from './search.ts';
import { createSubject } from './subject.ts';
import type { NestReport, Timings, Tuning } from './tuning.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

export interface TuneOptions<Inputs extends Named = Named> extends Pick<Lowering, 'passes'> {
  /** What the program is measured on. Default: seeded numbers from 0 to 1, or bytes. */
  readonly feeds?: FeedsOf<Inputs>;
  /** Numbers for named sizes, where no feeds say them. */
  readonly sizes?: ReadonlyMap<string, number>;
  /** As `compile` has it: whether the program that is tuned is the one for these sizes alone. */
  readonly specialise?: boolean;
  /** Samples of each schedule, of which the median counts. Default: 9. */
  readonly rounds?: number;
  /** How long the search goes on, about. Default: 10,000. */
  readonly milliseconds?: number;
  /** How much less time a schedule must take to be kept. Default: 0.05, a twentieth. */
  readonly noise?: number;
  /** Looked at between two rounds. */
  readonly signal?: AbortSignalLike;
  /** What the machine is called in the result. Default: the backend's name. */
  readonly machine?: string;
  /** Milliseconds, from any beginning. Default: `performance.now`. */
  readonly clock?: () => number;
}

/** What browsers and Node have. */
declare const performance: { readonly now: () => number };

/** The part of the time that is for the search; the rest decides. */
const searching = 0.8;

/** A nest, by what others that are the same to a schedule are called too. */
interface NamedNest extends ScheduledNest {
  readonly canonical: CanonicalNest;
}

/** One nest of those that are the same to a schedule. */
interface Distinct extends NamedNest {
  /** Runs the nests before it, which make what it reads. */
  readonly prepare: () => void;
  readonly milliseconds: number;
}

/** The nests that have keys of their own, those that take longest first. */
function distinctNests(bench: Workbench, nests: readonly NamedNest[], sampling: Sampling): readonly Distinct[] {
  const known = new Map<string, Distinct>();
  const runs = nests.map((each) => bench.load([each]));
  nests.forEach((each, position) => {
    const { key } = each.canonical;
    const own = runs[position];
    if (known.has(key) || own === undefined) return;
    const prepare = (): void => {
      bench.restore();
      for (const run of runs.slice(0, position)) run();
    };
    prepare();
    const [milliseconds = 0] = interleavedMedians([own], { ...sampling, rounds: 1 }) ?? [];
    known.set(key, { ...each, prepare, milliseconds });
  });
  return [...known.values()].sort((a, b) => b.milliseconds - a.milliseconds);
}

function reportOf({ nest, schedule, canonical: { key, loops } }: Distinct, { better, milliseconds, tried, differed }: Found): NestReport {
  const print = (each: Schedule): string => renameSchedule(each, loops).map(printDirective).join(', ') || 'as it is';
  return { key, nest: nest.name, chosen: print(schedule), tuned: print(better ?? schedule), milliseconds, tried, differed };
}

/** The whole program by the chosen schedules, and by those that were found. */
function measureWhole(bench: Workbench, chosen: readonly ScheduledNest[], tuned: readonly ScheduledNest[] | undefined, sampling: Sampling): Timings {
  const [before = 0, after = before] = interleavedMedians([chosen, ...(tuned === undefined ? [] : [tuned])].map(bench.load), sampling) ?? [];
  return { chosen: before, tuned: after };
}

/**
 * Looks for schedules that are faster than those the compiler chooses, by running them: of each nest it tries the
 * neighbours of the chosen schedule, with other blocks, and short loops written out or not, and keeps one only where it is
 * faster by more than noise; nothing is kept when the whole program is slower by more than noise. Schedules change no
 * result. It is done once: `serialiseTuning` makes a text of what is found, `readTuning` reads it, and `compile` takes it
 * as `schedulesFrom(tuning)`.
 *
 * @param spec a program as `compile` takes it; its states are as they are made
 * @throws CompileError as `compile` does; FeedError when feeds do not fit; ValueError when a named size has no number; the reason of `signal` when that is aborted.
 * @example
 * const x = input('x', [40, 50]);
 * const spec = { inputs: { x }, outputs: { y: corr2d(x, [[1, 2, 3], [4, 5, 6]]) } };
 * const tuning = tune(spec, js(), { milliseconds: 50 });
 * const tuned = compile(spec, js(), { schedules: schedulesFrom(tuning) });
 * tuned.run({ x: new Float32Array(2000).fill(1) }).y.data[0]; // => 21
 */
export function tune<Inputs extends Named = Record<never, never>>(spec: ProgramSpec<Inputs>, backend: Backend<'sync'>, options: TuneOptions<Inputs> = {}): Tuning {
  const { rounds = 9, milliseconds = 10_000, noise = 0.05, signal, machine = backend.name, clock = () => performance.now() } = options;
  const { program, space, fed, sizes } = createSubject(spec, backend, options);
  const bench = createWorkbench(backend, program, space, fed);
  const mayGoOn = (): boolean => {
    signal?.throwIfAborted();
    return true;
  };
  const deciding: Sampling = { clock, rounds, restore: bench.restore, mayGoOn };
  const named = program.nests.map((each): NamedNest => ({ ...each, canonical: canonicalNest(each.nest, { buffers: program.buffers, machine: backend.machine }) }));
  const nests = distinctNests(bench, named, deciding);
  const begin = clock();
  const isBefore = (part: number): boolean => mayGoOn() && clock() - begin < part * searching * milliseconds;
  const all = nests.reduce((sum, each) => sum + each.milliseconds, 0);
  const found = new Map<string, Found>();
  let until = 0;
  const reports = nests.map((each): NestReport => {
    each.prepare();
    until += all === 0 ? 1 / nests.length : each.milliseconds / all;
    const result = searchNest(bench, each, { ...deciding, mayGoOn: () => isBefore(until) }, { noise, deciding });
    found.set(each.canonical.key, result);
    return reportOf(each, result);
  });
  const ended = [...found.values()].every(({ isDone }) => isDone) ? 'done' : 'time spent';
  const better = nests.flatMap(({ canonical: { key, loops } }) => {
    const schedule = found.get(key)?.better;
    return schedule === undefined ? [] : [[key, renameSchedule(schedule, loops)] as const];
  });
  const schedules = new Map(better);
  const tuned = named.map(({ nest, schedule, canonical: { key, loops } }) => ({ nest, schedule: renamedBack(schedules.get(key), loops) ?? schedule }));
  const whole = measureWhole(bench, program.nests, schedules.size > 0 ? tuned : undefined, deciding);
  const isKept = whole.tuned <= whole.chosen * (1 + noise);
  return {
    version: 1,
    backend: backend.name,
    machine,
    schedules: isKept ? Object.fromEntries(schedules) : {},
    report: { milliseconds: whole, sizes: Object.fromEntries(sizes), rounds, ended, nests: reports },
  };
}
