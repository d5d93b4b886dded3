import { corr2d, extend, flip, input, loopVariable, minus, pad, plus, times, type Dimension, type Integer, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { seeded } from '../../testing/seeded.ts';
import { programFor } from '../compile.ts';
import { createExpressions, type Condition, type Expression } from '../expression.ts';
import { walk, type Loop, type LoopNest, type LoopRole, type Statement } from '../nest.ts';
import { choosePeels } from './choose-peels.ts';
import { printDirective } from './schedule.ts';

const make = createExpressions();
const [i, j, u] = [loopVariable('i'), loopVariable('j'), loopVariable('u')];
const [H = 0, W = 0] = input('photo', ['H', 'W']).shape;

function loop(variable: string, extent: Integer, role: LoopRole, ...body: readonly Statement[]): Loop {
  return { kind: 'loop', variable, extent, role, body };
}

function inside(index: Integer, extent: Integer): Condition {
  return { kind: 'inside', index, extent };
}

/** y[index] = x[0] where conditions hold. */
function guarded(...conditions: readonly Condition[]): Statement {
  return { kind: 'store', buffer: 'y', index: 0, value: make.guard(conditions, make.load('x', 0), make.constant(0)) };
}

function chosen(body: readonly Statement[], ...unrolled: readonly string[]): readonly string[] {
  return choosePeels({ name: 'nest0', body }, new Set(unrolled)).map(printDirective);
}

describe('how many iterations are split off', () => {
  test('as many as a condition fails for, on either side', () => {
    expect(chosen([loop('i', 20, 'parallel', guarded(inside(minus(i, 2), 17)))])).toEqual(['peel i by 2 and 1']);
    expect(chosen([loop('i', plus(H, 3), 'parallel', guarded(inside(minus(i, 2), H)))])).toEqual(['peel i by 2 and 1']);
  });

  test('counted backwards, and in steps', () => {
    expect(chosen([loop('i', 20, 'parallel', guarded(inside(minus(18, i), 17)))])).toEqual(['peel i by 2 and 1']);
    expect(chosen([loop('i', 20, 'parallel', guarded(inside(plus(times(3, i), -4), 50)))])).toEqual(['peel i by 2 and 2']);
  });

  test('whatever the loops inside are at: the taps of a window reach over the border', () => {
    const window = loop('u', 3, 'reduce', { kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: make.guard([inside(plus(i, u, -1), H)], make.load('x', plus(i, u, -1)), make.constant(0)) });
    expect(chosen([loop('i', H, 'parallel', { kind: 'accumulator', name: 's0', count: 1, initial: 0 }, window)], 'u')).toEqual(['peel i by 1 and 1']);
  });

  test('of several conditions the one that needs most', () => {
    const body = [guarded(inside(minus(i, 1), 30)), guarded(inside(plus(i, 2), 40)), guarded(inside(minus(i, 3), 40))];
    expect(chosen([loop('i', 40, 'parallel', ...body)])).toEqual(['peel i by 3 and 9']);
  });
});

describe('which loops', () => {
  const row = inside(minus(i, 1), H);
  const column = inside(minus(j, 2), W);

  test('each of a picture by its own condition', () => {
    expect(chosen([loop('i', plus(H, 2), 'parallel', loop('j', plus(W, 4), 'parallel', guarded(row, column)))])).toEqual(['peel i by 1 and 1', 'peel j by 2 and 2']);
  });

  test('none where conditions always hold, and none without conditions', () => {
    expect(chosen([loop('i', H, 'parallel', guarded(inside(i, plus(H, 1))))])).toEqual([]);
    expect(chosen([loop('i', H, 'parallel', { kind: 'store', buffer: 'y', index: i, value: make.load('x', i) })])).toEqual([]);
  });

  test('none that is written out', () => {
    expect(chosen([loop('i', 20, 'parallel', guarded(inside(minus(i, 2), 17)))], 'i')).toEqual([]);
  });

  test('none whose ends are as long as its middle', () => {
    expect(chosen([loop('i', 11, 'parallel', guarded(inside(minus(i, 3), 5)))])).toEqual([]);
    expect(chosen([loop('i', 12, 'parallel', guarded(inside(minus(i, 3), 6)))])).toEqual(['peel i by 3 and 3']);
  });

  test('none for a condition that a few iterations do not decide', () => {
    expect(chosen([loop('i', H, 'parallel', loop('j', W, 'parallel', guarded(inside(plus(i, j), H))))])).toEqual([]);
    expect(chosen([loop('i', H, 'parallel', guarded({ kind: 'multiple', index: plus(i, 1), divisor: 2 }))])).toEqual([]);
    expect(chosen([loop('i', H, 'parallel', guarded(inside(minus(i, W), H)))])).toEqual([]);
  });

  test('none where its parts would be too much code', () => {
    const names = ['i', 'j', 'k', 'l', 'm'];
    const conditions = names.map((name) => inside(minus(loopVariable(name), 1), H));
    const terms = Array.from({ length: 8 }, (_, term) => make.load('x', times(term, i))).reduce((sum, term) => make.binary('add', sum, term));
    const nest = (depth: number): readonly Statement[] => {
      const value: Expression = make.guard(conditions.slice(0, depth), terms, make.constant(0));
      const innermost: Statement = { kind: 'store', buffer: 'y', index: 0, value };
      return [names.slice(0, depth).reduceRight<Statement>((body, name) => loop(name, plus(H, 2), 'parallel', body), innermost)];
    };
    expect([1, 2, 3, 4, 5].map((depth) => chosen(nest(depth)).length)).toEqual([1, 2, 3, 4, 0]);
  });
});

/** What is chosen for the programs that filters are: `loop extent by low and high`. */
function chosenFor(y: Tensor, inputs: Readonly<Record<string, Tensor>>): readonly string[] {
  const nests: readonly LoopNest[] = programFor({ inputs, outputs: { y } }, direct()).nests.map(({ nest }) => nest);
  return nests.flatMap((nest) => {
    const reductions = [...walk(nest.body)].flatMap(([each]) => (each.kind === 'loop' && each.role === 'reduce' ? [each.variable] : []));
    return choosePeels(nest, new Set(reductions)).map(({ low, high }) => `${low} and ${high}`);
  });
}

describe('filters', () => {
  const kernel = [[1, 2, 1], [2, 4, 2], [1, 2, 1]];
  const filtered = (height: Dimension, width: Dimension, around: (x: Tensor) => Tensor): readonly string[] => {
    const photo = input('photo', [height, width]);
    return chosenFor(corr2d(around(photo), kernel), { photo });
  };

  test.each(['edge', 'reflect', 'symmetric', 'wrap'] as const)('%s: rows and columns that see the border', (mode) => {
    expect(filtered('H', 'W', (x) => extend(x, { mode, low: [1, 1], high: [1, 1] }))).toEqual(['1 and 1', '1 and 1']);
    expect(filtered(100, 100, (x) => extend(x, { mode, low: [2, 0], high: [0, 2] }))).toEqual(['2 and 0', '0 and 2']);
  });

  test('zeros, and a flipped picture', () => {
    expect(filtered('H', 'W', (x) => pad(x, { low: [1, 1], high: [1, 1] }))).toEqual(['1 and 1', '1 and 1']);
    expect(filtered('H', 'W', (x) => flip(pad(x, { low: [2, 1], high: [0, 1] })))).toEqual(['0 and 2', '1 and 1']);
  });
});

test('behind the first and before the last the condition holds, and for each of those it may fail', () => {
  const numbers = fc.record({ step: fc.constantFrom(-3, -2, -1, 1, 2, 3), tap: fc.integer({ min: -2, max: 2 }), from: fc.integer({ min: -6, max: 30 }), extent: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 8, max: 20 }), ({ step, tap, from, extent }, iterations) => {
      const index = plus(times(step, i), times(tap, u), from);
      const [peel] = choosePeels({ name: 'nest0', body: [loop('i', iterations, 'parallel', loop('u', 3, 'reduce', guarded(inside(index, extent))))] }, new Set(['u']));
      fc.pre(peel !== undefined);
      const holds = (iteration: number): boolean => [0, 1, 2].every((at) => step * iteration + tap * at + from >= 0 && step * iteration + tap * at + from < extent);
      const wanted = Array.from({ length: iterations }, (_, iteration) => iteration >= peel.low && iteration < iterations - peel.high);
      expect(Array.from({ length: iterations }, (_, iteration) => holds(iteration))).toEqual(wanted);
    }),
    seeded(300),
  );
});
