import { describe, expect, test } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { bindSizes } from './feeds.ts';
import { evaluate } from './interpreter/interpret.ts';
import type { Integer } from './integer-form.ts';
import { keyOf, minus } from './integer.ts';
import { printInteger } from './print-integer.ts';
import { ndarray, NdArray } from './ndarray.ts';
import { corr2d } from './ops/convolution.ts';
import { add, mul } from './ops/elementwise.ts';
import { slice } from './ops/movement.ts';
import { mean, sum } from './ops/reduce.ts';
import { full, input, state } from './ops/source.ts';
import { elementCount, printShape } from './shape.ts';

const photo = input('photo', ['H', 'W']);
const kernel = [[1, 2], [3, 4]];

/** A picture of some height and width, filled with 1. */
function picture(height: number, width: number): NdArray {
  return new NdArray([height, width], new Float32Array(height * width).fill(1));
}

function size(expression: Integer | undefined): string {
  return printInteger(expression ?? 0);
}

describe('shapes are expressions over named sizes', () => {
  test('of a correlation', () => {
    expect(printShape(corr2d(photo, kernel).shape)).toBe('[H - 1, W - 1]');
    expect(printShape(corr2d(photo, kernel, { padding: 'same' }).shape)).toBe('[H, W]');
    expect(printShape(corr2d(photo, kernel, { padding: 'full' }).shape)).toBe('[H + 1, W + 1]');
    expect(printShape(corr2d(photo, kernel, { strides: 2 }).shape)).toBe('[floor(H / 2), floor(W / 2)]');
    expect(printShape(corr2d(photo, kernel, { inputDilations: 2 }).shape)).toBe('[2*H - 2, 2*W - 2]');
  });

  test('of a correlation with a kernel of any size', () => {
    const any = input('kernel', ['h', 'w']);
    expect(printShape(corr2d(photo, any).shape)).toBe('[H - h + 1, W - w + 1]');
  });

  test('the same size is the same, by whatever way it was reached', () => {
    const twice = corr2d(corr2d(photo, kernel), kernel);
    const once = corr2d(photo, [[1, 1, 1], [1, 1, 1], [1, 1, 1]]);
    expect(twice.shape.map(keyOf)).toEqual(once.shape.map(keyOf));
    expect(twice.shape.map(keyOf)).toEqual([minus(photo.shape[0] ?? 0, 2), minus(photo.shape[1] ?? 0, 2)].map(keyOf));
    expect(printShape(add(twice, once).shape)).toBe('[H - 2, W - 2]');
  });

  test('the number of elements is one too', () => {
    expect(size(elementCount(corr2d(photo, kernel).shape))).toBe('H*W - H - W + 1');
  });
});

describe('one graph serves every picture', () => {
  test.each([[2, 2], [3, 5], [7, 4]])('of %i x %i', (height, width) => {
    const result = evaluate(corr2d(photo, kernel), { photo: picture(height, width) });
    expect(result.shape).toEqual([height - 1, width - 1]);
    expect(new Set(result.data)).toEqual(new Set([10]));
  });

  test('with strides and padding', () => {
    for (const extent of [2, 3, 4, 5]) {
      const result = evaluate(corr2d(photo, kernel, { strides: 2, padding: 'same' }), { photo: picture(extent, 9) });
      expect(result.shape).toEqual([Math.ceil(extent / 2), 5]);
    }
  });

  test('averages divide by the size of this run', () => {
    expect(evaluate(mean(photo), { photo: [[1, 2], [3, 6]] }).item()).toBe(3);
    expect(evaluate(mean(photo, { axes: 1 }), { photo: [[1, 2, 6]] }).toNested()).toEqual([3]);
  });

  test('slices from the end follow the size', () => {
    const last = slice(photo, { start: [-1, 0], stop: [minus(photo.shape[0] ?? 0, 0), 1] });
    expect(evaluate(last, { photo: [[1, 2], [3, 4], [5, 6]] }).toNested()).toEqual([[5]]);
  });

  test('a name binds the inputs to one another', () => {
    const mask = input('mask', ['H', 'W']);
    const feeds = { photo: [[1, 2]], mask: [[0, 1]] };
    expect(evaluate(sum(mul(photo, mask)), feeds).item()).toBe(2);
  });
});

describe('what is fed must fit', () => {
  test('feeds that disagree about a size', () => {
    const mask = input('mask', ['H', 'W']);
    expect(thrown(() => evaluate(mul(photo, mask), { photo: [[1, 2]], mask: [[1, 2, 3]] }))).toMatchInlineSnapshot(`
      "FeedError: the size W is 2 in "photo" (axis 1) and 3 in "mask" (axis 1)
        one name stands for one number in a run"
    `);
  });

  test('a size that is an expression of another', () => {
    const cropped = input('cropped', [minus(photo.shape[0] ?? 0, 1), 2]);
    const both = sum(mul(slice(photo, { start: [1, 0] }), 1));
    const feeds = { photo: [[1], [2], [3]], cropped: [[1, 2], [3, 4]] };
    expect(evaluate(add(both, sum(cropped)), feeds).item()).toBe(15);
    expect(thrown(() => evaluate(add(both, sum(cropped)), { ...feeds, cropped: [[1, 2]] }))).toMatchInlineSnapshot(
      `"FeedError: feed "cropped": axis 0 has the size 1, and H - 1 is 2 in this run"`,
    );
  });

  test('a size that no input has alone', () => {
    expect(thrown(() => evaluate(full(['H'], 1)))).toMatchInlineSnapshot(`
      "FeedError: broadcast: the size H is bound by no input of this run
        give an input an axis that is H alone"
    `);
    expect(thrown(() => bindSizes([{ name: 'x', shape: [minus(photo.shape[0] ?? 0, 1)], fed: [3] }]))).toMatchInlineSnapshot(
      `
      "FeedError: feed "x": the size H of axis 0 is bound by no input of this run
        give an input an axis that is H alone"
    `,
    );
  });

  test('a picture that is too small for the kernel', () => {
    expect(thrown(() => evaluate(corr2d(photo, kernel), { photo: [[1, 2, 3]] }))).toMatchInlineSnapshot(`
      "ShapeError: correlate: axis 2 has H - 1 = 0 elements, where H = 1, W = 3
        result  [1, 1, H - 1, W - 1]  at feeds.test.ts:<line>
                       ^ every axis must have at least 1 element; feed larger values"
    `);
  });

  test('a slice that a picture does not reach', () => {
    const corner = slice(photo, { stop: [2, 2] });
    expect(evaluate(corner, { photo: [[1, 2], [3, 4]] }).toNested()).toEqual([[1, 2], [3, 4]]);
    expect(thrown(() => evaluate(corner, { photo: [[1, 2, 3]] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 0 is taken from 0 to 2 and has 1 elements, where H = 1, W = 3
        operand  [H, W]  photo  at feeds.test.ts:<line>
                  ^ 0 <= start < stop <= the size must hold; feed larger values"
    `);
  });
});

describe('what may be fed', () => {
  const X = input('X', [2, 2]);

  test('nested lists, concrete values, and typed arrays in row-major order', () => {
    const expected = [[1, 2], [3, 4]];
    expect(evaluate(X, { X: expected }).toNested()).toEqual(expected);
    expect(evaluate(X, { X: ndarray(expected) }).toNested()).toEqual(expected);
    expect(evaluate(X, { X: Float32Array.of(1, 2, 3, 4) }).toNested()).toEqual(expected);
    expect(evaluate(X, { X: Uint8Array.of(1, 2, 3, 4) }).toNested()).toEqual(expected);
  });

  test('feeds are rounded to the dtype of the graph', () => {
    expect(evaluate(mul(input('x', []), 1), { x: 0.1 }).item()).toBe(Math.fround(0.1));
    expect(evaluate(mul(input('x', [], { dtype: 'float64' }), 1), { x: 0.1 }).item()).toBe(0.1);
  });

  test('a typed array that would lose digits is refused', () => {
    const precise = input('precise', [1], { dtype: 'float64' });
    expect(evaluate(precise, { precise: Float32Array.of(0.5) }).toNested()).toEqual([0.5]);
    expect(thrown(() => evaluate(X, { X: Float64Array.of(1, 2, 3, 4) }))).toMatchInlineSnapshot(`
      "FeedError: feed "X": float64 values for an input of float32 would lose digits
        convert them, or make the input with { dtype: 'float64' }"
    `);
  });

  test('pictures of bytes are fed as they are', () => {
    const bytes = input('bytes', [2], { storage: 'uint8' });
    expect(evaluate(mul(bytes, 0.5), { bytes: Uint8ClampedArray.of(0, 255) }).toNested()).toEqual([0, 127.5]);
    expect(evaluate(bytes, { bytes: [0, 255] }).toNested()).toEqual([0, 255]);
    expect(thrown(() => evaluate(bytes, { bytes: [0, 256] }))).toMatchInlineSnapshot(`"FeedError: feed "bytes": an input of uint8 holds whole numbers from 0 to 255; make it with { storage: 'float32' } for others"`);
    expect(thrown(() => evaluate(bytes, { bytes: Float32Array.of(0, 1) }))).toMatchInlineSnapshot(`
      "FeedError: feed "bytes": float32 values for an input of uint8 would lose digits
        convert them, or make the input with a wider storage"
    `);
  });

  test('typed arrays pass unchanged, infinities included', () => {
    expect(evaluate(input('x', [2]), { x: Float32Array.of(Infinity, Number.NaN) }).toNested()).toEqual([Infinity, Number.NaN]);
  });

  test('a state has its initial value unless it is fed', () => {
    const K = state('K', [[0.25, 0.5]]);
    expect(evaluate(mul(K, 2)).toNested()).toEqual([[0.5, 1]]);
    expect(evaluate(mul(K, 2), { K: [[1, 2]] }).toNested()).toEqual([[2, 4]]);
  });
});
