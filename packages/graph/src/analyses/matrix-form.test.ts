import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pseudoRandomPoint } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { add, constant, conv2d, convolve2d, corr2d, correlate, correlateTransposed, evaluate, grad, input, matmul, relu, sum, topologicalOrder, type NdArray, type Tensor } from '../index.ts';
import { im2col, toeplitz, toMatrix } from './matrix-form.ts';

/** Sums of the same terms in another order. */
function expectClose(got: NdArray, wanted: NdArray): void {
  expect(got.shape).toEqual(wanted.shape);
  got.data.forEach((value, index) => expect(value).toBeCloseTo(wanted.data[index] ?? Number.NaN, 11));
}

const float64 = (shape: readonly number[], seed: number): Tensor => constant(pseudoRandomPoint(shape, seed), { dtype: 'float64' });

describe('both forms are the correlation', () => {
  const axis = fc.record({ size: fc.integer({ min: 1, max: 4 }), window: fc.integer({ min: 1, max: 3 }), stride: fc.integer({ min: 1, max: 3 }), dilation: fc.integer({ min: 1, max: 2 }), spread: fc.integer({ min: 1, max: 2 }), low: fc.integer({ min: -2, max: 2 }), high: fc.integer({ min: -2, max: 2 }) });
  type Axis = typeof axis extends fc.Arbitrary<infer Value> ? Value : never;
  // The interpreter takes what is left of a picture that is cropped to one element at least.
  const fits = ({ size, window, dilation, spread, low, high }: Axis): boolean => (size - 1) * spread + 1 + Math.min(low, 0) + Math.min(high, 0) >= 1 && (size - 1) * spread + 1 + low + high >= (window - 1) * dilation + 1;

  test('for strides, padding, cropping, dilations, spread inputs, groups, batches and any number of axes', () => {
    fc.assert(
      fc.property(fc.array(axis.filter(fits), { maxLength: 3 }), fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }), (axes, batch, more) => {
        const groups = axes.length > 2 ? 1 : more;
        const x = float64([batch, 2 * groups, ...axes.map(({ size }) => size)], 1);
        const w = float64([2 * groups, 2, ...axes.map(({ window }) => window)], 2);
        const y = correlate(x, w, { groups, strides: axes.map(({ stride }) => stride), dilations: axes.map(({ dilation }) => dilation), inputDilations: axes.map(({ spread }) => spread), padding: axes.map(({ low, high }) => [low, high] as const) });
        const forms = toMatrix(y);
        expectClose(evaluate(forms.toeplitz.product), evaluate(y));
        expectClose(evaluate(forms.im2col.product), evaluate(y));
      }),
      seeded(150),
    );
  });

  test('for corr2d, convolve2d, conv2d in both layouts, a transposed correlation and a matrix product', () => {
    const [image, kernel] = [float64([5, 6], 1), float64([2, 3], 2)];
    const layers = [
      corr2d(image, kernel, { padding: 1 }),
      convolve2d(image, kernel, { strides: 2 }),
      conv2d(float64([2, 3, 5, 4], 3), float64([4, 3, 2, 2], 4), { padding: 'same' }),
      conv2d(float64([2, 5, 4, 3], 5), float64([2, 2, 3, 4], 6), { layout: 'NHWC' }),
      correlateTransposed(float64([1, 2, 3, 3], 7), float64([2, 3, 2, 2], 8), { strides: 2 }),
      matmul(float64([3, 4], 9), float64([4, 2], 10)),
    ];
    for (const y of layers)
      for (const form of [toeplitz(y), im2col(y)]) {
        expectClose(evaluate(form.product), evaluate(y));
        expect(form.product.shape).toEqual(y.shape);
      }
  });

  test('neither the matrix nor the picture of patches is made by a correlation', () => {
    const y = corr2d(float64([5, 6], 1), float64([2, 3], 2));
    for (const { matrix } of [toeplitz(y), im2col(y)]) expect(topologicalOrder([matrix]).map(({ primitive }) => primitive)).not.toContain('correlate');
  });

  test('of pictures of named size', () => {
    const x = input('x', ['H', 'W'], { dtype: 'float64' });
    const y = corr2d(x, float64([2, 3], 2), { padding: 1, strides: 2 });
    const feeds = { x: pseudoRandomPoint([5, 6], 3) };
    expectClose(evaluate(toeplitz(y).product, feeds), evaluate(y, feeds));
    expectClose(evaluate(im2col(y).product, feeds), evaluate(y, feeds));
  });
});

describe('what the matrices hold', () => {
  test('Toeplitz: a row a position, the kernel shifted along it', () => {
    const { matrix, operand } = toeplitz(corr2d(input('x', [3, 3]), [[1, 2], [3, 4]]));
    expect(evaluate(matrix).toNested()).toEqual([
      [1, 2, 0, 3, 4, 0, 0, 0, 0],
      [0, 1, 2, 0, 3, 4, 0, 0, 0],
      [0, 0, 0, 1, 2, 0, 3, 4, 0],
      [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ]);
    expect(operand.shape).toEqual([9, 1]);
  });

  test('im2col: a row a position, a column a tap', () => {
    const { matrix, operand } = im2col(corr2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]]));
    expect(evaluate(matrix).toNested()).toEqual([[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]);
    expect(evaluate(operand).toNested()).toEqual([[0], [1], [2], [3]]);
  });

  test('the gradient of the matrix product is that of the correlation', () => {
    const k = input('k', [2, 2], { dtype: 'float64' });
    const y = corr2d(float64([4, 5], 1), k);
    const feeds = { k: pseudoRandomPoint([2, 2], 2) };
    for (const { product } of [toeplitz(y), im2col(y)]) {
      const [ofProduct] = grad(sum(product), [k]);
      const [ofCorrelation] = grad(sum(y), [k]);
      expectClose(evaluate(ofProduct, feeds), evaluate(ofCorrelation, feeds));
    }
  });
});

test('errors, word for word: what is no correlation', () => {
  const y = corr2d(input('x', [3, 3]), [[1]]);
  expect(thrown(() => toMatrix(relu(y)))).toMatchInlineSnapshot(`
    "ShapeError: toMatrix: a correlation is expected, and this is \`select\`
      operand  [3, 3]  at matrix-form.test.ts:<line>
      give what corr2d, conv2d, convolve2d or correlate return; a bias and an activation are no part of the matrix, leave them away"
  `);
  expect(thrown(() => im2col(add(y, 1)))).toMatchInlineSnapshot(`
    "ShapeError: im2col: a correlation is expected, and this is \`add\`
      operand  [3, 3]  at matrix-form.test.ts:<line>
      give what corr2d, conv2d, convolve2d or correlate return; a bias and an activation are no part of the matrix, leave them away"
  `);
  expect(thrown(() => Reflect.apply(toMatrix, undefined, [3]))).toMatchInlineSnapshot(`"ValueError: toMatrix: a correlation is expected, not a value of type number"`);
});
