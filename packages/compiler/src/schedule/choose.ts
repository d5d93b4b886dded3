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

/** Loops around everything are written out up to this. */
const outermostIterations = 8;

/** Iterations below a loop, itself included, or undefined when one of them is not a number. */
function iterationsOf(loop: Loop): number | undefined {
  let most = 1;
  for (const each of loop.body) {
    if (each.kind !== 'loop') continue;
    const inner = iterationsOf(each);
    if (inner === undefined) return undefined;
    most = Math.max(most, inner);
  }
  // A middle tap beside a loop over pairs of taps counts as one of them.
  const beside = loop.body.some((each) => each.kind === 'loop') ? loop.body.filter((each) => each.kind === 'accumulate').length : 0;
  return typeof loop.extent === 'number' ? loop.extent * (most + beside) : undefined;
}

/** Whether a loop is written out, and by what that is decided. */
export interface Unrolling {
  readonly isUnrolled: boolean;
  /** It stands in a loop that is written out. */
  readonly isInside: boolean;
  /** Its iterations, with those of the loops inside; undefined when one of them is not a number. */
  readonly iterations: number | undefined;
  /** The most that are written out. */
  readonly most: number;
}

/** What is decided of each loop, outer before inner: those of few results or taps, inside others or short ones on their own, are written out; the taps then stand in locals. */
function weighUnrolling(nest: LoopNest): ReadonlyMap<string, Unrolling> {
  const weighed = new Map<string, Unrolling>();
  for (const [loop, around] of walk(nest.body)) {
    if (loop.kind !== 'loop') continue;
    const isInside = around.some(({ variable }) => weighed.get(variable)?.isUnrolled);
    const iterations = iterationsOf(loop);
    const isCopy = loop.role === 'parallel' && [...walk([loop])].every(([each]) => each.kind !== 'loop' || each.role === 'parallel') && around.every(({ role }) => role === 'parallel');
    const isInner = around.length > 0 || (typeof loop.extent === 'number' && loop.extent <= outermostIterations);
    const most = isCopy ? copiedIterations : unrolledIterations;
    weighed.set(loop.variable, { isUnrolled: isInside || (isInner && iterations !== undefined && iterations <= most), isInside, iterations, most: isInner ? most : outermostIterations });
  }
  return weighed;
}

/** The loops around a body, each the only loop of the one outside it. */
export function spine(nest: LoopNest, unrolled: ReadonlySet<string>): { readonly loops: readonly Loop[]; readonly body: readonly Statement[] } {
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
export function resultsTogether(written: number): number {
  if (written <= 4) return 8;
  return written <= 12 ? 6 : 4;
}

/** A block has at most so many rows or columns. */
const longestSide = 4;

/** A block of results that fits the registers, and the elements that each result of it has to have loaded. */
export interface Candidate {
  readonly block: Block;
  readonly loads: number;
}

/** The block where there is no choice: without rows, and where loops over taps stay. */
export function onlyBlock(row: Loop | undefined, written: number, loops: boolean): Block | undefined {
  if (loops) return [1, longestSide];
  return row === undefined ? [1, Math.min(longestSide, resultsTogether(written))] : undefined;
}

/** The blocks of rows and columns that fit the registers, those with more columns first. */
export function blockCandidates(body: readonly Statement[], around: readonly [Loop | undefined, Loop], written: number): readonly Candidate[] {
  const loads = loadCounter(body, around);
  const sides = Array.from({ length: longestSide }, (_, index) => index + 1);
  const blocks = sides.toReversed().flatMap((columns) => sides.map((rows): Block => [rows, columns]));
  return blocks.filter(([rows, columns]) => rows * columns <= resultsTogether(written)).map((block) => ({ block, loads: loads(block) }));
}

/**
 * The block of results that are computed together, of those that fit the registers: the one that loads least for each
 * result, since what is loaded for one serves its neighbours. Of equal ones the largest, and that with more columns.
 */
export function chooseBlock(body: readonly Statement[], around: readonly [Loop | undefined, Loop], written: number, loops: boolean): Block {
  const results = ([rows, columns]: Block): number => rows * columns;
  const better = (a: Candidate, b: Candidate): Candidate => (b.loads < a.loads || (b.loads === a.loads && results(b.block) > results(a.block)) ? b : a);
  return onlyBlock(around[0], written, loops) ?? blockCandidates(body, around, written).reduce(better).block;
}

/** Registers that a pass over data needs beside its sums. */
export const registersBeside = 4;

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
export const blockedIterations = 16;

/** Channels of results that are computed together where a loop over other channels stays. */
const channelsTogether = 4;

/** What is decided of a nest, with what it is decided by. */
export interface Decisions {
  readonly unrolling: ReadonlyMap<string, Unrolling>;
  readonly peels: readonly Peel[];
  /** The loops over results around a body, outer before inner. */
  readonly loops: readonly Loop[];
  readonly body: readonly Statement[];
  /** The taps of a result that are written out, and whether a loop over more stays. */
  readonly written: number;
  readonly stays: boolean;
  /** True when a condition is left around sums: nothing is then computed together. */
  readonly guarded: boolean;
  /** Loops whose results are all computed together, by each pass over the data; there are then no blocks. */
  readonly few: readonly string[];
  /** Neighbours that are computed together along some loops, the innermost first, unless a loop is too short. */
  readonly blocks: readonly { readonly loop: Loop; readonly factor: number; readonly isLong: boolean }[];
}

/** Weighs how a nest is to run on a scalar machine with a handful of registers. */
export function weigh(nest: LoopNest, machine: Machine): Decisions {
  const unrolling = weighUnrolling(nest);
  const unrolled = new Set([...unrolling].flatMap(([loop, { isUnrolled }]) => (isUnrolled ? [loop] : [])));
  const peels = choosePeels(nest, unrolled);
  const { loops, body } = spine(nest, unrolled);
  const { written, loops: stays } = taps(body, unrolled);
  const sums = written > 0 || stays;
  const guarded = sums && isGuarded(nest, peels);
  const few = stays && !guarded ? fewResults(loops, machine) : [];
  const inner = sums && !guarded && few.length === 0 ? [...loops].reverse().slice(0, 3) : [];
  const [column, row] = inner;
  const [rows, columns] = column === undefined ? [1, 1] : chooseBlock(body, [row, column], written, stays);
  const factors = [columns, rows, stays ? channelsTogether : 1];
  const blocks = inner.map((loop, position) => ({ loop, factor: factors[position] ?? 1, isLong: nominal(loop.extent) >= blockedIterations }));
  return { unrolling, peels, loops, body, written, stays, guarded, few, blocks };
}

/**
 * The schedule of a nest for a scalar machine with a handful of registers: innermost loops of few iterations are
 * unrolled, so that taps stand in locals; of the loops around sums without conditions, the two innermost are blocked,
 * and the one outside them, over output channels, where a loop over input channels stays.
 */
export function chooseSchedule(nest: LoopNest, machine: Machine): Schedule {
  const { unrolling, peels, few, blocks } = weigh(nest, machine);
  const unrolled = [...[...unrolling].flatMap(([loop, { isUnrolled }]) => (isUnrolled ? [loop] : [])), ...few];
  return [
    ...peels,
    ...unrolled.map((loop): Directive => ({ kind: 'unroll', loop })),
    ...blocks.flatMap(({ loop, factor, isLong }): readonly Directive[] => (factor > 1 && isLong ? [{ kind: 'block', loop: loop.variable, factor }] : [])),
  ];
}
