import { describe, expect, test } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { add, constant, corr2d, evaluate, grad, input, ndarray, NdArray, state, sum } from './index.ts';

// Errors are part of the language: they are tested word for word.

const photo = input('photo', [1, 3, 6, 8]);
const image = input('image', [6, 8]);

describe('values given by people', () => {
  test('ragged lists', () => {
    expect(thrown(() => constant([[1, 2], [3]]))).toMatchInlineSnapshot(`"ValueError: constant: the list at [1] has 1 elements, its neighbours have 2; lists must be rectangular"`);
    expect(thrown(() => constant([[1, 2], 3]))).toMatchInlineSnapshot(`"ValueError: constant: 3 at [1], where its neighbours are lists; lists must be rectangular"`);
    expect(thrown(() => constant([1, [2]]))).toMatchInlineSnapshot(`"ValueError: constant: a list at [1], where its neighbours are numbers; lists must be rectangular"`);
  });

  test('empty lists', () => {
    expect(thrown(() => constant([]))).toMatchInlineSnapshot(`"ValueError: constant: an empty list at the top; every axis must be at least 1"`);
    expect(thrown(() => state('K', [[]]))).toMatchInlineSnapshot(`"ValueError: state "K": an empty list at [0]; every axis must be at least 1"`);
  });

  test('what is no finite number', () => {
    expect(thrown(() => constant([[1, Number.NaN]]))).toMatchInlineSnapshot(`"ValueError: constant: NaN at [0][1]; lists must hold finite numbers (typed arrays pass unchanged)"`);
    expect(thrown(() => add(image, Infinity))).toMatchInlineSnapshot(`"ValueError: add: Infinity is not a finite number"`);
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => ndarray([1, '2']))).toMatchInlineSnapshot(`"ValueError: ndarray: the text "2" at [1]; lists must hold finite numbers (typed arrays pass unchanged)"`);
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => ndarray([1, null]))).toMatchInlineSnapshot(`"ValueError: ndarray: null at [1]; lists must hold finite numbers (typed arrays pass unchanged)"`);
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => add(image, {}))).toMatchInlineSnapshot(`"ValueError: add: a tensor, a number or a nested list is expected, not a value of type object"`);
  });

  test('the holes of a sparse list', () => {
    const sparse = [1];
    sparse[2] = 3;
    expect(thrown(() => constant(sparse))).toMatchInlineSnapshot(`"ValueError: constant: undefined at [1]; lists must hold finite numbers (typed arrays pass unchanged)"`);
  });

  test('names that name nothing', () => {
    expect(thrown(() => input('', [1]))).toMatchInlineSnapshot(`"ValueError: input: the name must be a text of at least one character; errors and printed graphs show it"`);
    expect(thrown(() => state('', [1]))).toMatchInlineSnapshot(`"ValueError: state: the name must be a text of at least one character; errors and printed graphs show it"`);
  });

  test('data that does not fill its shape, and arrays without one element', () => {
    expect(thrown(() => new NdArray([2, 3], new Float32Array(5)))).toMatchInlineSnapshot(`"ValueError: NdArray: 5 elements do not fill the shape [2, 3], which has 6"`);
    expect(thrown(() => ndarray([1, 2]).item())).toMatchInlineSnapshot(`"ValueError: item: the array [2] has 2 elements, not one; use toNested() or data"`);
  });
});

describe('feeds', () => {
  const X = input('X', [2, 3]);

  test('a feed of another shape', () => {
    expect(thrown(() => evaluate(X, { X: [[1, 2]] }))).toMatchInlineSnapshot(`
      "FeedError: feed "X": the value has the shape [1, 2], the input has [2, 3]
        give a value of the input's shape"
    `);
    expect(thrown(() => evaluate(X, { X: new Float32Array(5) }))).toMatchInlineSnapshot(`
      "FeedError: feed "X": the array has 5 elements, the input [2, 3] has 6
        give one number for each element, in row-major order"
    `);
    expect(thrown(() => evaluate(input('photo', ['H', 'W']), { photo: new Float32Array(6) }))).toMatchInlineSnapshot(`
      "FeedError: feed "photo": a typed array has no shape, and the input's [H, W] has named sizes
        give new NdArray(shape, data)"
    `);
  });

  test('an input that is not fed', () => {
    expect(thrown(() => evaluate(X))).toMatchInlineSnapshot(`
      "FeedError: evaluate: the input "X" is not fed
        give its value: evaluate(tensor, { "X": … })"
    `);
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => evaluate(X, { X: null }))).toMatchInlineSnapshot(`"FeedError: feed "X": nested lists, an NdArray or a typed array are expected, not null"`);
  });

  test('two inputs of one name', () => {
    expect(thrown(() => evaluate(add(X, input('X', [2, 3])), { X: [[1, 2, 3], [4, 5, 6]] }))).toMatchInlineSnapshot(`
      "FeedError: evaluate: two tensors are named "X"
        input  [2, 3]  X  at errors-of-values.test.ts:<line>
        input  [2, 3]  X  at errors-of-values.test.ts:<line>
        a feed could not tell them apart; give each its own name, or use one tensor twice"
    `);
  });
});

describe('gradients', () => {
  test('of something that is no scalar', () => {
    expect(thrown(() => grad(corr2d(image, [[1, -1]]), [image]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss is not a scalar
        loss  [6, 7]  at errors-of-values.test.ts:<line>
        a gradient needs one number to differentiate; sum or average the loss first"
    `);
  });

  test('with respect to something that the loss does not depend on', () => {
    expect(thrown(() => grad(sum(image), [photo]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss does not depend on photo
        loss  []                   at errors-of-values.test.ts:<line>
        wrt   [1, 3, 6, 8]  photo  at errors-of-values.test.ts:<line>
        differentiate with respect to tensors that the loss was computed from"
    `);
    expect(thrown(() => grad(sum(image), [add(image, 1)]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss does not depend on the tensor
        loss  []      at errors-of-values.test.ts:<line>
        wrt   [6, 8]  at errors-of-values.test.ts:<line>
        differentiate with respect to tensors that the loss was computed from"
    `);
  });

  test('of what is no tensor', () => {
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => grad(1, []))).toMatchInlineSnapshot(`"ValueError: grad: a tensor is expected, not a value of type number"`);
    // @ts-expect-error A program without types may pass anything.
    expect(thrown(() => grad(sum(image), image))).toMatchInlineSnapshot(`"ValueError: grad: a list of tensors is expected: grad(loss, [K])"`);
  });
});
