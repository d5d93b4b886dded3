import { expect, test } from 'vitest';
import { grad } from '../grad.ts';
import { corr2d } from '../ops/convolution.ts';
import { add, mul, sub } from '../ops/elementwise.ts';
import { squaredError } from '../ops/losses.ts';
import { pad, slice, transpose } from '../ops/movement.ts';
import { concat, take, windows } from '../ops/rearrange.ts';
import { mean, sum } from '../ops/reduce.ts';
import { arange, constant, input, state } from '../ops/source.ts';
import { print } from './print.ts';

test('the chapter: the loss of a kernel that is learned', () => {
  const X = input('X', [6, 8]);
  const K = state('K', [[0.25, 0.5]]);
  const loss = squaredError(corr2d(X, K), input('Y', [6, 7]));
  expect(print({ loss })).toMatchInlineSnapshot(`
    "%0 = input("X") : float32 [6, 8]
    %1 = reshape(%0) : float32 [1, 1, 6, 8]
    %2 = state("K", [[0.25, 0.5]]) : float32 [1, 2]
    %3 = reshape(%2) : float32 [1, 1, 1, 2]
    %4 = correlate(%1, %3, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 6, 7]
    %5 = reshape(%4) : float32 [6, 7]
    %6 = input("Y") : float32 [6, 7]
    %7 = sub(%5, %6) : float32 [6, 7]
    %8 = mul(%7, %7) : float32 [6, 7]
    %9 = sum(%8, [0, 1]) : float32 []
    return { "loss": %9 }
    "
  `);
});

test('a gradient is a graph like any other', () => {
  const x = input('x', [2]);
  const [dx] = grad(sum(mul(x, 3)), [x]);
  expect(print({ dx })).toMatchInlineSnapshot(`
    "%0 = constant(1) : float32 []
    %1 = reshape(%0) : float32 [1]
    %2 = broadcast(%1) : float32 [2]
    %3 = constant(3) : float32 []
    %4 = broadcast(%3) : float32 [2]
    %5 = mul(%2, %4) : float32 [2]
    return { "dx": %5 }
    "
  `);
});

test('named sizes are printed as expressions, and as values where they are used as numbers', () => {
  const photo = input('photo', ['H', 'W']);
  expect(print({ y: mean(corr2d(photo, [[1, -1]], { strides: 2 })) })).toMatchInlineSnapshot(`
    "%0 = input("photo") : float32 [H, W]
    %1 = reshape(%0) : float32 [1, 1, H, W]
    %2 = constant([[1, -1]]) : float32 [1, 2]
    %3 = reshape(%2) : float32 [1, 1, 1, 2]
    %4 = correlate(%1, %3, strides=[2, 2], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, floor((H + 1) / 2), floor(W / 2)]
    %5 = reshape(%4) : float32 [floor((H + 1) / 2), floor(W / 2)]
    %6 = sum(%5, [0, 1]) : float32 []
    %7 = size(floor(W / 2)*floor((H + 1) / 2)) : float32 []
    %8 = div(%6, %7) : float32 []
    return { "y": %8 }
    "
  `);
});

test('attributes', () => {
  const x = input('x', [4, 6]);
  const moved = transpose(slice(pad(x, { low: [1], interior: [0, 1], value: 2.5 }), { start: [1, 1], step: [1, 2] }));
  expect(print({ moved, taken: take(concat([x, x]), [0, 4]), columns: windows(x, [2], { strides: 2 }) })).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [4, 6]
    %1 = pad(%0, low=[1, 0], high=[0, 0], interior=[0, 1], value=2.5) : float32 [5, 11]
    %2 = slice(%1, start=[1, 1], stop=[5, 11], step=[1, 2]) : float32 [4, 5]
    %3 = transpose(%2, [1, 0]) : float32 [5, 4]
    %4 = concat(%0, %0, axis=0) : float32 [8, 6]
    %5 = take(%4, axis=0, map=[0, 4]) : float32 [2, 6]
    %6 = windows(%0, window=[2], strides=[2], dilations=[1]) : float32 [4, 3, 2]
    return { "moved": %3, "taken": %5, "columns": %6 }
    "
  `);
});

test('small constants are written out, large ones counted', () => {
  expect(print({ a: add(constant([[1, 2], [3, 4]]), arange(2)), b: arange(100) })).toMatchInlineSnapshot(`
    "%0 = constant([[1, 2], [3, 4]]) : float32 [2, 2]
    %1 = constant([0, 1]) : float32 [2]
    %2 = broadcast(%1) : float32 [2, 2]
    %3 = add(%0, %2) : float32 [2, 2]
    %4 = constant(#0d5c3865587364f9) : float32 [100]
    return { "a": %3, "b": %4 }
    #0d5c3865587364f9 = 00000000000000003ff000000000000040000000000000004008000000000000401000000000000040140000000000004018000000000000401c00000000000040200000000000004022000000000000402400000000000040260000000000004028000000000000402a000000000000402c000000000000402e0000000000004030000000000000403100000000000040320000000000004033000000000000403400000000000040350000000000004036000000000000403700000000000040380000000000004039000000000000403a000000000000403b000000000000403c000000000000403d000000000000403e000000000000403f00000000000040400000000000004040800000000000404100000000000040418000000000004042000000000000404280000000000040430000000000004043800000000000404400000000000040448000000000004045000000000000404580000000000040460000000000004046800000000000404700000000000040478000000000004048000000000000404880000000000040490000000000004049800000000000404a000000000000404a800000000000404b000000000000404b800000000000404c000000000000404c800000000000404d000000000000404d800000000000404e000000000000404e800000000000404f000000000000404f8000000000004050000000000000405040000000000040508000000000004050c000000000004051000000000000405140000000000040518000000000004051c000000000004052000000000000405240000000000040528000000000004052c000000000004053000000000000405340000000000040538000000000004053c000000000004054000000000000405440000000000040548000000000004054c000000000004055000000000000405540000000000040558000000000004055c000000000004056000000000000405640000000000040568000000000004056c000000000004057000000000000405740000000000040578000000000004057c000000000004058000000000000405840000000000040588000000000004058c00000000000
    "
  `);
});

test('several results, one twice', () => {
  const x = input('x', []);
  const y = sub(x, 1);
  expect(print({ 'the result': y, again: y, x })).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 []
    %1 = constant(1) : float32 []
    %2 = sub(%0, %1) : float32 []
    return { "the result": %2, "again": %2, "x": %0 }
    "
  `);
});
