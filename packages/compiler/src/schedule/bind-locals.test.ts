import { loopVariable, plus, times, type Integer } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { createExpressions, type Expression } from '../expression.ts';
import type { Statement } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';
import { bindLocals } from './bind-locals.ts';

const make = createExpressions();
const i = loopVariable('i');
const j = loopVariable('j');

function bound(...body: readonly Statement[]): string {
  return printNest(bindLocals({ name: 'nest0', body }, make));
}

function store(index: Integer, value: Expression): Statement {
  return { kind: 'store', buffer: 'y', index, value };
}

function over(variable: string, ...body: readonly Statement[]): Statement {
  return { kind: 'loop', variable, extent: 4, role: 'parallel', body };
}

const x = make.load('x', i);

describe('what gets a name', () => {
  test('what is used twice, by one expression or by two statements', () => {
    const root = make.unary('sqrt', x);
    expect(bound(over('i', store(i, make.binary('mul', root, root))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = sqrt(x[i])
          y[i] = t0 * t0"
    `);
    expect(bound(over('i', store(i, root), store(plus(i, 4), make.unary('neg', root))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = sqrt(x[i])
          y[i] = t0
          y[i + 4] = -t0"
    `);
  });

  test('what does not change in a loop, in the outermost block that knows it', () => {
    const scale = make.unary('exp', make.load('w', 0));
    const row = make.binary('mul', x, scale);
    expect(bound(over('i', over('j', store(plus(times(4, i), j), make.binary('add', row, make.load('z', j))))))).toMatchInlineSnapshot(`
      "nest0
        let t0 = exp(w[0])
        for i < 4
          let t1 = x[i] * t0
          for j < 4
            y[4*i + j] = t1 + z[j]"
    `);
  });

  test('a part of what has a name has none itself, unless something else uses it', () => {
    const square = make.binary('mul', make.unary('exp', x), make.constant(3));
    expect(bound(over('i', store(i, make.binary('div', square, square))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = exp(x[i]) * 3
          y[i] = t0 / t0"
    `);
    expect(bound(over('i', store(i, make.binary('div', square, make.unary('exp', x)))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = exp(x[i])
          y[i] = (t0 * 3) / t0"
    `);
  });

  test('no number, no integer and no name', () => {
    const twice = make.binary('add', make.integer(i), make.constant(2));
    expect(bound(over('i', store(i, make.binary('mul', make.integer(i), make.integer(i))), store(plus(i, 4), make.constant(2)), store(plus(i, 8), make.constant(2))))).not.toContain('let');
    expect(bound(over('i', store(i, make.binary('mul', twice, twice))))).toContain('let t0 = number(i) + 2');
  });
});

describe('what keeps its place', () => {
  const zero = make.constant(0);
  const inside = [{ kind: 'inside', index: plus(i, -1), extent: 3 } as const];
  const before = make.load('x', plus(i, -1));

  test('a load under a condition: it may be valid only there. The guard as a whole has a name', () => {
    const guarded = make.guard(inside, make.binary('mul', before, before), zero);
    expect(bound(over('i', over('j', store(plus(times(4, i), j), guarded))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = guard(0 <= i - 1 < 3, x[i - 1] * x[i - 1], 0)
          for j < 4
            y[4*i + j] = t0"
    `);
  });

  test('the other value of a guard, too', () => {
    const guarded = make.guard(inside, zero, make.unary('exp', before));
    expect(bound(over('i', store(i, make.binary('mul', guarded, guarded)), store(plus(i, 4), guarded)))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = guard(0 <= i - 1 < 3, 0, exp(x[i - 1]))
          y[i] = t0 * t0
          y[i + 4] = t0"
    `);
  });

  test('a load that something else makes whatever holds has a name, also under the condition', () => {
    const guarded = make.guard(inside, make.unary('exp', before), zero);
    expect(bound(over('i', store(i, before), store(plus(i, 4), guarded)))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = x[i - 1]
          y[i] = t0
          y[i + 4] = guard(0 <= i - 1 < 3, exp(t0), 0)"
    `);
  });

  test('a guard whose extent changes in a loop stays inside the loop', () => {
    const triangle = make.guard([{ kind: 'inside', index: 2, extent: i }], make.constant(1), zero);
    expect(bound(over('i', over('j', store(plus(times(4, i), j), triangle))))).toMatchInlineSnapshot(`
      "nest0
        for i < 4
          let t0 = guard(0 <= 2 < i, 1, 0)
          for j < 4
            y[4*i + j] = t0"
    `);
  });

  test('what an accumulator gathers is read behind the loop that gathers', () => {
    const total = make.accumulator('s0', 0);
    const root = make.unary('sqrt', total);
    expect(
      bound(
        { kind: 'accumulator', name: 's0', count: 1, initial: 0 },
        { kind: 'loop', variable: 'i', extent: 4, role: 'reduce', body: [{ kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: x }] },
        over('j', store(j, make.binary('div', make.load('z', j), root))),
      ),
    ).toMatchInlineSnapshot(`
      "nest0
        accumulator s0 = 0
        reduce i < 4
          s0 += x[i]
        let t0 = sqrt(s0)
        for j < 4
          y[j] = z[j] / t0"
    `);
  });
});
