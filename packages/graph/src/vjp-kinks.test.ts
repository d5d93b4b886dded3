import { describe, expect, test } from 'vitest';
import { grad } from './grad.ts';
import { evaluate } from './interpreter/interpret.ts';
import type { Nested } from './nested.ts';
import { abs, add, atan2, equal, floor, less, max, min, mul, pow, relu, sign, square, stopGradient, sub } from './ops/elementwise.ts';
import { absoluteError, huber } from './ops/losses.ts';
import { reduceMax, reduceMin, sum } from './ops/reduce.ts';
import { input } from './ops/source.ts';
import type { Tensor } from './tensor.ts';

// Where a function has no derivative, the convention is stated and held.

/** f'(x) for each of some numbers. */
function derivative(f: (x: Tensor) => Tensor, at: readonly number[]): Nested {
  const x = input('x', [at.length], { dtype: 'float64' });
  const [dx] = grad(sum(f(x)), [x]);
  return evaluate(positiveZeros(dx), { x: at }).toNested();
}

/** The sign of a zero is not promised. */
function positiveZeros(x: Tensor): Tensor {
  return add(x, 0);
}

function secondDerivative(f: (x: Tensor) => Tensor, at: readonly number[]): Nested {
  return derivative((x) => grad(sum(f(x)), [x])[0], at);
}

/** df/da and df/db at each pair of numbers. */
function gradients(f: (a: Tensor, b: Tensor) => Tensor, at: readonly (readonly [number, number])[]): readonly Nested[] {
  const a = input('a', [at.length], { dtype: 'float64' });
  const b = input('b', [at.length], { dtype: 'float64' });
  const feeds = { a: at.map(([first]) => first), b: at.map(([, second]) => second) };
  return grad(sum(f(a, b)), [a, b]).map((gradient) => evaluate(positiveZeros(gradient), feeds).toNested());
}

test('abs and relu have derivative 0 at 0', () => {
  expect(derivative(abs, [-2, 0, 2])).toEqual([-1, 0, 1]);
  expect(derivative(relu, [-2, 0, 2])).toEqual([0, 0, 1]);
  expect(secondDerivative(abs, [-2, 0, 2])).toEqual([0, 0, 0]);
  expect(secondDerivative(relu, [-2, 0, 2])).toEqual([0, 0, 0]);
});

test('jumps have derivative 0 everywhere', () => {
  expect(derivative((x) => mul(sign(x), x), [-2, 0, 2])).toEqual([-1, 0, 1]);
  expect(derivative((x) => mul(floor(x), x), [1, 2.5])).toEqual([1, 2]);
  expect(gradients((a, b) => mul(less(a, b), a), [[1, 1], [1, 2]])).toEqual([[0, 1], [0, 0]]);
  expect(gradients((a, b) => mul(equal(a, b), b), [[1, 1], [1, 2]])).toEqual([[0, 0], [1, 0]]);
});

test('equal operands of min and max share the gradient', () => {
  expect(gradients(min, [[1, 2], [2, 2], [3, 2]])).toEqual([[1, 0.5, 0], [0, 0.5, 1]]);
  expect(gradients(max, [[1, 2], [2, 2], [3, 2]])).toEqual([[0, 0.5, 1], [1, 0.5, 0]]);
});

test('equal elements share the gradient of the largest', () => {
  expect(derivative((x) => reduceMax(x), [3, 1, 3])).toEqual([0.5, 0, 0.5]);
  expect(derivative((x) => reduceMin(x), [1, 1, 3])).toEqual([0.5, 0.5, 0]);
  expect(secondDerivative((x) => square(reduceMax(x)), [3, 1, 3])).toEqual([1, 0, 1]);
});

test('no gradient flows through stopGradient', () => {
  expect(derivative((x) => mul(stopGradient(x), x), [2, 3])).toEqual([2, 3]);
  expect(derivative((x) => stopGradient(square(x)), [2, 3])).toEqual([0, 0]);
});

test('the losses inherit the convention', () => {
  expect(derivative((x) => absoluteError(x, [0, 1, 2, 3]), [0, 0, 0, 4])).toEqual([0, -0.25, -0.25, 0.25]);
  expect(derivative((x) => huber(x, [0, 0, 0, 0]), [0, 0.5, 1, 2])).toEqual([0, 0.125, 0.25, 0.25]);
});

describe('pow', () => {
  test('a constant exponent forms no logarithm: negative and zero bases are fine', () => {
    expect(derivative((x) => pow(x, 3), [-2, 0, 2])).toEqual([12, 0, 12]);
    expect(secondDerivative((x) => pow(x, 3), [-2, 0, 2])).toEqual([-12, 0, 12]);
    expect(derivative((x) => pow(x, 2), [-2, 0])).toEqual([-4, 0]);
    expect(secondDerivative((x) => pow(x, 2), [-2, 0])).toEqual([2, 2]);
  });

  test('the exponents 0 and 1', () => {
    expect(derivative((x) => pow(x, 1), [-2, 0])).toEqual([1, 1]);
    expect(secondDerivative((x) => pow(x, 1), [-2, 0])).toEqual([0, 0]);
    expect(derivative((x) => pow(x, 0), [-2, 0])).toEqual([0, 0]);
  });

  test('the exponent has a gradient at positive bases alone', () => {
    expect(gradients(pow, [[-2, 2], [0, 2], [1, 2]])).toEqual([[-4, 0, 2], [0, 0, 0]]);
    expect(gradients(pow, [[2, 0], [0, 0]])).toEqual([[0, 0], [Math.log(2), 0]]);
  });

  test('the gradient of the exponent is 0 there to any order, not NaN', () => {
    const ofExponent = (a: Tensor, b: Tensor): Tensor => grad(sum(pow(a, b)), [b])[0];
    const [ofBase, ofExponentAgain] = gradients(ofExponent, [[-2, 2], [0, 2], [1, 2]]);
    expect(ofBase).toEqual([0, 0, 1]);
    expect(ofExponentAgain).toEqual([0, 0, 0]);
  });

  // d^2 (a^b) / da db = a^(b - 1) (1 + b log a), which is 1 / a at b = 0: no kink.
  test('at an exponent of 0 both orders of differentiation agree', () => {
    const a = input('a', [], { dtype: 'float64' });
    const b = input('b', [], { dtype: 'float64' });
    const [da, db] = grad(pow(a, b), [a, b]);
    const [dadb] = grad(da, [b]);
    const [dbda] = grad(db, [a]);
    expect(evaluate(dadb, { a: 4, b: 0 }).item()).toBe(0.25);
    expect(evaluate(dbda, { a: 4, b: 0 }).item()).toBe(0.25);
  });
});

test('atan2 has derivative 0 at the origin', () => {
  expect(gradients(atan2, [[0, 0], [0, 2], [2, 0]])).toEqual([[0, 0.5, 0], [0, 0, -0.5]]);
});

test('second order of a square behind a kink', () => {
  expect(secondDerivative((x) => square(relu(sub(x, 1))), [0, 1, 3])).toEqual([0, 0, 2]);
});
