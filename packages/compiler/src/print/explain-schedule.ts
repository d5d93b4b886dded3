import { minus, printInteger } from '@xcorr/graph';
import type { KeptLoads, Machine } from '../backend.ts';
import { nominal } from '../lower/ranges.ts';
import { walk, type Loop, type LoopNest } from '../nest.ts';
import type { Block } from '../schedule/block-cost.ts';
import { blockCandidates, blockedIterations, onlyBlock, registersBeside, resultsTogether, weigh, type Decisions, type Unrolling } from '../schedule/choose.ts';
import { iterations, unrolledTaps } from '../schedule/choose-thread.ts';

/**
 * Why `chooseSchedule`, or `chooseThreadSchedule` where each element has a thread, gives a nest the schedule that it does,
 * and what it leaves as it is: a line a reason. The reasons are what the choice itself is made of.
 */
export function explainSchedule(nest: LoopNest, machine: Machine): readonly string[] {
  if (machine.elementThreads !== undefined) return explainThread(nest);
  const decisions = weigh(nest, machine);
  const loops = new Map(loopsOf(nest).map((loop) => [loop.variable, loop]));
  const peels = decisions.peels.map(({ loop, low, high }) => explainPeel(loops.get(loop), low, high));
  const unrolling = [...decisions.unrolling].map(([variable, each]) => explainUnrolling(variable, loops.get(variable), each));
  return [...peels, ...unrolling, ...explainTogether(decisions, machine)];
}

function loopsOf(nest: LoopNest): readonly Loop[] {
  return [...walk(nest.body)].flatMap(([statement]) => (statement.kind === 'loop' ? [statement] : []));
}

const extentOf = (loop: Loop | undefined): string => printInteger(loop?.extent ?? 0);

function explainPeel(loop: Loop | undefined, low: number, high: number): string {
  const left = loop === undefined ? 0 : minus(loop.extent, low + high);
  return `peel ${loop?.variable ?? ''}: a condition on an index may fail in the first ${low} and the last ${high} iterations alone; the ${printInteger(left)} between them, of ${extentOf(loop)}, do not ask`;
}

function explainUnrolling(variable: string, loop: Loop | undefined, { isUnrolled, isInside, iterations: count, most }: Unrolling): string {
  if (isInside) return `unroll ${variable}: it stands in a loop that is written out`;
  if (count === undefined) return typeof loop?.extent === 'number' ? `${variable} stays: a loop inside runs as often as a named size says` : `${variable} stays: it runs ${extentOf(loop)} times, which is no number`;
  return isUnrolled
    ? `unroll ${variable}: ${counted(count, 'iteration')}, with those of the loops inside, of at most ${most} that are written out`
    : `${variable} stays: ${counted(count, 'iteration')}, with those of the loops inside, are more than the ${most} that are written out`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function explainTogether(decisions: Decisions, machine: Machine): readonly string[] {
  const { written, stays, guarded, few, blocks } = decisions;
  if (written === 0 && !stays) return ['no block: there is no sum around which loops over results stay, so neighbours would share no tap'];
  if (guarded) return ['no block: conditions on an index are left in the loops, and would be asked for each result apart'];
  if (few.length > 0) return [`unroll ${few.join(', ')}: these results fit ${machine.registers} registers, ${registersBeside} of them kept for other values, so each pass over the data serves all`];
  if (blocks.length === 0) return ['no block: no loop over results stays around the sums'];
  const each = blocks.flatMap(({ loop, factor, isLong }) => (factor === 1 ? [] : [isLong ? `block ${loop.variable}: ${factor} neighbours together` : tooShort(loop, factor)]));
  return [...each, ...explainBlock(decisions)];
}

function tooShort(loop: Loop, factor: number): string {
  return `no block of ${loop.variable}, which would be by ${factor}: it runs ${nominal(loop.extent)} times, and a block is worth its code from ${blockedIterations} on`;
}

const size = ([rows, columns]: Block): string => `${rows} x ${columns}`;

/** Whole, or to two decimals. */
const brief = (value: number): string => String(Math.round(value * 100) / 100);

/** What each block that fits the registers loads for a result, and why there are no larger ones. */
function explainBlock({ loops, body, written, stays }: Decisions): readonly string[] {
  const [column, row] = [...loops].reverse();
  if (column === undefined) return [];
  const limit = `more than ${resultsTogether(written)} results of ${counted(written, 'tap')} together leave the registers`;
  const only = onlyBlock(row, written, stays);
  if (only !== undefined) return [stays ? `  a loop over taps stays inside: ${size(only)} results, and few of the loop outside them, share what each of its iterations loads` : `  there are no rows; ${limit}`];
  const candidates = blockCandidates(body, [row, column], written).toSorted((a, b) => a.loads - b.loads);
  return [`  rows x columns, with the elements loaded for each result: ${candidates.map(({ block, loads }) => `${size(block)} ${brief(loads)}`).join(', ')}`, `  ${limit}`];
}

/** What stays in locals while the innermost loops of a scheduled nest run, where the machine keeps anything: a line a loop. */
export function explainKept(scheduled: LoopNest, { keptLoads }: Machine): readonly string[] {
  return keptLoads?.(scheduled).map(explainLoads) ?? [];
}

function explainLoads({ loops, needed, again, sums, most }: KeptLoads): string {
  const name = loops.map(({ variable }) => variable).reverse().join(' in ');
  const beside = sums === 0 ? '' : ` and ${counted(sums, 'sum')}`;
  if (again + sums > most) return `${name} keeps nothing: ${counted(again, 'element')}${beside} that its next iteration needs again are more than the ${most} locals that outlive one`;
  const results = loops.at(-1)?.body.filter(({ kind }) => kind === 'store').length ?? 0;
  const each = results === 0 ? '' : `, ${brief((needed - again) / results)} for each result`;
  return `${name} keeps ${counted(again, 'element')} in locals, which its next iteration needs again: of ${needed} it loads ${needed - again} anew${each}`;
}

function explainThread(nest: LoopNest): readonly string[] {
  const sums = loopsOf(nest).filter(({ role }) => role === 'reduce');
  if (sums.length === 0) return ['a thread for each element; there is no sum to write out'];
  return sums.map((loop) => {
    const taps = iterations(loop);
    if (taps === undefined) return `${loop.variable} stays: how often it and the loops inside run is no number`;
    if (taps > unrolledTaps) return `${loop.variable} stays: ${taps} taps are more than the ${unrolledTaps} that a thread takes without a loop`;
    return `unroll ${loop.variable}: ${counted(taps, 'tap')}, of at most ${unrolledTaps} that a thread takes without a loop`;
  });
}
