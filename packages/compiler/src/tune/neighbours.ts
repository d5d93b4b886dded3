import { nominal } from '../lower/ranges.ts';
import { walk, type Loop, type LoopNest } from '../nest.ts';
import { spine } from '../schedule/choose.ts';
import type { Directive, Schedule } from '../schedule/schedule.ts';
import { statementsWritten } from './fit.ts';

/** The factors of blocks that are tried, 1 for none. */
const factors = [1, 2, 3, 4, 6, 8];

/** Loops of at most this many iterations are tried written out. */
const triedIterations = 64;

/** Statements that a neighbour may write out, or twice as many as the schedule that it is a neighbour of. */
const triedStatements = 2048;

const isOf = (loop: string, directive: Directive): boolean => directive.kind !== 'peel' && directive.loop === loop;

/** The schedule with this said of a loop beside its peeling, or nothing. */
function saying(schedule: Schedule, loop: string, directive: Directive | undefined): Schedule {
  return [...schedule.filter((each) => !isOf(loop, each)), ...(directive === undefined ? [] : [directive])];
}

function blockedBy(schedule: Schedule, loop: string, factor: number): Schedule {
  return saying(schedule, loop, factor === 1 ? undefined : { kind: 'block', loop, factor });
}

function factorOf(schedule: Schedule, loop: string): number {
  const own = schedule.find((each) => isOf(loop, each));
  return own?.kind === 'block' ? own.factor : 1;
}

/** A factor and those beside it, as far as the loop runs. */
function near(schedule: Schedule, { variable, extent }: Loop): readonly number[] {
  const own = factorOf(schedule, variable);
  const lower = factors.filter((factor) => factor < own).slice(-1);
  const higher = factors.filter((factor) => factor > own && factor <= nominal(extent)).slice(0, 1);
  return [own, ...lower, ...higher];
}

/** Blocks beside those of a schedule: of the two innermost loops over results together, and of the one outside them. */
function blocksBeside(nest: LoopNest, schedule: Schedule): readonly Schedule[] {
  const unrolled = new Set(schedule.flatMap((each) => (each.kind === 'unroll' ? [each.loop] : [])));
  const [column, row, outer] = [...spine(nest, unrolled).loops].reverse();
  if (column === undefined) return [];
  const columns = near(schedule, column).map((factor) => blockedBy(schedule, column.variable, factor));
  const blocks = row === undefined ? columns : columns.flatMap((each) => near(schedule, row).map((factor) => blockedBy(each, row.variable, factor)));
  return outer === undefined ? blocks : [...blocks, ...near(schedule, outer).map((factor) => blockedBy(schedule, outer.variable, factor))];
}

/** Each loop of few iterations the other way: written out where it is a loop, a loop where it is written out. */
function unrollingsBeside(nest: LoopNest, schedule: Schedule): readonly Schedule[] {
  return [...walk(nest.body)].flatMap(([loop]) => {
    if (loop.kind !== 'loop' || typeof loop.extent !== 'number' || loop.extent > triedIterations) return [];
    const isUnrolled = schedule.some((each) => each.kind === 'unroll' && each.loop === loop.variable);
    return [saying(schedule, loop.variable, isUnrolled ? undefined : { kind: 'unroll', loop: loop.variable })];
  });
}

/** Two schedules are one where they say the same, in whatever order. */
export function scheduleKey(schedule: Schedule): string {
  return schedule.map((each) => JSON.stringify(each)).sort().join();
}

/**
 * The schedules one step away: factors of blocks a step up or down, loops of few iterations written out or not, no peeling.
 * Each fits the nest and is another one.
 */
export function neighboursOf(nest: LoopNest, schedule: Schedule): readonly Schedule[] {
  const whole = schedule.filter(({ kind }) => kind !== 'peel');
  const most = Math.max(triedStatements, 2 * statementsWritten(nest.body, schedule));
  const seen = new Set([scheduleKey(schedule)]);
  return [...blocksBeside(nest, schedule), ...unrollingsBeside(nest, schedule), whole].filter((each) => {
    const key = scheduleKey(each);
    if (seen.has(key) || statementsWritten(nest.body, each) > most) return false;
    seen.add(key);
    return true;
  });
}
