import { describe, expect, test } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { add, cast, concat, constant, conv2d, corr2d, evaluate, extend, grad, input, ndarray, NdArray, pad, reshape, slice, state, sum, take, transpose } from './index.ts';

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

  test('what programs without types give in the place of a list, of options, of a size or of a dtype', () => {
    const thrownBy = (operation: (...operands: never[]) => unknown, ...operands: readonly unknown[]): unknown => thrown((): unknown => Reflect.apply(operation, undefined, operands));
    expect(thrownBy(input, 'x')).toMatchInlineSnapshot(`"ValueError: input "x": the shape is undefined, no list; give a size for each axis: [6, 8]"`);
    expect(thrownBy(input, 'x', '5')).toMatchInlineSnapshot(`"ValueError: input "x": the shape is the text "5", no list; give a size for each axis: [6, 8]"`);
    expect(thrownBy(input, 'x', [null])).toMatchInlineSnapshot(`"ValueError: input "x": null is no size; give a whole number, or a name for one: [6, 'W']"`);
    expect(thrownBy(input, 'x', [''])).toMatchInlineSnapshot(`"ValueError: input "x": the text "" is no size; give a whole number, or a name for one: [6, 'W']"`);
    expect(thrownBy(input, 'x', [5], 'float64')).toMatchInlineSnapshot(`"ValueError: input "x": the options are the text "float64", no object; give them by name: { dtype: 'float64' }"`);
    expect(thrownBy(input, 'x', [5], { dtype: 'int8' })).toMatchInlineSnapshot(`"ValueError: input "x": the text "int8" is no dtype; give 'float32' or 'float64'"`);
    expect(thrownBy(input, 'x', [5], { storage: 'int8' })).toMatchInlineSnapshot(`"ValueError: input "x": the text "int8" is no storage; give 'uint8', 'float32' or 'float64'"`);
    expect(thrownBy(state, 'K', image)).toMatchInlineSnapshot(`"ValueError: state "K": a tensor is no number and no list; an NdArray gives a typed array its shape"`);
    expect(thrownBy(constant, Float32Array.of(1, 2))).toMatchInlineSnapshot(`"ValueError: constant: a Float32Array is no number and no list; an NdArray gives a typed array its shape"`);
    expect(thrownBy(sum, image, 0)).toMatchInlineSnapshot(`"ValueError: sum: the options are 0, no object; give them by name: { axes: 0 }"`);
    expect(thrownBy(sum, image, { axes: 'all' })).toMatchInlineSnapshot(`"ValueError: sum: what should be axes is the text "all", no list; give one axis, or a list of them: [0, 1]"`);
    expect(thrownBy(reshape, image, 48)).toMatchInlineSnapshot(`"ValueError: reshape: the shape is 48, no list; give a size for each axis: [6, 8]"`);
    expect(thrownBy(transpose, image, '10')).toMatchInlineSnapshot(`"ValueError: transpose: the permutation is the text "10", no list; give the axes in their new order: [1, 0]"`);
    expect(thrownBy(slice, image, [1])).toMatchInlineSnapshot(`"ValueError: slice: the options are a list, no object; give them by name: { start: [1] }"`);
    expect(thrownBy(pad, image, { low: 1 })).toMatchInlineSnapshot(`"ValueError: pad: low is 1, no list; give an entry for each axis: [1, 1]"`);
    expect(thrownBy(extend, image, { low: [1] })).toMatchInlineSnapshot(`
      "ValueError: extend: there is no mode undefined
        the modes are "edge", "reflect", "symmetric", "wrap""
    `);
    expect(thrownBy(take, image, 1)).toMatchInlineSnapshot(`"ValueError: take: the index map is 1, no list; give the indices in their new order: [2, 0]"`);
    expect(thrownBy(concat, image)).toMatchInlineSnapshot(`"ValueError: concat: what should be tensors is a tensor, no list; give a list of them"`);
    expect(thrownBy(cast, image, 'double')).toMatchInlineSnapshot(`"ValueError: cast: the text "double" is no dtype; give 'float32' or 'float64'"`);
    expect(thrownBy(corr2d, image, [[1, -1]], { padding: { low: 1 } })).toMatchInlineSnapshot(`"ShapeError: corr2d: padding {"low":1} is unknown; give 'valid', 'same', 'full', a whole number, or [low, high] for each axis"`);
    expect(thrownBy(corr2d, image, [[1, -1]], { strides: {} })).toMatchInlineSnapshot(`"ValueError: corr2d: strides is a value of type object, no list; give one number, or one for each axis"`);
    expect(thrownBy(conv2d, photo, photo, null)).toMatchInlineSnapshot(`"ValueError: conv2d: the options are null, no object; give them by name: { padding: 1 }"`);
    expect(thrown(() => Reflect.construct(NdArray, [2, new Float32Array(2)]))).toMatchInlineSnapshot(`"ValueError: NdArray: the shape is 2, no list; give a size for each axis: [6, 8]"`);
    expect(thrown(() => Reflect.construct(NdArray, [[2], [1, 2]]))).toMatchInlineSnapshot(`"ValueError: NdArray: the data is a list, no typed array; ndarray takes nested lists"`);
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
