import { describe, expect, test } from 'vitest';
import { corr2d } from '../ops/convolution.ts';
import { abs, add, atan2, cast, div, equal, floor, greater, greaterEqual, less, lessEqual, max, min, mul, neg, notEqual, pow, select, sign, sub } from '../ops/elementwise.ts';
import { sum } from '../ops/reduce.ts';
import { constant, full, input, ones, state, zeros } from '../ops/source.ts';
import type { Tensor } from '../tensor.ts';
import { evaluate, interpret } from './interpret.ts';

function values(tensor: Tensor): unknown {
  return evaluate(tensor).toNested();
}

describe('numbers', () => {
  test('comparisons give 1 or 0 in the dtype of the operands', () => {
    const [a, b] = [constant([1, 2, 3], { dtype: 'float64' }), 2];
    expect(values(less(a, b))).toEqual([1, 0, 0]);
    expect(values(lessEqual(a, b))).toEqual([1, 1, 0]);
    expect(values(greater(a, b))).toEqual([0, 0, 1]);
    expect(values(greaterEqual(a, b))).toEqual([0, 1, 1]);
    expect(values(equal(a, b))).toEqual([0, 1, 0]);
    expect(values(notEqual(a, b))).toEqual([1, 0, 1]);
    expect(less(a, b).dtype).toBe('float64');
  });

  test('pow is that of IEEE 754', () => {
    const base = input('base', [6]);
    const feeds = { base: Float32Array.of(1, 1, Number.NaN, -8, -2, 0) };
    const exponent = constant([0, 7, 0, 3, -1, -1]);
    expect(evaluate(pow(base, exponent), feeds).toNested()).toEqual([1, 1, 1, -512, -0.5, Infinity]);
    expect(evaluate(pow(1, input('e', [1])), { e: Float32Array.of(Number.NaN) }).toNested()).toEqual([1]);
  });

  test('rounding, signs and angles', () => {
    expect(values(floor([-1.5, -0.5, 0.5, 1.5]))).toEqual([-2, -1, 0, 1]);
    expect(values(sign([-3, 0, 3]))).toEqual([-1, 0, 1]);
    expect(values(abs([-3, 3]))).toEqual([3, 3]);
    expect(values(neg([-3, 3]))).toEqual([3, -3]);
    expect(values(atan2(constant([0, 0], { dtype: 'float64' }), [1, -1]))).toEqual([0, Math.PI]);
    expect(values(min([1, 4], [3, 2]))).toEqual([1, 2]);
    expect(values(max([1, 4], [3, 2]))).toEqual([3, 4]);
    expect(values(div([1, 3], 2))).toEqual([0.5, 1.5]);
  });

  test('select takes where the condition is not 0, and looks no further', () => {
    const x = input('x', [3]);
    expect(evaluate(select([2, 0, -1], x, 7), { x: Float32Array.of(1, Number.NaN, 3) }).toNested()).toEqual([1, 7, 3]);
  });
});

describe('precision', () => {
  test('constants and feeds are rounded to the dtype first', () => {
    expect(values(constant(0.1))).toBe(Math.fround(0.1));
    expect(values(constant(0.1, { dtype: 'float64' }))).toBe(0.1);
  });

  // 1 + 2^-30 is no float32: a sum that was rounded after each step would lose it.
  test('nothing is rounded in between', () => {
    const x = input('x', [1]);
    const back = mul(sub(add(x, 2 ** -30), x), 2 ** 30);
    expect(evaluate(back, { x: [1] }).toNested()).toEqual([1]);
  });

  test('what is handed out has the dtype of the tensor', () => {
    expect(evaluate(zeros([2])).data).toBeInstanceOf(Float32Array);
    expect(evaluate(cast(zeros([2]), 'float64')).data).toBeInstanceOf(Float64Array);
    expect(evaluate(3).item()).toBe(3);
  });

  test('a literal takes the dtype of the tensor beside it', () => {
    const x = input('x', [1], { dtype: 'float64' });
    expect(evaluate(mul(0.1, x), { x: [1] }).toNested()).toEqual([0.1]);
    expect(evaluate(mul(x, full([1], 0.1, { dtype: 'float64' })), { x: [1] }).toNested()).toEqual([0.1]);
    expect(ones([1], { dtype: 'float64' }).dtype).toBe('float64');
  });
});

describe('broadcasting is NumPy’s', () => {
  test.each<readonly [readonly number[], readonly number[], readonly number[]]>([
    [[2, 3], [3], [2, 3]],
    [[2, 3], [], [2, 3]],
    [[2, 1], [1, 3], [2, 3]],
    [[1], [4, 1, 2], [4, 1, 2]],
  ])('%j and %j give %j', (a, b, result) => {
    expect(add(input('a', a), input('b', b)).shape).toEqual(result);
    expect(add(input('b', b), input('a', a)).shape).toEqual(result);
  });

  test('what repeats is the unit axis', () => {
    expect(values(add([[1], [2]], [[10, 20]]))).toEqual([[11, 21], [12, 22]]);
  });
});

test('several results share what they have in common', () => {
  const x = input('x', [2, 2]);
  const y = corr2d(x, [[1, 1], [1, 1]]);
  const [a, b] = interpret([y, sum(y)], { x: [[1, 2], [3, 4]] });
  expect(a).toEqual({ shape: [1, 1], data: Float64Array.of(10) });
  expect(b).toEqual({ shape: [], data: Float64Array.of(10) });
});

test('the definition runs a program with state step by step, each state fed to the next', () => {
  const count = state('count', 0);
  let value = evaluate(count);
  for (let step = 0; step < 3; step++) value = evaluate(add(count, 1), { count: value });
  expect(value.item()).toBe(3);
});
