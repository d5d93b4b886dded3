import { input, loopVariable, plus, times, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomFeeds, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { seeded } from '../../testing/seeded.ts';
import { compile } from '../compile.ts';
import { createExpressions } from '../expression.ts';
import { walk, type Loop, type LoopNest, type LoopRole, type Statement } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';
import { applySchedule } from './apply.ts';
import type { Directive, Schedule } from './schedule.ts';

const make = createExpressions();
const i = loopVariable('i');
const j = loopVariable('j');
const r = loopVariable('r');
const [H = 0] = input('x', ['H']).shape;

function loop(variable: string, extent: Integer, role: LoopRole, ...body: readonly Statement[]): Loop {
  return { kind: 'loop', variable, extent, role, body };
}

/** y[i] = sum over r of x[i + r] * w[r] */
function correlation(outputs: Integer): LoopNest {
  const term = make.binary('mul', make.load('x', plus(i, r)), make.load('w', r));
  return {
    name: 'nest0',
    body: [
      loop(
        'i',
        outputs,
        'parallel',
        { kind: 'accumulator', name: 's0', count: 1, initial: 0 },
        loop('r', 2, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: term }),
        { kind: 'store', buffer: 'y', index: i, value: make.accumulator('s0', 0) },
      ),
    ],
  };
}

function scheduled(nest: LoopNest, schedule: Schedule, constants?: ReadonlyMap<string, Float64Array>): string {
  return printNest(applySchedule(nest, schedule, constants));
}

describe('a directive, as text', () => {
  test('none: values that are used again, or do not change in a loop, get names', () => {
    expect(scheduled(correlation(4), [])).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          accumulator s0 = 0
          reduce r < 2
            s0 += x[i + r] * w[r]
          y[i] = s0"
    `);
  });

  test('unroll a reduction: its terms follow one another', () => {
    expect(scheduled(correlation(4), [{ kind: 'unroll', loop: 'r' }])).toMatchInlineSnapshot(`
      "nest0
        let t0 = w[0]
        let t1 = w[1]
        for i < 4
          accumulator s0 = 0
          s0 += x[i] * t0
          s0 += x[i + 1] * t1
          y[i] = s0"
    `);
  });

  test('unroll a parallel loop: its iterations stand side by side and share the loops inside', () => {
    expect(scheduled(correlation(3), [{ kind: 'unroll', loop: 'i' }])).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = 0
        accumulator s0_1 = 0
        accumulator s0_2 = 0
        reduce r < 2
          let t0 = w[r]
          s0 += x[r] * t0
          s0_1 += x[r + 1] * t0
          s0_2 += x[r + 2] * t0
        y[0] = s0
        y[1] = s0_1
        y[2] = s0_2"
    `);
  });

  test('block a parallel loop: neighbours run together, the rest one by one', () => {
    expect(scheduled(correlation(7), [{ kind: 'block', loop: 'i', factor: 3 }, { kind: 'unroll', loop: 'r' }])).toMatchInlineSnapshot(`
      "nest0
        let t0 = w[0]
        let t1 = w[1]
        for i < 2
          accumulator s0 = 0
          accumulator s0_1 = 0
          accumulator s0_2 = 0
          s0 += x[3*i] * t0
          let t2 = x[3*i + 1]
          s0_1 += t2 * t0
          let t3 = x[3*i + 2]
          s0_2 += t3 * t0
          s0 += t2 * t1
          s0_1 += t3 * t1
          s0_2 += x[3*i + 3] * t1
          y[3*i] = s0
          y[3*i + 1] = s0_1
          y[3*i + 2] = s0_2
        for i_rest < 1
          accumulator s0 = 0
          s0 += x[i_rest + 6] * t0
          s0 += x[i_rest + 7] * t1
          y[i_rest + 6] = s0"
    `);
  });

  test('block a loop of any size: the rest is what division leaves', () => {
    expect(scheduled(correlation(H), [{ kind: 'block', loop: 'i', factor: 4 }])).toMatchInlineSnapshot(`
      "nest0
        for i < floor(H / 4)
          accumulator s0 = 0
          accumulator s0_1 = 0
          accumulator s0_2 = 0
          accumulator s0_3 = 0
          reduce r < 2
            let t0 = w[r]
            s0 += x[4*i + r] * t0
            s0_1 += x[4*i + r + 1] * t0
            s0_2 += x[4*i + r + 2] * t0
            s0_3 += x[4*i + r + 3] * t0
          y[4*i] = s0
          y[4*i + 1] = s0_1
          y[4*i + 2] = s0_2
          y[4*i + 3] = s0_3
        for i_rest < H - 4*floor(H / 4)
          accumulator s0 = 0
          reduce r < 2
            s0 += x[i_rest + r + 4*floor(H / 4)] * w[r]
          y[i_rest + 4*floor(H / 4)] = s0"
    `);
  });

  test('a loop of any size is not unrolled', () => {
    expect(scheduled(correlation(H), [{ kind: 'unroll', loop: 'i' }])).toBe(scheduled(correlation(H), []));
  });

  test('a factor that divides leaves no rest, and one above the extent nothing but rest', () => {
    expect(scheduled(correlation(6), [{ kind: 'block', loop: 'i', factor: 3 }])).not.toContain('rest');
    expect(scheduled(correlation(2), [{ kind: 'block', loop: 'i', factor: 3 }])).toContain('for i_rest < 2');
  });
});

describe('constants whose place becomes known', () => {
  const unrolled: Schedule = [{ kind: 'unroll', loop: 'r' }];

  test('are literals: a tap of 1 needs no product', () => {
    expect(scheduled(correlation(9), unrolled, new Map([['w', Float64Array.of(1, 0.5)]]))).toMatchInlineSnapshot(`
      "nest0
        for i < 9
          accumulator s0 = 0
          s0 += x[i]
          s0 += x[i + 1] * 0.5
          y[i] = s0"
    `);
  });

  test('a tap of 0 leaves nothing behind', () => {
    expect(scheduled(correlation(9), unrolled, new Map([['w', Float64Array.of(0, -1)]]))).toMatchInlineSnapshot(`
      "nest0
        for i < 9
          accumulator s0 = 0
          s0 += -x[i + 1]
          y[i] = s0"
    `);
  });

  test('the largest of zeros is still looked for', () => {
    const most: LoopNest = {
      name: 'nest0',
      body: [
        { kind: 'accumulator', name: 's0', count: 1, initial: -Infinity },
        loop('r', 2, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'max', value: make.load('w', r) }),
        { kind: 'store', buffer: 'y', index: 0, value: make.accumulator('s0', 0) },
      ],
    };
    expect(scheduled(most, unrolled, new Map([['w', Float64Array.of(0, -1)]]))).toContain('s0 max= 0');
  });
});

test('loops inside loops: both directives hold, whichever comes first', () => {
  const nest: LoopNest = { name: 'nest0', body: [loop('i', 4, 'parallel', loop('j', 6, 'parallel', { kind: 'store', buffer: 'y', index: plus(times(6, i), j), value: make.load('x', plus(i, j)) }))] };
  const rows: Directive = { kind: 'block', loop: 'i', factor: 2 };
  const columns: Directive = { kind: 'block', loop: 'j', factor: 3 };
  expect(scheduled(nest, [rows, columns])).toBe(scheduled(nest, [columns, rows]));
  expect(scheduled(nest, [rows, columns])).toMatchInlineSnapshot(`
    "nest0
      for i < 2
        for j < 2
          y[12*i + 3*j] = x[2*i + 3*j]
          let t0 = x[2*i + 3*j + 1]
          y[12*i + 3*j + 1] = t0
          let t1 = x[2*i + 3*j + 2]
          y[12*i + 3*j + 2] = t1
          y[12*i + 3*j + 6] = t0
          y[12*i + 3*j + 7] = t1
          y[12*i + 3*j + 8] = x[2*i + 3*j + 3]"
  `);
});

/** What is drawn for a loop: a number for how it is written, and how many iterations are split off, if any are. */
type Draw = readonly [written: number, split: readonly [low: number, high: number] | null];

/** A schedule drawn by numbers: each loop may be split; then nothing, a block, or, where it is short enough, all its iterations. */
function drawn(draws: readonly Draw[]): (nest: LoopNest) => Schedule {
  return ({ body }) =>
    [...walk(body)].flatMap(([statement], position): readonly Directive[] => {
      if (statement.kind !== 'loop') return [];
      const { variable: loop, role, extent } = statement;
      const [written, split] = draws[position % draws.length] ?? [0, null];
      const peel: readonly Directive[] = split === null ? [] : [{ kind: 'peel', loop, low: split[0], high: split[1] }];
      if (written === 0) return peel;
      if (written === 1) return typeof extent === 'number' && extent <= 6 ? [...peel, { kind: 'unroll', loop }] : peel;
      return role === 'parallel' ? [...peel, { kind: 'block', loop, factor: written }] : peel;
    });
}

test('no schedule changes a result, to the bit', () => {
  // Loops run up to ten times: what is split off may be all of them, and more.
  const split = fc.option(fc.tuple(fc.nat(12), fc.nat(12)));
  const draws = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), split), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(randomChoices, randomSizes, draws, fc.boolean(), (choices, sizes, drawing, anySize) => {
      const spec = randomGraph(choices, anySize ? ['H', 'W'] : sizes);
      const feeds = randomFeeds(sizes);
      const plain = compile(spec, direct({ schedule: 'none' })).run(feeds);
      const other = compile(spec, direct({ schedule: drawn(drawing) })).run(feeds);
      const own = compile(spec, direct()).run(feeds);
      for (const name of ['last', 'middle', 'loss', 'dX', 'dK'] as const) {
        const want = plain[name].data.map((value) => value + 0);
        expect(other[name].data.map((value) => value + 0)).toEqual(want);
        expect(own[name].data.map((value) => value + 0)).toEqual(want);
      }
    }),
    seeded(200),
  );
});
