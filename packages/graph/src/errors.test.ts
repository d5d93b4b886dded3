import { describe, expect, test, vi } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { describeOperands, XcorrError } from './errors.ts';
import {
  CompileError,
  FeedError,
  ShapeError,
  ValueError,
  add,
  arange,
  broadcast,
  constant,
  conv2d,
  convolve2d,
  corr2d,
  correlate,
  evaluate,
  flip,
  full,
  grad,
  input,
  label,
  mul,
  ndarray,
  NdArray,
  pad,
  reshape,
  select,
  slice,
  state,
  sum,
  transpose,
} from './index.ts';

// Errors are part of the language: they are tested word for word.

const photo = input('photo', [1, 3, 6, 8]);
const K = state('K', [[[[1, -1]]]]);
const image = input('image', [6, 8]);

describe('correlations', () => {
  test('channels that do not match, NCHW', () => {
    expect(thrown(() => conv2d(photo, K))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 1 (groups 1)
        input   [1, 3, 6, 8]  N C H W  photo  at errors.test.ts:<line>
        weight  [1, 1, 1, 2]  O I H W  K      at errors.test.ts:<line>
                    ^ I x groups must equal C"
    `);
  });

  test('channels that do not match, NHWC', () => {
    const last = label(reshape(photo, [1, 6, 8, 3]), 'photo, channels last');
    expect(thrown(() => conv2d(last, [[[[1]], [[-1]]]], { layout: 'NHWC' }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 1 (groups 1)
        input   [1, 6, 8, 3]  N H W C  photo, channels last  at errors.test.ts:<line>
        weight  [1, 2, 1, 1]  H W I O                        at errors.test.ts:<line>
                       ^ I x groups must equal C"
    `);
  });

  test('channels that do not match with groups', () => {
    expect(thrown(() => conv2d(photo, K, { groups: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 2 (groups 2)
        input   [1, 3, 6, 8]  N C H W  photo  at errors.test.ts:<line>
        weight  [1, 1, 1, 2]  O I H W  K      at errors.test.ts:<line>
                    ^ I x groups must equal C"
    `);
  });

  test('output channels that do not split into groups, in both layouts', () => {
    const two = input('two', [1, 2, 6, 8]);
    const weight = input('weight', [3, 1, 1, 2]);
    expect(thrown(() => conv2d(two, weight, { groups: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: 3 output channels do not split into 2 groups
        input   [1, 2, 6, 8]  N C H W  two     at errors.test.ts:<line>
        weight  [3, 1, 1, 2]  O I H W  weight  at errors.test.ts:<line>
                 ^ groups must divide O"
    `);
    expect(thrown(() => conv2d(transpose(two, [0, 2, 3, 1]), transpose(weight, [2, 3, 1, 0]), { groups: 2, layout: 'NHWC' }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: 3 output channels do not split into 2 groups
        input   [1, 6, 8, 2]  N H W C  at errors.test.ts:<line>
        weight  [1, 2, 1, 3]  H W I O  at errors.test.ts:<line>
                          ^ groups must divide O"
    `);
  });

  test('a kernel larger than the padded image', () => {
    expect(thrown(() => corr2d(image, input('wide', [2, 9])))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: the kernel covers 9 elements of spatial axis 1, the padded input has 8
        input   [6, 8]  H W  image  at errors.test.ts:<line>
        kernel  [2, 9]  H W  wide   at errors.test.ts:<line>
                    ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
    expect(thrown(() => corr2d(image, input('wide', [2, 2]), { padding: [0, -4] }))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: the kernel covers 2 elements of spatial axis 1, the padded input has 0
        input   [6, 8]  H W  image  at errors.test.ts:<line>
        kernel  [2, 2]  H W  wide   at errors.test.ts:<line>
                    ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
    expect(thrown(() => conv2d(photo, input('tall', [1, 3, 3, 1]), { dilations: [3, 1] }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the kernel covers 7 elements of spatial axis 0, the padded input has 6
        input   [1, 3, 6, 8]  N C H W  photo  at errors.test.ts:<line>
        weight  [1, 3, 3, 1]  O I H W  tall   at errors.test.ts:<line>
                       ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
  });

  test('ranks that do not match', () => {
    expect(thrown(() => corr2d(photo, [[1, -1]]))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: an input of rank 4 and a kernel of rank 2; both must have rank 2
        input   [1, 3, 6, 8]  H W  photo  at errors.test.ts:<line>
        kernel  [1, 2]        H W         at errors.test.ts:<line>
        both operands must have the axes H W; conv2d takes batches and channels"
    `);
    expect(thrown(() => convolve2d(image, [1, -1]))).toMatchInlineSnapshot(`
      "ShapeError: convolve2d: an input of rank 2 and a kernel of rank 1; both must have rank 2
        input   [6, 8]  H W  image  at errors.test.ts:<line>
        kernel  [2]     H W         at errors.test.ts:<line>
        both operands must have the axes H W; conv2d takes batches and channels"
    `);
    expect(thrown(() => conv2d(image, [[1, -1]]))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: an input of rank 2 and a weight of rank 2; both must have rank 4
        input   [6, 8]  N C H W  image  at errors.test.ts:<line>
        weight  [1, 2]  O I H W         at errors.test.ts:<line>
        corr2d takes a plain image and a plain kernel"
    `);
    expect(thrown(() => correlate(photo, input('weight', [1, 3, 2])))).toMatchInlineSnapshot(`
      "ShapeError: correlate: an input of rank 4 and a weight of rank 3 do not match
        input   [1, 3, 6, 8]  N C H W  photo   at errors.test.ts:<line>
        weight  [1, 3, 2]     O I H W  weight  at errors.test.ts:<line>
        both must have two channel axes and the same number of spatial axes"
    `);
    expect(thrown(() => correlate(arange(3), arange(2)))).toMatchInlineSnapshot(`
      "ShapeError: correlate: an input of rank 1 and a weight of rank 1 do not match
        input   [3]  N C  at errors.test.ts:<line>
        weight  [2]  O I  at errors.test.ts:<line>
        both must have two channel axes and the same number of spatial axes"
    `);
  });

  test('a bias of another length than the output channels', () => {
    expect(thrown(() => conv2d(photo, input('weight', [2, 3, 1, 1]), { bias: [1, 2, 3] }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: a bias of shape [3] for 2 output channels
        input   [1, 3, 6, 8]  N C H W  photo   at errors.test.ts:<line>
        weight  [2, 3, 1, 1]  O I H W  weight  at errors.test.ts:<line>
        bias    [3]           O                at errors.test.ts:<line>
        the bias must have one number for each output channel"
    `);
    expect(thrown(() => conv2d(photo, input('weight', [2, 3, 1, 1]), { bias: 1 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: a bias of shape [] for 2 output channels
        input   [1, 3, 6, 8]  N C H W  photo   at errors.test.ts:<line>
        weight  [2, 3, 1, 1]  O I H W  weight  at errors.test.ts:<line>
        bias    []            O                at errors.test.ts:<line>
        the bias must have one number for each output channel"
    `);
  });

  test('strides, dilations, groups and padding that are none', () => {
    expect(thrown(() => corr2d(image, [[1]], { strides: 0 }))).toMatchInlineSnapshot(`"ShapeError: corr2d: strides 0 is not a whole number of at least 1"`);
    expect(thrown(() => corr2d(image, [[1]], { strides: [1, 1, 1] }))).toMatchInlineSnapshot(`"ShapeError: corr2d: strides has 3 entries for 2 spatial axes; give one number, or one for each axis"`);
    expect(thrown(() => corr2d(image, [[1]], { dilations: 1.5 }))).toMatchInlineSnapshot(`"ShapeError: corr2d: dilations 1.5 is not a whole number of at least 1"`);
    expect(thrown(() => conv2d(photo, K, { groups: 0 }))).toMatchInlineSnapshot(`"ShapeError: conv2d: groups 0 is not a whole number of at least 1"`);
    expect(thrown(() => corr2d(image, [[1]], { padding: 0.5 }))).toMatchInlineSnapshot(`"ShapeError: corr2d: padding 0.5 is unknown; give 'valid', 'same', 'full', a whole number, or [low, high] for each axis"`);
    expect(thrown(() => corr2d(image, [[1]], { padding: [1, 0.5] }))).toMatchInlineSnapshot(`"ShapeError: corr2d: padding 0.5 is unknown; give 'valid', 'same', 'full', a whole number, or [low, high] for each axis"`);
    expect(thrown(() => corr2d(image, [[1]], { padding: [1] }))).toMatchInlineSnapshot(`"ShapeError: corr2d: padding has 1 entries for 2 spatial axes; give one entry for each axis"`);
  });

  test('the padding of a named size that no number can be given for', () => {
    const named = input('named', ['H', 'W']);
    expect(thrown(() => corr2d(named, [[1]], { padding: 'same', strides: 2 }))).toMatchInlineSnapshot(`"ShapeError: corr2d: padding 'same' with a stride of 2 above the window's 1 depends on the named size H; give the padding as numbers"`);
  });
});

describe('shapes', () => {
  test('shapes that do not broadcast', () => {
    expect(thrown(() => add(image, input('row', [7])))).toMatchInlineSnapshot(`
      "ShapeError: add: the shapes do not broadcast
        operand 1  [6, 8]  image  at errors.test.ts:<line>
        operand 2  [7]     row    at errors.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => mul(input('a', ['H', 2]), input('b', ['W', 2])))).toMatchInlineSnapshot(`
      "ShapeError: mul: the shapes do not broadcast
        operand 1  [H, 2]  a  at errors.test.ts:<line>
        operand 2  [W, 2]  b  at errors.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => select([1, 0], image, 0))).toMatchInlineSnapshot(`
      "ShapeError: select: the shapes do not broadcast
        operand 1  [2]            at errors.test.ts:<line>
        operand 2  [6, 8]  image  at errors.test.ts:<line>
        operand 3  []             at errors.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => broadcast(image, [6, 1]))).toMatchInlineSnapshot(`
      "ShapeError: broadcast: [6, 8] does not repeat to [6, 1]
        operand  [6, 8]  image  at errors.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1 in the operand"
    `);
  });

  test('axes that are not there', () => {
    expect(thrown(() => sum(image, { axes: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: sum: there is no axis 2
        operand  [6, 8]  image  at errors.test.ts:<line>
        axes run from -2 to 1"
    `);
    expect(thrown(() => sum(image, { axes: [0, -2] }))).toMatchInlineSnapshot(`
      "ShapeError: sum: axis 0 is named twice
        operand  [6, 8]  image  at errors.test.ts:<line>
        each axis may be named once"
    `);
    expect(thrown(() => flip(constant(1), 0))).toMatchInlineSnapshot(`
      "ShapeError: flip: there is no axis 0
        operand  []  at errors.test.ts:<line>
        a scalar has no axes"
    `);
    expect(thrown(() => transpose(image, [0, 2]))).toMatchInlineSnapshot(`
      "ShapeError: transpose: [0, 2] is no permutation of 2 axes
        operand  [6, 8]  image  at errors.test.ts:<line>
        each of the axes 0 to 1 must be named once"
    `);
  });

  test('another number of elements', () => {
    expect(thrown(() => reshape(image, [7, 7]))).toMatchInlineSnapshot(`
      "ShapeError: reshape: [6, 8] has 48 elements, [7, 7] has 49
        operand  [6, 8]  image  at errors.test.ts:<line>
        a reshape keeps the number of elements"
    `);
    expect(thrown(() => reshape(input('named', ['H', 'W']), ['H', 2]))).toMatchInlineSnapshot(`
      "ShapeError: reshape: [H, W] has H*W elements, [H, 2] has 2*H
        operand  [H, W]  named  at errors.test.ts:<line>
        a reshape keeps the number of elements"
    `);
  });

  test('slices that leave the axis or take nothing', () => {
    expect(thrown(() => slice(image, { start: [0, 8] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 1 has 8 elements, and 8 to 8 by 1 is asked for
        operand  [6, 8]  image  at errors.test.ts:<line>
                     ^ 0 <= start < stop <= 8 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { stop: [7] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 0 has 6 elements, and 0 to 7 by 1 is asked for
        operand  [6, 8]  image  at errors.test.ts:<line>
                  ^ 0 <= start < stop <= 6 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { step: [0] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 0 has 6 elements, and 0 to 6 by 0 is asked for
        operand  [6, 8]  image  at errors.test.ts:<line>
                  ^ 0 <= start < stop <= 6 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { start: [0, 0, 0] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: start has 3 entries for 2 axes
        operand  [6, 8]  image  at errors.test.ts:<line>
        entries belong to the axes from the outermost on"
    `);
  });

  test('pads that leave nothing', () => {
    expect(thrown(() => pad(image, { low: [-3], high: [-3] }))).toMatchInlineSnapshot(`
      "ShapeError: pad: -3 before, -3 behind and 0 between leave 0 elements of axis 0
        operand  [6, 8]  image  at errors.test.ts:<line>
                  ^ pads must be whole, interior at least 0, and one element must be left"
    `);
    expect(thrown(() => pad(image, { interior: [0.5] }))).toMatchInlineSnapshot(`
      "ShapeError: pad: 0 before, 0 behind and 0.5 between leave 8.5 elements of axis 0
        operand  [6, 8]  image  at errors.test.ts:<line>
                  ^ pads must be whole, interior at least 0, and one element must be left"
    `);
  });

  test('sizes below 1', () => {
    expect(thrown(() => input('X', [0, 8]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [0, 8] has the size 0; every axis must be a whole number of at least 1"`);
    expect(thrown(() => input('X', [-1]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [-1] has the size -1; every axis must be a whole number of at least 1"`);
    expect(thrown(() => input('X', [1.5]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [1.5] has the size 1.5; every axis must be a whole number of at least 1"`);
    expect(thrown(() => full([2, 0], 1))).toMatchInlineSnapshot(`"ShapeError: full: the shape [2, 0] has the size 0; every axis must be a whole number of at least 1"`);
    expect(thrown(() => arange(0))).toMatchInlineSnapshot(`"ValueError: arange: the count 0 is not a whole number of at least 1"`);
    expect(thrown(() => new NdArray([0], new Float32Array(0)))).toMatchInlineSnapshot(`"ValueError: NdArray: the shape [0] has the size 0; every axis must be a whole number of at least 1"`);
  });

  test('operands of two dtypes', () => {
    const precise = input('precise', [6, 8], { dtype: 'float64' });
    expect(thrown(() => add(image, precise))).toMatchInlineSnapshot(`
      "ShapeError: add: operands of dtype float32 and float64 do not mix
        operand 1  [6, 8]  float32  image    at errors.test.ts:<line>
        operand 2  [6, 8]  float64  precise  at errors.test.ts:<line>
        all operands must have one dtype"
    `);
  });
});

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
        input  [2, 3]  X  at errors.test.ts:<line>
        input  [2, 3]  X  at errors.test.ts:<line>
        a feed could not tell them apart; give each its own name, or use one tensor twice"
    `);
  });
});

describe('gradients', () => {
  test('of something that is no scalar', () => {
    expect(thrown(() => grad(corr2d(image, [[1, -1]]), [image]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss is not a scalar
        loss  [6, 7]  at errors.test.ts:<line>
        a gradient needs one number to differentiate; sum or average the loss first"
    `);
  });

  test('with respect to something that the loss does not depend on', () => {
    expect(thrown(() => grad(sum(image), [photo]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss does not depend on photo
        loss  []                   at errors.test.ts:<line>
        wrt   [1, 3, 6, 8]  photo  at errors.test.ts:<line>
        differentiate with respect to tensors that the loss was computed from"
    `);
    expect(thrown(() => grad(sum(image), [add(image, 1)]))).toMatchInlineSnapshot(`
      "ShapeError: grad: the loss does not depend on the tensor
        loss  []      at errors.test.ts:<line>
        wrt   [6, 8]  at errors.test.ts:<line>
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

test('a tensor of another copy of the package', async () => {
  vi.resetModules();
  const copy = await import('./index.ts');
  expect(copy.input).not.toBe(input);
  expect(thrown(() => add(copy.input('X', [1]), 1))).toMatchInlineSnapshot(`"ValueError: add: this tensor was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
  expect(thrown(() => grad(copy.sum(copy.input('X', [1])), []))).toMatchInlineSnapshot(`"ValueError: grad: this tensor was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
  expect(thrown(() => add(copy.ndarray([1]), 1))).toMatchInlineSnapshot(`"ValueError: add: this NdArray was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)"`);
});

test('the mark stands under the axis that breaks the law', () => {
  const operands = [{ role: 'input', shape: [1, 30, 600] }, { role: 'kernel', shape: [10, 300, 2] }];
  const marked = (axis: number): string => describeOperands('headline', operands, { text: 'law', axis });
  expect(marked(0)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
               ^ law"
  `);
  expect(marked(1)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
                   ^ law"
  `);
  expect(marked(2)).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
                        ^ law"
  `);
  expect(describeOperands('headline', operands, { text: 'law' })).toMatchInlineSnapshot(`
    "headline
      input   [1, 30, 600]
      kernel  [10, 300, 2]
      law"
  `);
});

test('every error is an XcorrError, and has its own name', () => {
  const errors = [new ShapeError('a'), new ValueError('b'), new FeedError('c'), new CompileError('d')];
  for (const error of errors) expect(error).toBeInstanceOf(XcorrError);
  expect(errors.map(({ name }) => name)).toEqual(['ShapeError', 'ValueError', 'FeedError', 'CompileError']);
});
