import { book } from '@xcorr/golden';
import { expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { pseudoRandomPoint } from '../../testing/points.ts';
import { thrown } from '../../testing/thrown.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { setSlice } from './set-slice.ts';
import { input, ones, zeros } from './source.ts';

test('the image of the chapter: X = ones((6, 8)); X[:, 2:6] = 0', () => {
  expect(evaluate(setSlice(ones([6, 8]), [':', '2:6'], 0)).toNested()).toEqual(book.edge.x);
});

test('indices, steps, bounds from the end, and parts left out', () => {
  const x = zeros([6]);
  expect(evaluate(setSlice(x, [2], 1)).toNested()).toEqual([0, 0, 1, 0, 0, 0]);
  expect(evaluate(setSlice(x, [-1], 1)).toNested()).toEqual([0, 0, 0, 0, 0, 1]);
  expect(evaluate(setSlice(x, ['1::2'], 1)).toNested()).toEqual([0, 1, 0, 1, 0, 1]);
  expect(evaluate(setSlice(x, [':-2'], 1)).toNested()).toEqual([1, 1, 1, 1, 0, 0]);
  expect(evaluate(setSlice(x, [], 1)).toNested()).toEqual([1, 1, 1, 1, 1, 1]);
});

test('the value is broadcast to the region', () => {
  expect(evaluate(setSlice(zeros([2, 3]), [':', '1:'], [5, 6])).toNested()).toEqual([[0, 5, 6], [0, 5, 6]]);
  expect(evaluate(setSlice(zeros([2, 3]), [1], [[1, 2, 3]])).toNested()).toEqual([[0, 0, 0], [1, 2, 3]]);
});

test('of a picture of any size', () => {
  const photo = input('photo', ['H', 'W']);
  expect(evaluate(setSlice(photo, [':', '-1:'], 0), { photo: [[1, 2], [3, 4]] }).toNested()).toEqual([[1, 0], [3, 0]]);
});

test('the gradient goes to the value inside and to the tensor outside', () => {
  checkGradients([pseudoRandomPoint([3, 4], 1), pseudoRandomPoint([2], 2)], ([x, value]) => setSlice(x, ['::2', '1:3'], value));
});

test('ranges that are not read, that are empty, and that leave the tensor', () => {
  const x = input('x', [4, 4]);
  expect(thrown(() => setSlice(x, ['a'], 0))).toMatchInlineSnapshot(`"ValueError: setSlice: the range "a" of axis 0 is not read; give an index, ':', 'start:stop' or 'start:stop:step' with a step of at least 1"`);
  expect(thrown(() => setSlice(x, ['::0'], 0))).toMatchInlineSnapshot(`"ValueError: setSlice: the range "::0" of axis 0 is not read; give an index, ':', 'start:stop' or 'start:stop:step' with a step of at least 1"`);
  expect(thrown(() => setSlice(x, ['3:3'], 0))).toMatchInlineSnapshot(`"ShapeError: setSlice: the range "3:3" takes nothing from axis 0 of [4, 4] or leaves it; 0 <= start < stop <= size must hold"`);
  expect(thrown(() => setSlice(x, [4], 0))).toMatchInlineSnapshot(`"ShapeError: setSlice: the range 4 takes nothing from axis 0 of [4, 4] or leaves it; 0 <= start < stop <= size must hold"`);
  expect(thrown(() => setSlice(x, [0, 0, 0], 0))).toMatchInlineSnapshot(`"ShapeError: setSlice: 3 ranges for a tensor of rank 2; give at most one for each axis"`);
  expect(thrown(() => setSlice(x, [0], [1, 2, 3]))).toMatchInlineSnapshot(`"ShapeError: setSlice: a value of shape [3] for a region of shape [1, 4]; the value must broadcast to the region"`);
});
