import {
  abs, add, cast, constant, correlate, div, equal, exp, flip, floor, grad, greater, input, less, log, max, mul, NdArray, pad, reduceMax, relu,
  reshape, select, sign, sqrt, square, sub, sum, tanh, type Feeds, type Tensor,
} from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { pseudoRandom } from '../../testing/seeded.ts';
import { boundedInterpreter, interpretWithBounds } from './interpret-with-bounds.ts';

const unit = 2 ** -24;

function boundsOf(tensor: Tensor, feeds: Feeds = {}): readonly number[] {
  return interpretWithBounds([tensor], feeds).flatMap(({ bounds }) => [...bounds]);
}

const third = (shape: readonly number[]): Tensor => mul(constant(new NdArray(shape, pseudoRandom(shape.reduce((product, size) => product * size, 1)).map(Math.fround))), 1 / 3);

describe('the law of each kind of node', () => {
  test('sources and movements make no error', () => {
    const x = input('x', [3]);
    expect(boundsOf(pad(flip(x), { low: [1], value: 5 }), { x: [0.1, 0.2, 0.3] })).toEqual([0, 0, 0, 0]);
  });

  test('an element-wise operation rounds its result: c u |y|', () => {
    const x = input('x', []);
    expect(boundsOf(mul(x, 1 / 3), { x: 0.7 })[0]).toBeCloseTo(16 * unit * (0.7 / 3), 12);
  });

  test('and carries what its operands err by, times its slope', () => {
    const x = input('x', []);
    const y = mul(x, 1 / 3);
    const [inner = 0] = boundsOf(y, { x: 30 });
    const [outer = 0] = boundsOf(exp(y), { x: 30 });
    expect(outer).toBeGreaterThan(Math.exp(10) * inner);
    expect(outer).toBeLessThan(Math.exp(10) * (inner + 16 * unit * 12));
  });

  test('a sum is judged by its absolute terms, not by its value', () => {
    const x = input('x', [4]);
    const feeds = { x: [1 / 3, -1 / 3, 1 / 5, 3.7] };
    const terms = feeds.x.reduce((total, value) => total + Math.abs(Math.fround(value)), 0);
    expect(boundsOf(sum(x), feeds)[0]).toBeCloseTo(16 * unit * terms, 12);
  });

  test('so is a correlation, where a padded position contributes nothing', () => {
    const [x, w] = [input('x', [1, 1, 2]), input('w', [1, 1, 2])];
    const feeds = { x: [[[1 / 3, -2 / 3]]], w: [[[3 / 7, 5 / 7]]] };
    const bounds = boundsOf(correlate(x, w, { padding: 1 }), feeds);
    const expected = [(1 / 3) * (5 / 7), (1 / 3) * (3 / 7) + (2 / 3) * (5 / 7), (2 / 3) * (3 / 7)].map((terms) => 16 * unit * terms);
    bounds.forEach((bound, position) => expect(bound).toBeCloseTo(expected[position] ?? 0, 12));
  });

  test('algorithms that need more say so', () => {
    const x = input('x', []);
    const bound = (errorConstant: number): number | undefined => interpretWithBounds([mul(x, 0.1)], { x: 1.1 }, { errorConstant })[0]?.bounds[0];
    expect(bound(64)).toBe(4 * Number(bound(16)));
  });

  test('float64 has its own unit, and casting to float32 rounds', () => {
    const x = input('x', [], { dtype: 'float64' });
    const [fine = 0] = boundsOf(mul(x, x), { x: 0.7 });
    expect(fine).toBeCloseTo(16 * 2 ** -53 * 0.49, 20);
    expect(boundsOf(cast(x, 'float32'), { x: 0.1 })[0]).toBeCloseTo(16 * unit * 0.1, 12);
    expect(boundsOf(cast(x, 'float32'), { x: 0.5 })).toEqual([0]);
  });
});

describe('where float32 is exact no error is allowed', () => {
  test('sums, products and correlations of small whole numbers', () => {
    const x = input('x', [2, 2]);
    const feeds = { x: [[1, -2], [3, 0.5]] };
    expect(boundsOf(square(sub(mul(x, 3), 1)), feeds)).toEqual([0, 0, 0, 0]);
    expect(boundsOf(sum(square(x)), feeds)).toEqual([0]);
    expect(boundsOf(div(x, 4), feeds)).toEqual([0, 0, 0, 0]);
  });

  test('not where a partial sum may need more digits than there are', () => {
    const x = input('x', [3]);
    expect(boundsOf(sum(x), { x: [2 ** 24, 1, 1] })[0]).toBeGreaterThan(0);
    expect(boundsOf(sum(x), { x: [2 ** 22, 1, 1] })).toEqual([0]);
  });
});

describe('jumps', () => {
  const x = input('x', [3]);
  const y = mul(x, 1 / 3);
  const feeds = { x: [0, 1e-3, 3] };

  test('a comparison of numbers without error is judged, equal or not', () => {
    expect(boundsOf(less(x, 1e-3), feeds)).toEqual([0, 0, 0]);
  });

  test('one that its error may turn is not', () => {
    expect(boundsOf(less(y, Math.fround(1e-3 / 3)), feeds)).toEqual([0, Infinity, 0]);
    expect(boundsOf(floor(y), { x: [0.5, 2.9999998, 3] })).toEqual([0, Infinity, Infinity]);
  });

  test('nor is anything computed from it, and a select only where its branches differ', () => {
    const turned = less(y, Math.fround(1e-3 / 3));
    expect(boundsOf(add(turned, 1), feeds)).toEqual([0, Infinity, 0]);
    expect(boundsOf(select(turned, 1, 2), feeds)).toEqual([0, Infinity, 0]);
    expect(boundsOf(select(turned, x, x), feeds)).toEqual([0, 0, 0]);
    expect(boundsOf(sum(turned), feeds)).toEqual([Infinity]);
  });

  test('kinks are no jumps: relu, abs and max are judged at 0', () => {
    const nearly = sub(y, y);
    for (const kinked of [relu(nearly), abs(nearly), max(nearly, 0)]) expect(boundsOf(kinked, feeds).every((bound) => bound < 1e-5)).toBe(true);
    expect(boundsOf(sign(nearly), feeds)).toEqual([0, Infinity, Infinity]);
    expect(boundsOf(select(greater(nearly, 0), 1, 0), feeds)).toEqual([0, Infinity, Infinity]);
  });

  test('judged says the same in bits', () => {
    expect(interpretWithBounds([floor(y)], { x: [0.5, 2.9999998, 3] }).map(({ judged }) => [...judged])).toEqual([[1, 0, 0]]);
  });
});

describe('the largest element', () => {
  test('is surely itself where no other comes near', () => {
    const x = third([2, 5]);
    const y = reduceMax(x, { axes: 1, keepAxes: true });
    expect(boundsOf(equal(x, y)).every((bound) => bound === 0)).toBe(true);
    const [slope] = grad(sum(square(reduceMax(x, { axes: 1 }))), [x]);
    expect(boundsOf(slope).every((bound) => bound < 1e-5)).toBe(true);
  });

  test('is not judged where two do', () => {
    const x = mul(constant([1, 1 + 2 ** -22, 0.5]), 1 / 3);
    expect(boundsOf(equal(x, reduceMax(x, { axes: 0, keepAxes: true })))).toEqual([Infinity, Infinity, 0]);
  });

  test('ties of numbers without error are judged', () => {
    const x = constant([2, 2, 1]);
    expect(boundsOf(equal(x, reduceMax(x, { axes: 0, keepAxes: true })))).toEqual([0, 0, 0]);
  });
});

describe('what is not finite', () => {
  const x = input('x', [4]);
  const feeds = { x: [-1, 0, 1, 4] };

  test('is judged where one operation makes it, and nowhere behind', () => {
    expect(boundsOf(log(x), feeds).map((bound) => bound < Infinity)).toEqual([true, true, true, true]);
    expect(boundsOf(add(log(x), 1), feeds).map((bound) => bound < Infinity)).toEqual([false, false, true, true]);
    expect(boundsOf(sqrt(x), feeds).map((bound) => bound < Infinity)).toEqual([true, true, true, true]);
  });

  test('may make anything of a correlation, even with a tap of 0', () => {
    const w = input('w', [1, 1, 2]);
    const bounds = boundsOf(correlate(reshape(log(x), [1, 1, 4]), w), { ...feeds, w: [[[0, 1]]] });
    expect(bounds.map((bound) => bound < Infinity)).toEqual([false, false, true]);
  });

  test('is not where the sign of a zero decides it', () => {
    expect(boundsOf(div(1, x), feeds)).toEqual([0, Infinity, 0, 0]);
  });

  test('nor what float32 may not hold', () => {
    expect(boundsOf(exp(mul(x, 30)), feeds).map((bound) => bound < Infinity)).toEqual([true, true, true, false]);
  });
});

test('computing every step in float32 stays within the bounds', () => {
  const data = pseudoRandom(64, 3).map(Math.fround);
  const [x, w] = [input('x', [8, 8]), input('w', [8, 8])];
  const product = correlate(x, w);
  const result = tanh(mul(product, Math.fround(0.3)));
  const [wanted] = interpretWithBounds([result], { x: new NdArray([8, 8], Float32Array.from(data)), w: new NdArray([8, 8], Float32Array.from(data)) });
  const at = (row: number, column: number): number => data[8 * row + column] ?? 0;
  wanted?.bounds.forEach((bound, position) => {
    const [n, o] = [Math.floor(position / 8), position % 8];
    let total = 0;
    for (let c = 0; c < 8; c++) total = Math.fround(total + Math.fround(at(n, c) * at(o, c)));
    const got = Math.fround(Math.tanh(Math.fround(total * Math.fround(0.3))));
    expect(Math.abs(got - (wanted.values.data[position] ?? 0))).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThan(1e-5);
  });
});

test('an interpreter of its own takes one tensor after another', () => {
  const x = input('x', ['N']);
  const valuesOf = boundedInterpreter([x], { x: [1, 2, 3] });
  const doubled = mul(x, 2);
  expect([...valuesOf(doubled).values.data]).toEqual([2, 4, 6]);
  expect([...valuesOf(sum(doubled)).values.data]).toEqual([12]);
  expect(valuesOf(doubled)).toBe(valuesOf(doubled));
  expect(() => valuesOf(input('y', []))).toThrow('boundedInterpreter: input is not among the sources');
});
