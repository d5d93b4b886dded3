import { describe, expect, test } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { arange, conv2d, convolve2d, corr2d, correlate, input, label, reshape, state, transpose } from './index.ts';

// Errors are part of the language: they are tested word for word.

const photo = input('photo', [1, 3, 6, 8]);
const K = state('K', [[[[1, -1]]]]);
const image = input('image', [6, 8]);

describe('correlations', () => {
  test('channels that do not match, NCHW', () => {
    expect(thrown(() => conv2d(photo, K))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 1 (groups 1)
        input   [1, 3, 6, 8]  N C H W  photo  at errors-of-correlations.test.ts:<line>
        weight  [1, 1, 1, 2]  O I H W  K      at errors-of-correlations.test.ts:<line>
                    ^ I x groups must equal C"
    `);
  });

  test('channels that do not match, NHWC', () => {
    const last = label(reshape(photo, [1, 6, 8, 3]), 'photo, channels last');
    expect(thrown(() => conv2d(last, [[[[1]], [[-1]]]], { layout: 'NHWC' }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 1 (groups 1)
        input   [1, 6, 8, 3]  N H W C  photo, channels last  at errors-of-correlations.test.ts:<line>
        weight  [1, 2, 1, 1]  H W I O                        at errors-of-correlations.test.ts:<line>
                       ^ I x groups must equal C"
    `);
  });

  test('channels that do not match with groups', () => {
    expect(thrown(() => conv2d(photo, K, { groups: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the input has 3 channels, the kernel expects 2 (groups 2)
        input   [1, 3, 6, 8]  N C H W  photo  at errors-of-correlations.test.ts:<line>
        weight  [1, 1, 1, 2]  O I H W  K      at errors-of-correlations.test.ts:<line>
                    ^ I x groups must equal C"
    `);
  });

  test('output channels that do not split into groups, in both layouts', () => {
    const two = input('two', [1, 2, 6, 8]);
    const weight = input('weight', [3, 1, 1, 2]);
    expect(thrown(() => conv2d(two, weight, { groups: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: 3 output channels do not split into 2 groups
        input   [1, 2, 6, 8]  N C H W  two     at errors-of-correlations.test.ts:<line>
        weight  [3, 1, 1, 2]  O I H W  weight  at errors-of-correlations.test.ts:<line>
                 ^ groups must divide O"
    `);
    expect(thrown(() => conv2d(transpose(two, [0, 2, 3, 1]), transpose(weight, [2, 3, 1, 0]), { groups: 2, layout: 'NHWC' }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: 3 output channels do not split into 2 groups
        input   [1, 6, 8, 2]  N H W C  at errors-of-correlations.test.ts:<line>
        weight  [1, 2, 1, 3]  H W I O  at errors-of-correlations.test.ts:<line>
                          ^ groups must divide O"
    `);
  });

  test('a kernel larger than the padded image', () => {
    expect(thrown(() => corr2d(image, input('wide', [2, 9])))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: the kernel covers 9 elements of spatial axis 1, the padded input has 8
        input   [6, 8]  H W  image  at errors-of-correlations.test.ts:<line>
        kernel  [2, 9]  H W  wide   at errors-of-correlations.test.ts:<line>
                    ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
    expect(thrown(() => corr2d(image, input('wide', [2, 2]), { padding: [0, -4] }))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: the kernel covers 2 elements of spatial axis 1, the padded input has 0
        input   [6, 8]  H W  image  at errors-of-correlations.test.ts:<line>
        kernel  [2, 2]  H W  wide   at errors-of-correlations.test.ts:<line>
                    ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
    expect(thrown(() => conv2d(photo, input('tall', [1, 3, 3, 1]), { dilations: [3, 1] }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: the kernel covers 7 elements of spatial axis 0, the padded input has 6
        input   [1, 3, 6, 8]  N C H W  photo  at errors-of-correlations.test.ts:<line>
        weight  [1, 3, 3, 1]  O I H W  tall   at errors-of-correlations.test.ts:<line>
                       ^ dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel"
    `);
  });

  test('ranks that do not match', () => {
    expect(thrown(() => corr2d(photo, [[1, -1]]))).toMatchInlineSnapshot(`
      "ShapeError: corr2d: an input of rank 4 and a kernel of rank 2; both must have rank 2
        input   [1, 3, 6, 8]  H W  photo  at errors-of-correlations.test.ts:<line>
        kernel  [1, 2]        H W         at errors-of-correlations.test.ts:<line>
        both operands must have the axes H W; conv2d takes batches and channels"
    `);
    expect(thrown(() => convolve2d(image, [1, -1]))).toMatchInlineSnapshot(`
      "ShapeError: convolve2d: an input of rank 2 and a kernel of rank 1; both must have rank 2
        input   [6, 8]  H W  image  at errors-of-correlations.test.ts:<line>
        kernel  [2]     H W         at errors-of-correlations.test.ts:<line>
        both operands must have the axes H W; conv2d takes batches and channels"
    `);
    expect(thrown(() => conv2d(image, [[1, -1]]))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: an input of rank 2 and a weight of rank 2; both must have rank 4
        input   [6, 8]  N C H W  image  at errors-of-correlations.test.ts:<line>
        weight  [1, 2]  O I H W         at errors-of-correlations.test.ts:<line>
        corr2d takes a plain image and a plain kernel"
    `);
    expect(thrown(() => correlate(photo, input('weight', [1, 3, 2])))).toMatchInlineSnapshot(`
      "ShapeError: correlate: an input of rank 4 and a weight of rank 3 do not match
        input   [1, 3, 6, 8]  N C H W  photo   at errors-of-correlations.test.ts:<line>
        weight  [1, 3, 2]     O I H W  weight  at errors-of-correlations.test.ts:<line>
        both must have two channel axes and the same number of spatial axes"
    `);
    expect(thrown(() => correlate(arange(3), arange(2)))).toMatchInlineSnapshot(`
      "ShapeError: correlate: an input of rank 1 and a weight of rank 1 do not match
        input   [3]  N C  at errors-of-correlations.test.ts:<line>
        weight  [2]  O I  at errors-of-correlations.test.ts:<line>
        both must have two channel axes and the same number of spatial axes"
    `);
  });

  test('a bias of another length than the output channels', () => {
    expect(thrown(() => conv2d(photo, input('weight', [2, 3, 1, 1]), { bias: [1, 2, 3] }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: a bias of shape [3] for 2 output channels
        input   [1, 3, 6, 8]  N C H W  photo   at errors-of-correlations.test.ts:<line>
        weight  [2, 3, 1, 1]  O I H W  weight  at errors-of-correlations.test.ts:<line>
        bias    [3]           O                at errors-of-correlations.test.ts:<line>
        the bias must have one number for each output channel"
    `);
    expect(thrown(() => conv2d(photo, input('weight', [2, 3, 1, 1]), { bias: 1 }))).toMatchInlineSnapshot(`
      "ShapeError: conv2d: a bias of shape [] for 2 output channels
        input   [1, 3, 6, 8]  N C H W  photo   at errors-of-correlations.test.ts:<line>
        weight  [2, 3, 1, 1]  O I H W  weight  at errors-of-correlations.test.ts:<line>
        bias    []            O                at errors-of-correlations.test.ts:<line>
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
