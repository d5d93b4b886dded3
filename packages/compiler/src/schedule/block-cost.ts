import { loopVariable, minus, substitute, variablesOf, type Integer } from '@xcorr/graph';
import { expressionsIn, walk, type Loop, type Statement } from '../nest.ts';
import { nominal } from '../lower/ranges.ts';

/** Rows and columns of results that are computed together. */
export type Block = readonly [rows: number, columns: number];

/** What a load's index grows by with each iteration of some loops, as a number: sizes are taken at what they usually are. */
function steps(index: Integer, loops: readonly Loop[]): readonly number[] {
  return loops.map(({ variable }) => {
    const next = substitute(index, (each) => (each.role === 'loop' && each.name === variable ? minus(loopVariable(variable), -1) : undefined));
    const step = minus(next, index);
    // An index that does not grow evenly is shared by nobody.
    return variablesOf(step).some((each) => each.role === 'loop') ? Number.NaN : nominal(step, nominalSize);
  });
}

/** A size that nobody knows: none that steps of windows are multiples of. */
const nominalSize = 1021;

/**
 * Tells of a block how many elements each of its results needs to have loaded, when what is loaded for one result serves
 * its neighbours.
 *
 * @param body  what the two loops stand around; its loops over taps are written out
 */
export function loadCounter(body: readonly Statement[], [row, column]: readonly [Loop | undefined, Loop]): (block: Block) => number {
  const taps = [...walk(body)].flatMap(([statement]) => (statement.kind === 'loop' ? [statement] : []));
  const around = row === undefined ? [column] : [column, row];
  const loads = [...expressionsIn(body)].flatMap((each) => {
    if (each.kind !== 'load') return [];
    const by = steps(each.index, [...around, ...taps]);
    // What no result of the block changes stands in registers.
    return by.slice(0, around.length).some((step) => step !== 0) ? [by] : [];
  });
  const tapExtents = taps.map(({ extent }) => nominal(extent));
  return ([rows, columns]) => {
    const extents = [columns, ...(row === undefined ? [] : [rows]), ...tapExtents];
    return loads.reduce((sum, by) => sum + places(by, extents), 0) / (rows * columns);
  };
}

/** How many places a load goes to, all iterations together. */
function places(by: readonly number[], extents: readonly number[]): number {
  let found = new Set([0]);
  by.forEach((step, at) => {
    if (step === 0) return;
    const next = new Set<number>();
    for (const place of found) for (let iteration = 0; iteration < (extents[at] ?? 1); iteration++) next.add(Number.isNaN(step) ? next.size : place + step * iteration);
    found = next;
  });
  return found.size;
}

/** How many elements each result of a block needs to have loaded. */
export function loadsPerResult(body: readonly Statement[], loops: readonly [Loop | undefined, Loop], block: Block): number {
  return loadCounter(body, loops)(block);
}
