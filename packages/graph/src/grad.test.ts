import { describe, expect, test } from 'vitest';
import { grad } from './grad.ts';
import { evaluate } from './interpreter/interpret.ts';
import { corr2d } from './ops/convolution.ts';
import { add, mul, sign, square } from './ops/elementwise.ts';
import { squaredError } from './ops/losses.ts';
import { sum } from './ops/reduce.ts';
import { input, state } from './ops/source.ts';

describe('gradients', () => {
  test('a gradient has the shape and dtype of what it is taken of', () => {
    const X = input('X', [6, 8], { dtype: 'float64' });
    const K = state('K', [[0.3, 0.7]], { dtype: 'float64' });
    const [dX, dK] = grad(sum(corr2d(X, K)), [X, K]);
    expect(dX.shape).toEqual([6, 8]);
    expect(dK.shape).toEqual([1, 2]);
    expect(dX.dtype).toBe('float64');
  });

  test('they come in the order that was asked for, each as often as it was', () => {
    const a = input('a', []);
    const b = input('b', []);
    const [db, da, again] = grad(mul(a, square(b)), [b, a, b]);
    expect(evaluate(db, { a: 3, b: 5 }).item()).toBe(30);
    expect(evaluate(da, { a: 3, b: 5 }).item()).toBe(25);
    expect(again).toBe(db);
  });

  test('what is used several times gathers the gradient of every use', () => {
    const x = input('x', [2]);
    const [dx] = grad(sum(add(mul(x, x), mul(3, x))), [x]);
    expect(evaluate(dx, { x: [1, -2] }).toNested()).toEqual([5, -1]);
  });

  test('a tensor in the middle, and the loss itself, can be differentiated by', () => {
    const x = input('x', [2]);
    const y = square(x);
    const loss = sum(square(y));
    expect(evaluate(grad(loss, [y])[0], { x: [1, 3] }).toNested()).toEqual([2, 18]);
    expect(evaluate(grad(loss, [loss])[0]).item()).toBe(1);
  });

  test('named sizes stay named', () => {
    const photo = input('photo', ['H', 'W']);
    const K = state('K', [[1, -1]]);
    const [dPhoto, dK] = grad(squaredError(corr2d(photo, K), 0), [photo, K]);
    expect(dPhoto.shape).toEqual(photo.shape);
    expect(evaluate(dK, { photo: [[1, 2, 4]] }).toNested()).toEqual([[-10, -20]]);
    expect(evaluate(dPhoto, { photo: [[1, 2, 4]] }).toNested()).toEqual([[-2, -2, 4]]);
  });
});

describe('second order never fails', () => {
  test('what the first differentiation lost is zero', () => {
    const x = input('x', [2]);
    const c = input('c', []);
    const loss = add(sum(mul(x, 3)), c);
    const [dx] = grad(loss, [x]);
    const [dxx, dxc] = grad(sum(dx), [x, c]);
    expect(evaluate(dxx).toNested()).toEqual([0, 0]);
    expect(evaluate(dxc).item()).toBe(0);
  });

  test('also behind a jump, and to the third order', () => {
    const x = input('x', [2]);
    const [first] = grad(sum(mul(sign(x), x)), [x]);
    const [second] = grad(sum(first), [x]);
    const [third] = grad(sum(second), [x]);
    expect(evaluate(second).toNested()).toEqual([0, 0]);
    expect(evaluate(third).toNested()).toEqual([0, 0]);
  });

  // The gradients of both losses are one tensor of ones.
  test('a gradient that two losses share remembers both', () => {
    const x = input('x', [2]);
    const c = input('c', []);
    const [withC] = grad(add(sum(x), c), [x]);
    const [withoutC] = grad(sum(x), [x]);
    expect(withC).toBe(withoutC);
    const [dc] = grad(sum(withC), [c]);
    expect(evaluate(dc).item()).toBe(0);
  });
});

test('a chain of ten thousand operations does not exhaust the stack', () => {
  const x = input('x', []);
  let y = x;
  for (let step = 0; step < 10_000; step++) y = add(y, x);
  const [dx] = grad(y, [x]);
  expect(evaluate(dx).item()).toBe(10_001);
});
