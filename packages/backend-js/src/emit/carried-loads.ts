import { expressionsIn, operandsOf, walk, type Expression, type KeptLoads, type Loop, type LoopNest } from '@xcorr/compiler';
import { keyOf, loopVariable, minus, plus, substitute, termsOf, type Integer } from '@xcorr/graph';

export type Load = Extract<Expression, { readonly kind: 'load' }>;

/** A load, and the one that has in this iteration of a loop what it has in the next. */
export interface Carried {
  readonly load: Load;
  readonly next: Load;
}

/** More locals than these do not outlive an iteration, sums included: those that registers do not hold are loads again. */
const most = 48;

/** A loop of fewer iterations has hardly begun when it ends; so has what a blocked loop leaves over. */
const fewest = 8;
const isShort = ({ extent, variable }: Loop): boolean => (typeof extent === 'number' && extent < fewest) || variable.endsWith('_rest');

/** The buffers that a nest stores to. */
export function storedBuffers(nest: LoopNest): ReadonlySet<string> {
  return new Set(Array.from(walk(nest.body), ([each]) => (each.kind === 'store' ? each.buffer : '')));
}

/** The index of a load in another iteration of a loop. */
export function indexAt({ index }: Load, loop: Loop, iteration: Integer): Integer {
  return substitute(index, (variable) => (variable.role === 'loop' && variable.name === loop.variable ? iteration : undefined));
}

/** Enters the loads of an expression, but for those that are valid under conditions alone. */
function visitLoads(expression: Expression, enter: (load: Load) => void): void {
  if (expression.kind === 'load') enter(expression);
  else if (expression.kind !== 'guard') for (const operand of operandsOf(expression)) visitLoads(operand, enter);
}

/** The buffer and index of a load, less the number in it, as a key; and that number. */
function placeOf({ buffer, index }: Load): { readonly row: string; readonly offset: number } {
  let row = buffer;
  let offset = 0;
  for (const { coefficient, factors, key } of termsOf(index)) {
    if (factors.length === 0) offset = coefficient;
    else row += ` ${coefficient}:${key}`;
  }
  return { row, offset };
}

/** By how much the indices of a row grow from one iteration to the next; 0 where that is no number. */
function stepOf(row: ReadonlyMap<number, Load>, loop: Loop): number {
  const [load] = row.values();
  if (load === undefined) return 0;
  const step = minus(indexAt(load, loop, plus(loopVariable(loop.variable), 1)), load.index);
  return typeof step === 'number' ? step : 0;
}

/** What an innermost loop could keep for its next iteration, and the sums that it goes on with beside that. */
interface Sliding {
  readonly carried: readonly Carried[];
  readonly sums: number;
}

const nothing: Sliding = { carried: [], sums: 0 };

/**
 * The loads of an innermost loop that the iteration before has made already: a window keeps its rows while it slides along
 * them. Each stands before that whose value it takes over, so that they can be assigned one after the other.
 *
 * What is loaded from a buffer that the nest stores to, or may be no element of its buffer, is loaded each time.
 */
export function carriedLoads(loop: Loop, stored: ReadonlySet<string>): readonly Carried[] {
  const { carried, sums } = slidingLoads(loop, stored);
  return carried.length + sums > most ? [] : carried;
}

/** What the loops of a scheduled nest keep, for those who ask why it runs as it does. Of outermost loops threads take bands, which begin anywhere. */
export function keptLoads(nest: LoopNest): readonly KeptLoads[] {
  const stored = storedBuffers(nest);
  return Array.from(walk(nest.body)).flatMap(([loop, around]) => {
    if (loop.kind !== 'loop' || around.length === 0) return [];
    const { carried, sums } = slidingLoads(loop, stored);
    if (carried.length === 0) return [];
    const needed = Array.from(expressionsIn(loop.body)).filter(({ kind }) => kind === 'load').length;
    return [{ loops: [...around, loop], needed, again: carried.length, sums, most }];
  });
}

function slidingLoads(loop: Loop, stored: ReadonlySet<string>): Sliding {
  if (isShort(loop)) return nothing;
  /** Loads that differ by a number alone, by that number. */
  const rows = new Map<string, Map<number, Load>>();
  /** Sums that begin in each iteration, and those that it goes on with. */
  const [own, sums] = [new Set<string>(), new Set<string>()];
  const enter = (load: Load): void => {
    if (stored.has(load.buffer)) return;
    const { row, offset } = placeOf(load);
    const known = rows.get(row);
    if (known === undefined) rows.set(row, new Map([[offset, load]]));
    else known.set(offset, load);
  };
  for (const statement of loop.body) {
    if (statement.kind === 'loop') return nothing;
    if (statement.kind === 'accumulator') {
      own.add(statement.name);
      continue;
    }
    if (statement.kind === 'accumulate' && !own.has(statement.name)) sums.add(`${statement.name} ${keyOf(statement.element)}`);
    visitLoads(statement.value, enter);
  }
  const takenOver = new Map<Load, Load>();
  for (const row of rows.values()) {
    const step = row.size > 1 ? stepOf(row, loop) : 0;
    if (step === 0) continue;
    for (const [offset, load] of row) {
      const next = row.get(offset + step);
      if (next !== undefined) takenOver.set(load, next);
    }
  }
  // A chain begins with a load that no other takes over; indices grow along it, so that none is a circle.
  const others = new Set(takenOver.values());
  const carried: Carried[] = [];
  for (const first of takenOver.keys()) {
    if (others.has(first)) continue;
    for (let load = first, next = takenOver.get(load); next !== undefined; load = next, next = takenOver.get(load)) carried.push({ load, next });
  }
  return { carried, sums: sums.size };
}
