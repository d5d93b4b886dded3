import { mismatch, readFilterVectors, vectorsFolder, type Elements, type FilterAttributes, type FilterVector } from '@xcorr/golden/vectors';
import { describe, expect, test } from 'vitest';
import { auto, compile, evaluate, filter2d, input, NdArray, type Border, type DType, type Filter2dOptions } from './index.ts';

// Filters that SciPy recorded. Without XCORR_VECTORS they are left out; a folder that is named must be there.

const folder = vectorsFolder();
const vectors = folder === undefined ? [] : readFilterVectors(folder);

function borderOf({ boundary, constant }: FilterAttributes): Border {
  return boundary === 'constant' ? { constant } : boundary;
}

/**
 * Which options mean the same. Of k taps along an axis, and for correlations and strict convolutions alike:
 *
 *   scipy.ndimage  tap floor(k / 2) + origin lies on the element; ndimage.convolve flips the kernel, negates the origin and
 *                  takes one more away for even k, which puts the same tap there. That is what `origin` means here.
 *   scipy.signal   `same` is cut from `full` (k - 1) - floor(k / 2) behind its beginning. In a correlation tap floor(k / 2)
 *                  then lies on the element, in a convolution tap floor((k - 1) / 2): for even k one before the middle.
 */
function optionsOf({ attributes, w }: FilterVector): Filter2dOptions {
  const { flip, size, origin } = attributes;
  const options = { border: borderOf(attributes), convolve: flip };
  if (origin !== undefined) return { ...options, origin };
  if (size !== 'same') return size === undefined ? options : { ...options, size };
  const [rows = 1, columns = 1] = w.shape;
  const middle = (taps: number): number => (flip && taps % 2 === 0 ? -1 : 0);
  return { ...options, size, origin: [middle(rows), middle(columns)] };
}

function fed({ shape, data }: Elements, dtype: DType): NdArray {
  return new NdArray(shape, dtype === 'float64' ? Float64Array.from(data) : Float32Array.from(data));
}

describe.skipIf(folder === undefined)('filters that SciPy recorded, where XCORR_VECTORS names their folder', () => {
  test('all are there', () => {
    expect(vectors).toHaveLength(278);
  });

  test.each(vectors)('$id', (vector) => {
    const { dtype = 'float32' } = vector.attributes;
    const [X, W] = [input('X', vector.x.shape, { dtype }), input('W', vector.w.shape, { dtype })];
    const y = filter2d(X, W, optionsOf(vector));
    const feeds = { X: fed(vector.x, dtype), W: fed(vector.w, dtype) };
    const results = [evaluate(y, feeds), compile({ inputs: { X, W }, outputs: { y } }, auto()).run(feeds).y];
    for (const { shape, data } of results) {
      expect(shape).toEqual(vector.y.shape);
      expect(mismatch(data, vector.y.data, vector.tolerance)).toBeUndefined();
    }
  });
});
