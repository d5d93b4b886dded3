import { floorDivide, input, loopVariable, minus, plus, reflected, times, type BorderMode, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runNest } from '../../testing/run-nest.ts';
import { seeded } from '../../testing/seeded.ts';
import { createExpressions, type Expression } from '../expression.ts';
import { walk, type Loop, type LoopRole, type Statement } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';
import { applySchedule } from './apply.ts';
import { middleOf, peelLoops, unsplit } from './peel.ts';
import type { Peel, Schedule } from './schedule.ts';

const make = createExpressions();
const [i, j, r] = [loopVariable('i'), loopVariable('j'), loopVariable('r')];
const [H = 0] = input('x', ['H']).shape;

function loop(variable: string, extent: Integer, role: LoopRole, ...body: readonly Statement[]): Loop {
  return { kind: 'loop', variable, extent, role, body };
}

function store(index: Integer, value: Expression): Statement {
  return { kind: 'store', buffer: 'y', index, value };
}

/** x[index] inside 0 … size - 1; elsewhere the element that a border mode says, or 0. */
function bordered(index: Integer, size: Integer, mode?: BorderMode): Expression {
  const outside = mode === undefined ? make.constant(0) : make.load('x', reflected(mode, index, size));
  return make.guard([{ kind: 'inside', index, extent: size }], make.load('x', index), outside);
}

function amounts(...peels: readonly (readonly [loop: string, low: number, high: number])[]): ReadonlyMap<string, Peel> {
  return new Map(peels.map(([loop, low, high]) => [loop, { kind: 'peel', loop, low, high }]));
}

function peeled(body: readonly Statement[], peels: ReadonlyMap<string, Peel>): string {
  return printNest({ name: 'nest0', body: peelLoops(body, peels, make) });
}

describe('a loop that is peeled, as text', () => {
  test('a row with a zero on either side: what stands there asks nothing, and nothing between asks', () => {
    expect(peeled([loop('i', 10, 'parallel', store(i, bordered(minus(i, 1), 8)))], amounts(['i', 1, 1]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 1
          y[i_low] = 0
        for i < 8
          y[i + 1] = x[i]
        for i_high < 1
          y[i_high + 9] = 0"
    `);
  });

  test('fewer iterations than conditions need: they stay where they may fail', () => {
    expect(peeled([loop('i', 10, 'parallel', store(i, bordered(minus(i, 2), 7)))], amounts(['i', 1, 1]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 1
          y[i_low] = 0
        for i < 8
          y[i + 1] = guard(0 <= i - 1 < 7, x[i - 1], 0)
        for i_high < 1
          y[i_high + 9] = 0"
    `);
  });

  test('a row of any size: it may be shorter than what is split off', () => {
    expect(peeled([loop('i', plus(H, 2), 'parallel', store(i, bordered(minus(i, 1), H)))], amounts(['i', 1, 1]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 1
          y[i_low] = 0
        for i < H
          y[i + 1] = x[i]
        for i_high < 1
          y[H + i_high + 1] = 0"
    `);
    expect(peeled([loop('i', H, 'parallel', store(i, make.load('x', i)))], amounts(['i', 2, 3]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < clamp(2, 0, H)
          y[i_low] = x[i_low]
        for i < clamp(H - 5, 0, H)
          y[i + 2] = x[i + 2]
        for i_high < H - clamp(H - 5, 0, H) - clamp(2, 0, H)
          y[i_high + clamp(H - 5, 0, H) + clamp(2, 0, H)] = x[i_high + clamp(H - 5, 0, H) + clamp(2, 0, H)]"
    `);
  });

  test.each([
    ['edge', 'x[0]', 'x[7]'],
    ['reflect', 'x[-i_low + 2]', 'x[-i_high + 6]'],
    ['symmetric', 'x[-i_low + 1]', 'x[-i_high + 7]'],
    ['wrap', 'x[i_low + 6]', 'x[i_high]'],
  ] as const)('%s: between the borders an element is its own, behind them its place is known', (mode, first, last) => {
    const row = loop('i', 12, 'parallel', store(i, bordered(minus(i, 2), 8, mode)));
    const lines = ['nest0', '  for i_low < 2', `    y[i_low] = ${first}`, '  for i < 8', '    y[i + 2] = x[i]', '  for i_high < 2', `    y[i_high + 10] = ${last}`];
    expect(peeled([row], amounts(['i', 2, 2]))).toBe(lines.join('\n'));
  });

  test('reflect in a row of any size: places are only known where nothing is reflected', () => {
    expect(peeled([loop('i', plus(H, 4), 'parallel', store(i, bordered(minus(i, 2), H, 'reflect')))], amounts(['i', 2, 2]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 2
          y[i_low] = x[reflect(i_low - 2, H)]
        for i < H
          y[i + 2] = x[i]
        for i_high < 2
          y[H + i_high + 2] = x[reflect(H + i_high, H)]"
    `);
  });

  test('rows and columns: nine parts, and only the middle of both keeps the names', () => {
    const both = make.guard(
      [{ kind: 'inside', index: minus(i, 1), extent: 4 }, { kind: 'inside', index: minus(j, 1), extent: 6 }],
      make.load('x', plus(times(6, i), j, -7)),
      make.constant(0),
    );
    const picture = loop('i', 6, 'parallel', loop('j', 8, 'parallel', store(plus(times(8, i), j), both)));
    expect(peeled([picture], amounts(['i', 1, 1], ['j', 1, 1]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 1
          for j_low_low < 1
            y[8*i_low + j_low_low] = 0
          for j_low < 6
            y[8*i_low + j_low + 1] = 0
          for j_low_high < 1
            y[8*i_low + j_low_high + 7] = 0
        for i < 4
          for j_low < 1
            y[8*i + j_low + 8] = 0
          for j < 6
            y[8*i + j + 9] = x[6*i + j]
          for j_high < 1
            y[8*i + j_high + 15] = 0
        for i_high < 1
          for j_high_low < 1
            y[8*i_high + j_high_low + 40] = 0
          for j_high < 6
            y[8*i_high + j_high + 41] = 0
          for j_high_high < 1
            y[8*i_high + j_high_high + 47] = 0"
    `);
  });

  test('a reduction: its terms follow one another as before', () => {
    const body: readonly Statement[] = [
      { kind: 'accumulator', name: 's0', count: 1, initial: 0 },
      loop('r', 5, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: bordered(minus(r, 1), 3) }),
      store(0, make.accumulator('s0', 0)),
    ];
    expect(peeled(body, amounts(['r', 1, 1]))).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = 0
        reduce r_low < 1
          s0 += 0
        reduce r < 3
          s0 += x[r]
        reduce r_high < 1
          s0 += 0
        y[0] = s0"
    `);
  });

  test('more than there is: all iterations are the first ones', () => {
    expect(peeled([loop('i', 3, 'parallel', store(i, make.load('x', i)))], amounts(['i', 5, 2]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 3
          y[i_low] = x[i_low]"
    `);
    expect(peeled([loop('i', 3, 'parallel', store(i, make.load('x', i)))], amounts(['i', 2, 4]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 2
          y[i_low] = x[i_low]
        for i_high < 1
          y[i_high + 2] = x[i_high + 2]"
    `);
  });

  test('nothing: the loop as it was', () => {
    const body = [loop('i', H, 'parallel', store(i, make.load('x', i)))];
    expect(peeled(body, amounts(['i', 0, 0]))).toBe(printNest({ name: 'nest0', body }));
    expect(peeled(body, amounts(['k', 1, 1]))).toBe(printNest({ name: 'nest0', body }));
  });

  test('floors that hold in a part are resolved there', () => {
    const body = [loop('i', 8, 'parallel', store(i, make.load('x', floorDivide(plus(i, 3), 4))))];
    expect(peeled(body, amounts(['i', 1, 3]))).toMatchInlineSnapshot(`
      "nest0
        for i_low < 1
          y[i_low] = x[0]
        for i < 4
          y[i + 1] = x[1]
        for i_high < 3
          y[i_high + 5] = x[2]"
    `);
  });
});

describe('the names of parts', () => {
  test('lead back to the loop that was split', () => {
    expect(['i3', 'i3_low', 'i3_low_high'].map(unsplit)).toEqual(['i3', 'i3', 'i3']);
  });

  test('the middle alone is what other directives mean', () => {
    const body = [loop('i', 20, 'parallel', loop('j', 20, 'parallel', store(plus(times(20, i), j), bordered(minus(j, 1), 18))))];
    expect(printNest({ name: 'nest0', body: middleOf(body, amounts(['i', 1, 1], ['j', 1, 1]), make) })).toMatchInlineSnapshot(`
      "nest0
        for i < 18
          for j < 18
            y[20*i + j + 21] = x[j]"
    `);
  });
});

test('parts of one loop that are written out side by side keep their sums apart', () => {
  const term = make.binary('mul', bordered(plus(i, r, -1), 6), make.load('w', r));
  const body: readonly Statement[] = [
    loop(
      'i',
      6,
      'parallel',
      { kind: 'accumulator', name: 's0', count: 1, initial: 0 },
      loop('r', 3, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: term }),
      store(i, make.accumulator('s0', 0)),
    ),
  ];
  const schedule: Schedule = [{ kind: 'peel', loop: 'i', low: 1, high: 1 }, { kind: 'unroll', loop: 'i' }];
  const { body: written } = applySchedule({ name: 'nest0', body }, schedule);
  const names = [...walk(written)].flatMap(([each, around]) => (each.kind === 'accumulator' && around.length === 0 ? [each.name] : []));
  expect(names).toHaveLength(6);
  expect(new Set(names).size).toBe(6);
});

test('parts of two loops that are written out side by side keep their sums apart', () => {
  const both = make.guard(
    [{ kind: 'inside', index: minus(plus(i, r), 1), extent: 4 }, { kind: 'inside', index: minus(j, 1), extent: 3 }],
    make.load('x', plus(times(3, plus(i, r)), j, -4)),
    make.constant(0),
  );
  const sum: readonly Statement[] = [
    { kind: 'accumulator', name: 's0', count: 1, initial: 0 },
    loop('r', 3, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: make.binary('mul', both, make.load('w', r)) }),
    store(plus(times(5, i), j), make.accumulator('s0', 0)),
  ];
  const schedule: Schedule = [
    { kind: 'peel', loop: 'i', low: 1, high: 1 },
    { kind: 'peel', loop: 'j', low: 1, high: 1 },
    { kind: 'unroll', loop: 'i' },
    { kind: 'unroll', loop: 'j' },
  ];
  const { body: written } = applySchedule({ name: 'nest0', body: [loop('i', 4, 'parallel', loop('j', 5, 'parallel', ...sum))] }, schedule);
  const names = [...walk(written)].flatMap(([each, around]) => (each.kind === 'accumulator' && around.length === 0 ? [each.name] : []));
  expect(names).toHaveLength(20);
  expect(new Set(names).size).toBe(20);
});

test('any loop, split anywhere: the same elements', () => {
  const modes = fc.constantFrom<(BorderMode | undefined)[]>(undefined, 'edge', 'reflect', 'symmetric', 'wrap');
  const sizes = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(sizes, fc.nat(7), fc.nat(7), fc.nat(14), fc.nat(14), modes, fc.boolean(), (size, before, behind, low, high, mode, isNamed) => {
      const named = isNamed ? H : size;
      const extent = plus(named, before, behind);
      const body = [loop('i', extent, 'parallel', store(i, bordered(minus(i, before), named, mode)))];
      const run = (statements: readonly Statement[]): Float64Array => {
        const arrays = new Map([['x', Float64Array.from({ length: size }, (_, index) => index + 1)], ['y', new Float64Array(size + before + behind).fill(-1)]]);
        runNest({ name: 'nest0', body: statements }, { arrays, sizes: new Map([['H', size]]) });
        return arrays.get('y') ?? new Float64Array();
      };
      expect(run(peelLoops(body, amounts(['i', low, high]), make))).toEqual(run(body));
    }),
    seeded(500),
  );
});

test('split where the border is, nothing between the borders asks, whatever the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(4), fc.nat(4), fc.boolean(), (size, before, behind, isNamed) => {
      const named = isNamed ? H : size;
      const row = loop('i', plus(named, before, behind), 'parallel', store(i, bordered(minus(i, before), named, 'reflect')));
      const middle = middleOf([row], amounts(['i', before, behind]), make);
      expect(printNest({ name: 'nest0', body: middle })).toBe(`nest0\n  for i < ${isNamed ? 'H' : size}\n    y[${before === 0 ? 'i' : `i + ${before}`}] = x[i]`);
    }),
    seeded(100),
  );
});
