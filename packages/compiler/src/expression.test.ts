import { input, loopVariable, plus, times } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { createExpressions, integersOf, operandsOf, partsOf, rewriter, type Expression } from './expression.ts';
import { printExpression } from './print/print-nest.ts';

const i = loopVariable('i');
const j = loopVariable('j');
const [H = 0] = input('x', ['H']).shape;

function printed(expression: Expression): string {
  return printExpression(expression, (id) => id);
}

describe('equal meanings are one object', () => {
  const make = createExpressions();
  const build = (): readonly Expression[] => {
    const load = make.load('b0', plus(times(8, i), 1));
    const inside = [{ kind: 'inside', index: i, extent: H } as const];
    return [
      make.constant(2),
      make.integer(plus(H, 1)),
      load,
      make.local('t0'),
      make.accumulator('s0', j),
      make.unary('exp', load),
      make.binary('mul', load, make.constant(2)),
      make.select(load, make.constant(1), make.constant(2)),
      make.guard(inside, load, make.constant(0)),
    ];
  };

  test('however often they are made', () => {
    build().forEach((expression, position) => expect(build()[position]).toBe(expression));
    expect(new Set(build()).size).toBe(build().length);
  });

  test('what differs in anything is another', () => {
    const load = make.load('b0', i);
    const others = [
      make.load('b1', i),
      make.load('b0', j),
      make.accumulator('b0', i),
      make.unary('neg', load),
      make.unary('abs', load),
      make.binary('less', load, make.constant(1)),
      make.binary('less', make.constant(1), load),
      make.guard([{ kind: 'inside', index: i, extent: 4 }], load, make.constant(0)),
      make.guard([{ kind: 'inside', index: i, extent: 5 }], load, make.constant(0)),
      make.guard([{ kind: 'multiple', index: i, divisor: 4 }], load, make.constant(0)),
      make.constant(0),
      make.constant(-0),
    ];
    expect(new Set([load, ...others]).size).toBe(others.length + 1);
  });

  test('an integer that is a number is a constant, and a guard without conditions is what it guards', () => {
    expect(make.integer(3)).toBe(make.constant(3));
    expect(make.guard([], make.local('t0'), make.constant(0))).toBe(make.local('t0'));
  });

  test('operands are made before what uses them, so they have smaller numbers', () => {
    for (const expression of build()) for (const operand of operandsOf(expression)) expect(operand.id).toBeLessThan(expression.id);
  });
});

test('the integers of an expression are all that it depends on: of a guard also the extents', () => {
  const make = createExpressions();
  const guard = make.guard([{ kind: 'inside', index: i, extent: plus(j, 1) }, { kind: 'multiple', index: H, divisor: 2 }], make.load('b0', 7), make.constant(0));
  expect(integersOf(guard)).toEqual([i, plus(j, 1), H]);
  expect(integersOf(make.load('b0', i))).toEqual([i]);
  expect(integersOf(make.accumulator('s0', j))).toEqual([j]);
  expect(integersOf(make.integer(H))).toEqual([H]);
});

describe('a rewrite', () => {
  const make = createExpressions();
  const inside = [{ kind: 'inside', index: plus(i, -1), extent: H } as const];
  const expression = make.binary('add', make.guard(inside, make.load('b0', plus(i, -1)), make.constant(0)), make.accumulator('s0', i));

  test('puts integers in the place of loop variables, everywhere', () => {
    const apply = rewriter(make, { variable: ({ name }) => (name === 'i' ? 5 : undefined) });
    expect(printed(apply(expression))).toBe('guard(0 <= 4 < H, b0[4], 0) + s0[5]');
  });

  test('renames accumulators', () => {
    const apply = rewriter(make, { accumulator: (name) => `${name}_1` });
    expect(printed(apply(expression))).toBe('guard(0 <= i - 1 < H, b0[i - 1], 0) + s0_1[i]');
  });

  test('replaces a whole expression before it looks at the parts', () => {
    const apply = rewriter(make, { replace: (each) => (each.kind === 'guard' ? make.local('t0') : undefined) });
    expect(printed(apply(expression))).toBe('t0 + s0[i]');
  });

  test('of nothing gives the same object', () => {
    expect(rewriter(make, {})(expression)).toBe(expression);
  });

  test('of what another maker has made gives what its own has made, every part of it', () => {
    const other = createExpressions();
    const copy = rewriter(other, {})(expression);
    expect(printed(copy)).toBe(printed(expression));
    expect(partsOf(copy).every(other.has)).toBe(true);
    expect(partsOf(copy).some(make.has)).toBe(false);
  });

  test('keeps the parts that it does not change', () => {
    const apply = rewriter(make, { accumulator: (name) => `${name}_1` });
    const kept = expression.kind === 'binary' ? expression.left : undefined;
    expect(operandsOf(apply(expression))[0]).toBe(kept);
  });

  test('looks at each part once, however often it is used', () => {
    let deep = make.local('t0');
    for (let level = 0; level < 60; level++) deep = make.binary('add', deep, deep);
    let looked = 0;
    rewriter(make, { replace: () => (looked++, undefined) })(deep);
    expect(looked).toBe(61);
  });
});
