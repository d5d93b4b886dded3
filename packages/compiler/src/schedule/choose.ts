import type { Machine } from '../backend.ts';
import { createExpressions } from '../expression.ts';
import { nominal } from '../lower/ranges.ts';
import { expressionsIn, walk, type Loop, type LoopNest, type Statement } from '../nest.ts';
import { loadCounter, type Block } from './block-cost.ts';
import { choosePeels } from './choose-peels.ts';
import { middleOf } from './peel.ts';
import type { Directive, Peel, Schedule } from './schedule.ts';

/** Loops of at most this many iterations, all levels of unrolling together, are written out. */
const unrolledIterations = 64;

/** Loops without sums are written out up to this: there is no tap to keep. */
const copiedIterations = 8;

/** Iterations below a loop, itself included, or undefined when one of them is not a number. */
function iterationsOf(loop: Loop): number | undefined {
  let most = 1;
  for (const each of loop.body) {
    if (each.kind !== 'loop') continue;
    const inner = iterationsOf(each);
    if (inner === undefined) return undefined;
    most = Math.max(most, inner);
  }
  return typeof loop.extent === 'number' ? loop.extent * most : undefined;
}

/** Loops of few results or taps, inside others or short ones on their own: the taps then stand in locals. */
function unrolledLoops(nest: LoopNest): ReadonlySet<string> {
  const unrolled = new Set<string>();
  for (const [statement, around] of walk(nest.body)) {
    if (statement.kind !== 'loop') continue;
    const inside = around.some((loop) => unrolled.has(loop.variable));
    const iterations = iterationsOf(statement);
    const isCopy = statement.role === 'parallel' && [...walk([statement])].every(([each]) => each.kind !== 'loop' || each.role === 'parallel') && around.every((loop) => loop.role === 'parallel');
    const isInner = around.length > 0 || (typeof statement.extent === 'number' && statement.extent <= 8);
    if (inside || (iterations !== undefined && iterations <= (isCopy ? copiedIterations : unrolledIterations) && isInner)) unrolled.add(statement.variable);
  }
  return unrolled;
}

/** The loops around a body, each the only loop of the one outside it. */
function spine(nest: LoopNest, unrolled: ReadonlySet<string>): { readonly loops: readonly Loop[]; readonly body: readonly Statement[] } {
  const loops: Loop[] = [];
  let body = nest.body;
  for (;;) {
    const inner = body.filter((each) => each.kind === 'loop');
    const [only, another] = inner;
    if (only === undefined || another !== undefined || body.length > 1 || only.role !== 'parallel' || unrolled.has(only.variable)) return { loops, body };
    loops.push(only);
    body = only.body;
  }
}

/** True when a condition is left between the first and the last iterations of the peeled loops. */
function isGuarded(nest: LoopNest, peels: readonly Peel[]): boolean {
  const make = createExpressions();
  const peeled = peels.length === 0 ? nest.body : middleOf(nest.body, new Map(peels.map((peel) => [peel.loop, peel])), make);
  return [...expressionsIn(peeled)].some((each) => each.kind === 'guard');
}

/** The iterations that are written out in a body, and whether a loop over more stays. */
function taps(body: readonly Statement[], unrolled: ReadonlySet<string>): { readonly written: number; readonly loops: boolean } {
  let written = 0;
  let loops = false;
  for (const each of body) {
    if (each.kind !== 'loop') continue;
    const inner = taps(each.body, unrolled);
    const own = unrolled.has(each.variable) && typeof each.extent === 'number' ? each.extent : 1;
    written += own * Math.max(1, inner.written);
    loops ||= inner.loops || !unrolled.has(each.variable);
  }
  return { written, loops };
}

/** How many results are computed together, by the taps of each: with more, the values in flight leave the registers. Measured in V8 on filters of 1 x 2 to 15 x 15. */
function resultsTogether(written: number): number {
  if (written <= 4) return 8;
  return written <= 12 ? 6 : 4;
}

/** A block has at most so many rows or columns. */
const longestSide = 4;

/**
 * The block of results that are computed together, of those that fit the registers: the one that loads least for each
 * result, since what is loaded for one serves its neighbours. Of equal ones the largest, and that with more columns.
 */
export function chooseBlock(body: readonly Statement[], [row, column]: readonly [Loop | undefined, Loop], written: number, loops: boolean): Block {
  let best: Block = [1, loops ? longestSide : Math.min(longestSide, resultsTogether(written))];
  if (loops || row === undefined) return best;
  const loadsPerResult = loadCounter(body, [row, column]);
  let least = loadsPerResult(best);
  for (let columns = longestSide; columns > 0; columns--)
    for (let rows = 1; rows <= longestSide; rows++) {
      if (rows * columns > resultsTogether(written)) continue;
      const loads = loadsPerResult([rows, columns]);
      if (loads < least || (loads === least && rows * columns > best[0] * best[1])) [best, least] = [[rows, columns], loads];
    }
  return best;
}

/** Registers that a pass over data needs beside its sums. */
const registersBeside = 4;

/** The innermost of some loops whose results fit the registers together: each pass over the data then serves all of them. */
function fewResults(loops: readonly Loop[], { registers }: Machine): readonly string[] {
  const few: string[] = [];
  let results = 1;
  for (const loop of [...loops].reverse()) {
    results *= nominal(loop.extent);
    if (results > registers - registersBeside) break;
    few.push(loop.variable);
  }
  return few;
}

/** A block is worth its code when the loop runs at least this often. */
const blockedIterations = 16;

/**
 * The schedule of a nest for a scalar machine with a handful of registers: innermost loops of few iterations are
 * unrolled, so that taps stand in locals; of the loops around sums without conditions, the two innermost are blocked,
 * and the one outside them, over output channels, where a loop over input channels stays.
 */
export function chooseSchedule(nest: LoopNest, machine: Machine): Schedule {
  const unrolled = unrolledLoops(nest);
  const peels = choosePeels(nest, unrolled);
  const schedule: Directive[] = [...peels, ...[...unrolled].map((loop): Directive => ({ kind: 'unroll', loop }))];
  const { loops, body } = spine(nest, unrolled);
  const { written, loops: stays } = taps(body, unrolled);
  if (written + Number(stays) === 0 || isGuarded(nest, peels)) return schedule;
  const few = stays ? fewResults(loops, machine) : [];
  if (few.length > 0) return [...schedule, ...few.map((loop): Directive => ({ kind: 'unroll', loop }))];
  const [column, row] = [...loops].reverse();
  const [rows, columns] = column === undefined ? [1, 1] : chooseBlock(body, [row, column], written, stays);
  const channels = stays ? 4 : 1;
  const factors = [columns, rows, channels];
  [...loops].reverse().slice(0, 3).forEach((loop, position) => {
    const factor = factors[position] ?? 1;
    if (factor > 1 && nominal(loop.extent) >= blockedIterations) schedule.push({ kind: 'block', loop: loop.variable, factor });
  });
  return schedule;
}
