import type { TypedArray } from '@xcorr/graph';
import type { ScheduledNest } from '../program.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { interleavedMedians, type Sampling } from './measure.ts';
import { neighboursOf, scheduleKey } from './neighbours.ts';
import type { Timings } from './tuning.ts';
import { isSame, type Workbench } from './workbench.ts';

/** What was found of a nest. */
export interface Found {
  /** Better than the chosen schedule by more than noise; undefined where none is. */
  readonly better: Schedule | undefined;
  readonly milliseconds: Timings;
  readonly tried: number;
  readonly differed: number;
  /** False when time ended the search. */
  readonly isDone: boolean;
}

/** How much less time a schedule must take to count as better. */
export interface Bar {
  readonly noise: number;
  /** Of what decides: it is taken whether or not the search has time left. */
  readonly deciding: Sampling;
}

interface Contender {
  readonly schedule: Schedule;
  readonly run: () => void;
}

/**
 * Climbs from the chosen schedule to the best neighbour while one is better by more than noise. What is found in the end
 * is measured beside the chosen one once more: the best of many looks better than it is.
 */
export function searchNest(bench: Workbench, { nest, schedule: chosen }: ScheduledNest, sampling: Sampling, { noise, deciding }: Bar): Found {
  const contender = (schedule: Schedule): Contender => ({ schedule, run: bench.load([{ nest, schedule }]) });
  const first = contender(chosen);
  const wanted: readonly TypedArray[] = bench.resultsOf(nest, first.run);
  const seen = new Set([scheduleKey(chosen)]);
  let differed = 0;
  let best = first;
  let isDone = false;
  while (!isDone && sampling.mayGoOn()) {
    const fresh = neighboursOf(nest, best.schedule).filter((schedule) => !seen.has(scheduleKey(schedule)));
    for (const schedule of fresh) seen.add(scheduleKey(schedule));
    const all = fresh.map(contender);
    const others = all.filter(({ run }) => isSame(wanted, bench.resultsOf(nest, run)));
    differed += all.length - others.length;
    const medians = interleavedMedians([best.run, ...others.map(({ run }) => run)], sampling);
    if (medians === undefined) break;
    const [own = 0, ...theirs] = medians;
    const least = Math.min(...theirs);
    const next = others[theirs.indexOf(least)];
    isDone = next === undefined || !(least < own * (1 - noise));
    best = isDone ? best : (next ?? best);
  }
  const [before = 0, after = before] = interleavedMedians(best === first ? [first.run] : [first.run, best.run], deciding) ?? [];
  const isBetter = best !== first && after < before * (1 - noise);
  return { better: isBetter ? best.schedule : undefined, milliseconds: { chosen: before, tuned: isBetter ? after : before }, tried: seen.size, differed, isDone };
}
