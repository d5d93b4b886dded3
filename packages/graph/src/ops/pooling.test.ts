import { describe, expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { point, pseudoRandomPoint } from '../../testing/points.ts';
import { thrown } from '../../testing/thrown.ts';
import { grad } from '../grad.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { corr2d } from './convolution.ts';
import { averagePool, maxPool } from './pooling.ts';
import { sum } from './reduce.ts';
import { input } from './source.ts';

const image = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15]];

describe('the chapter on pooling', () => {
  test('windows touch unless a stride is given', () => {
    expect(evaluate(maxPool(image, [3, 3])).toNested()).toEqual([[10]]);
    expect(evaluate(maxPool(image, [2, 2])).toNested()).toEqual([[5, 7], [13, 15]]);
    expect(evaluate(averagePool(image, [2, 2])).toNested()).toEqual([[2.5, 4.5], [10.5, 12.5]]);
  });

  test('with padding and a stride', () => {
    expect(evaluate(maxPool(image, [3, 3], { padding: 1, strides: 2 })).toNested()).toEqual([[5, 7], [13, 15]]);
    expect(evaluate(maxPool(image, [2, 3], { padding: [0, 1], strides: [2, 3] })).toNested()).toEqual([[5, 7], [13, 15]]);
  });
});

test('an average is a correlation with equal taps', () => {
  const box = [[0.25, 0.25], [0.25, 0.25]];
  expect(evaluate(averagePool(image, [2, 2], { strides: 1 })).toNested()).toEqual(evaluate(corr2d(image, box)).toNested());
});

test('padded elements take no part', () => {
  expect(evaluate(maxPool([-1, -2], [2], { padding: 1, strides: 1 })).toNested()).toEqual([-1, -1, -2]);
  expect(evaluate(averagePool([1, 3], [2], { padding: 1, strides: 1 })).toNested()).toEqual([1, 2, 3]);
});

test('leading axes are batches, spatial ones may be named', () => {
  const x = input('x', [2, 'L']);
  expect(evaluate(maxPool(x, [2]), { x: [[1, 5, 2, 3], [4, 0, 7, 6]] }).toNested()).toEqual([[5, 3], [4, 7]]);
});

test('the gradient of a maximum goes to the largest element, equal ones share it', () => {
  const x = input('x', [4]);
  const [dx] = grad(sum(maxPool(x, [2])), [x]);
  expect(evaluate(dx, { x: [1, 5, 3, 3] }).toNested()).toEqual([0, 1, 0.5, 0.5]);
});

test('gradients', () => {
  const different = point([5, 5], Array.from({ length: 25 }, (_, index) => ((index * 7) % 25) / 8));
  checkGradients([different], ([x]) => maxPool(x, [2, 3], { strides: [1, 2], padding: [1, 1] }));
  checkGradients([pseudoRandomPoint([2, 5, 5], 1)], ([x]) => averagePool(x, [2, 2], { strides: 2, padding: 1 }));
});

test('windows that do not fit', () => {
  expect(thrown(() => maxPool(input('x', [2, 3]), [3, 3]))).toMatchInlineSnapshot(`
    "ShapeError: maxPool: a window of 3 elements does not fit axis 0
      operand  [2, 3]  x  at pooling.test.ts:<line>
                ^ dilation x (window - 1) + 1 must not exceed the size"
  `);
  expect(thrown(() => averagePool(input('x', [3]), [1, 1]))).toMatchInlineSnapshot(`
    "ShapeError: averagePool: a window of 2 axes over 1
      input  [3]  x  at pooling.test.ts:<line>
      give one window size for each spatial axis, the last axes of the input"
  `);
});
