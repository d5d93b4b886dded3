import { js } from '@xcorr/backend-js';
import { corr2d, input, meanSquaredError, NdArray, squaredError, state } from '@xcorr/graph';
import { curvaturesOf, quadraticOf } from '@xcorr/nn';
import { expect, test } from 'vitest';
import { curvaturesIn } from './hessian.ts';
import { bookImage, randomImage } from './images.ts';
import type { Size } from './problem.ts';

test.for([
  { of: 'the book', image: bookImage(), kernel: [1, 2], loss: 'sum' },
  { of: 'numbers at random', image: randomImage(), kernel: [2, 3], loss: 'mean' },
] satisfies readonly { of: string; image: NdArray; kernel: Size; loss: 'sum' | 'mean' }[])('curvatures of $of are those of the loss itself', async ({ image, kernel, loss }) => {
  const [X, K] = [input('X', image.shape, { dtype: 'float64' }), state('K', new NdArray([...kernel], new Float64Array(kernel[0] * kernel[1])), { dtype: 'float64' })];
  const error = loss === 'sum' ? squaredError : meanSquaredError;
  const data = { X: new NdArray(image.shape, Float64Array.from(image.data)) };
  const expected = curvaturesOf(await quadraticOf({ inputs: { X }, data, loss: error(corr2d(X, K), 0), parameters: { K }, backend: js() }));
  const found = curvaturesIn(image, kernel, loss);
  expect(found.most).toBeCloseTo(expected.most, 9);
  expect(found.least).toBeCloseTo(expected.least, 9);
});

test('an image of equal rows cannot tell the rows of a kernel apart', () => {
  expect(Math.abs(curvaturesIn(bookImage(), [2, 2], 'sum').least)).toBeLessThan(1e-9);
});
