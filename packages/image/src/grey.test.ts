import { constant, evaluate, input, ShapeError } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { grey, lumaWeights } from './grey.ts';

test('white is 1, and each colour weighs what BT.601 gives it', () => {
  const colours = constant([[[1, 1, 1], [1, 0, 0]], [[0, 1, 0], [0, 0, 1]]]);
  const [red, green, blue] = lumaWeights.map(Math.fround);
  expect(evaluate(grey(colours)).toNested()).toEqual([[1, red], [green, blue]]);
});

test('one channel keeps its values', () => {
  expect(evaluate(grey(constant([[[0.25], [0.5]]]))).toNested()).toEqual([[0.25, 0.5]]);
});

test('pictures of any size: named sizes stay named', () => {
  const photo = input('photo', ['H', 'W', 3]);
  expect(evaluate(grey(photo), { photo: [[[1, 1, 1]]] }).toNested()).toEqual([[1]]);
});

test.each([
  [[2, 2, 4], 'grey: a picture of 4 channels\n  [H, W, 3] or [H, W, 1] is expected, not [2, 2, 4] (photo); composite it over a colour first: compositeOver(picture)'],
  [[2, 2, 2], 'grey: a picture of 2 channels\n  [H, W, 3] or [H, W, 1] is expected, not [2, 2, 2] (photo); composite it over a colour first: compositeOver(picture)'],
  [[2, 2, 5], 'grey: a picture of 5 channels\n  [H, W, 3] or [H, W, 1] is expected, not [2, 2, 5] (photo)'],
  [[2, 2], 'grey: a picture of rank 2\n  [H, W, 3] or [H, W, 1] is expected, not [2, 2] (photo)'],
])('the shape %j is refused', (shape, message) => {
  expect(() => grey(input('photo', shape))).toThrow(new ShapeError(message));
});
