import { loopVariable, plus, times, type Integer } from '@xcorr/graph';
import type { Expressions } from '../expression.ts';
import { expressionsIn, walk, type Accumulate, type Accumulator, type Loop, type LoopNest, type Statement } from '../nest.ts';
import type { Buffer } from '../program.ts';
import { rewriteStatements } from '../schedule/replicate.ts';
import type { Lowered } from './lower.ts';
import type { Names } from './names.ts';
import { chainTo, countOf, divide, isCounted, type CountedLoop } from './sum-chain.ts';
import { sumInTwoLevels } from './two-level-sums.ts';

/** A sum that is taken in a nest: its accumulator, the loops it is gathered in, and the loops around them, all of numbers. */
interface Sum {
  readonly accumulator: Accumulator;
  /** Outer before inner, each the only loop that gathers inside the one before it. */
  readonly gathering: readonly CountedLoop[];
  readonly accumulate: Accumulate;
  readonly around: readonly CountedLoop[];
}

/** The first sum of a body that is longer than a thread may take, looked for inside loops over elements, not inside sums. */
function findLongSum(body: readonly Statement[], longest: number, around: readonly CountedLoop[] = []): Sum | undefined {
  for (const [position, accumulator] of body.entries()) {
    if (accumulator.kind === 'loop' && accumulator.role === 'parallel' && isCounted(accumulator)) {
      const found = findLongSum(accumulator.body, longest, [...around, accumulator]);
      if (found !== undefined) return found;
    }
    if (accumulator.kind !== 'accumulator') continue;
    for (const each of body.slice(position + 1)) {
      const chain = each.kind === 'loop' ? chainTo(accumulator.name, each) : undefined;
      if (chain !== undefined && countOf(chain.loops) > longest) return { accumulator, gathering: chain.loops, accumulate: chain.accumulate, around };
    }
  }
  return undefined;
}

/** The accumulators that some statements read. */
function accumulatorsRead(body: readonly Statement[]): ReadonlySet<string> {
  return new Set([...expressionsIn(body)].flatMap((each) => (each.kind === 'accumulator' ? [each.name] : [])));
}

/** The accumulators that a statement declares or gathers into. */
function accumulatorsMade(statement: Statement): readonly string[] {
  return [...walk([statement])].flatMap(([each]) => (each.kind === 'accumulator' || each.kind === 'accumulate' ? [each.name] : []));
}

/** The statements before a loop, at its level and around it, that are needed to know what some others read, in order. */
function neededBefore(body: readonly Statement[], loop: Loop, readers: readonly Statement[]): readonly Statement[] {
  const before: Statement[] = [];
  const descend = (level: readonly Statement[]): boolean =>
    level.some((each) => {
      if (each === loop || (each.kind === 'loop' && each.role === 'parallel' && descend(each.body))) return true;
      before.push(each);
      return false;
    });
  descend(body);
  const needed: Statement[] = [];
  for (const each of before.reverse()) {
    const read = accumulatorsRead([...needed, ...readers]);
    if (accumulatorsMade(each).some((name) => read.has(name))) needed.push(each);
  }
  return needed.reverse();
}

/** Row-major places of some loops' iterations. */
function placeOf(loops: readonly CountedLoop[]): Integer {
  return loops.reduce<Integer>((index, { variable, extent }) => plus(times(index, extent), loopVariable(variable)), 0);
}

/**
 * Takes every sum of more than `longest` terms in bands, each summed by a nest of its own:
 *
 *   s = sum over r < R, q < Q of t(r, q)  ->  partial[r] = sum over q < Q of t(r, q);  s = sum over r < R of partial[r]
 *
 * and again while what is left is too long. The bands depend on the extents alone: the same program, the same bits.
 */
export function splitSums({ buffers, nests }: Lowered, longest: number, names: Names, make: Expressions): Lowered {
  const partials: Buffer[] = [];
  const split = (nest: LoopNest): readonly LoopNest[] => {
    const found = findLongSum(nest.body, longest);
    if (found === undefined) return [nest];
    const { accumulator, gathering, accumulate, around } = found;
    const { initial } = accumulator;
    const { outer, cut } = divide(gathering, longest);
    const counted = (variable: string, extent: number): CountedLoop => ({ kind: 'loop', variable, extent, role: 'reduce', body: [] });
    const bands = [...outer, ...(cut === undefined ? [] : [counted(names.reduction(), Math.ceil(cut.loop.extent / cut.length))])];
    const buffer = names.buffer();
    // In one nest these loops are around the sum, in the next others of the same extents take its bands.
    const rows = around.map(({ extent }) => counted(names.loop(), extent));
    const columns = bands.map(({ extent }) => counted(names.loop(), extent));
    const shape = [...around, ...bands].map(({ extent }) => extent);
    // Backends with a thread for each element have no doubles.
    partials.push({ id: buffer, role: 'temporary', shape, storage: 'float32', label: '' });

    const within = gathering.slice(outer.length);
    const inner = cut === undefined ? within : [counted(names.reduction(), cut.length), ...within.slice(1)];
    const lastBand = columns.at(-1);
    const firstInner = inner[0];
    const place = cut === undefined || lastBand === undefined || firstInner === undefined ? undefined : plus(times(loopVariable(lastBand.variable), cut.length), loopVariable(firstInner.variable));
    const replaced = new Map<string, Integer>([
      ...around.map(({ variable }, at) => [variable, loopVariable(rows[at]?.variable ?? variable)] as const),
      ...outer.map(({ variable }, at) => [variable, loopVariable(columns[at]?.variable ?? variable)] as const),
      ...(cut === undefined || place === undefined ? [] : [[cut.loop.variable, place] as const]),
    ]);
    const partial: Accumulator = { ...accumulator, name: names.accumulator() };
    // Beyond the end of the axis the last band has nothing to add.
    const isWhole = cut === undefined || place === undefined || cut.loop.extent % cut.length === 0;
    const term: Accumulate = {
      ...accumulate,
      value: isWhole ? accumulate.value : make.guard([{ kind: 'inside', index: loopVariable(cut.loop.variable), extent: cut.loop.extent }], accumulate.value, make.constant(initial)),
    };
    /** What stands in one of the gathering loops: of those that count bands the body alone is left. */
    const bodyFrom = (at: number): readonly Statement[] => {
      const loop = inner[at - outer.length];
      const body = (gathering[at]?.body ?? []).flatMap((each) => (each === gathering[at + 1] ? bodyFrom(at + 1) : [each === accumulate ? term : each]));
      return loop === undefined ? body : [{ ...loop, body }];
    };
    const stored: Statement = { kind: 'store', buffer, index: placeOf([...rows, ...columns]), value: make.accumulator(partial.name, 0) };
    const rename = (name: string): string => (name === accumulator.name ? partial.name : name);
    const first = gathering[0];
    const summed = bodyFrom(0);
    const needed = first === undefined ? [] : neededBefore(nest.body, first, summed);
    const renamed = rewriteStatements([...needed, ...summed], make, {
      variable: (variable) => (variable.role === 'loop' ? replaced.get(variable.name) : undefined),
      accumulator: rename,
    });
    const nestOfPartials: LoopNest = {
      name: `${nest.name}_${buffer}`,
      body: [...rows, ...columns].reduceRight<readonly Statement[]>((body, loop) => [{ ...loop, role: 'parallel', body }], [partial, ...renamed, stored]),
    };

    const fresh = bands.map(({ extent }) => counted(names.reduction(), extent));
    const gathered: Accumulate = { ...accumulate, value: make.load(buffer, placeOf([...around, ...fresh])) };
    const together = fresh.reduceRight<readonly Statement[]>((body, loop) => [{ ...loop, body }], [gathered]);
    const rest = (body: readonly Statement[]): readonly Statement[] => body.flatMap((each) => (each === first ? together : each.kind === 'loop' ? [{ ...each, body: rest(each.body) }] : [each]));
    return [...split(nestOfPartials), ...split({ ...nest, body: rest(nest.body) })];
  };
  const all = nests.flatMap(split).map((nest) => ({ ...nest, body: sumInTwoLevels(nest.body, names, make) }));
  return { buffers: [...buffers, ...partials], nests: all };
}
