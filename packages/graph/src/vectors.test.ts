import { mismatch, readCorrelationGradientVectors, readCorrelationVectors, vectorsFolder, type Elements } from '@xcorr/golden/vectors';
import { describe, expect, test } from 'vitest';
import { grad } from './grad.ts';
import { evaluate } from './interpreter/interpret.ts';
import { NdArray } from './ndarray.ts';
import { conv2d } from './ops/convolution.ts';
import { mul } from './ops/elementwise.ts';
import { sum } from './ops/reduce.ts';
import { input } from './ops/source.ts';

// Cases that others recorded. Without XCORR_VECTORS they are left out; a folder that is named must be there.

const folder = vectorsFolder();
const correlations = folder === undefined ? [] : readCorrelationVectors(folder);
const gradients = folder === undefined ? [] : readCorrelationGradientVectors(folder);

function fed({ shape, data }: Elements): NdArray {
  return new NdArray(shape, Float32Array.from(data));
}

describe.skipIf(folder === undefined)('reference vectors, where XCORR_VECTORS names their folder', () => {
  test('all are there', () => {
    expect(correlations).toHaveLength(26);
    expect(gradients).toHaveLength(4);
  });

  test.each(correlations)('$id', ({ x, w, bias, y, attributes, tolerance }) => {
    const X = input('X', x.shape);
    const W = input('W', w.shape);
    const result = evaluate(conv2d(X, W, bias === undefined ? attributes : { ...attributes, bias: fed(bias) }), { X: fed(x), W: fed(w) });
    expect(result.shape).toEqual(y.shape);
    expect(mismatch(result.data, y.data, tolerance)).toBeUndefined();
  });

  test.each(gradients)('$id', ({ x, w, dy, dx, dw, attributes, tolerance }) => {
    const X = input('X', x.shape);
    const W = input('W', w.shape);
    const [dX, dW] = grad(sum(mul(conv2d(X, W, attributes), fed(dy))), [X, W]);
    const feeds = { X: fed(x), W: fed(w) };
    expect(dX.shape).toEqual(dx.shape);
    expect(dW.shape).toEqual(dw.shape);
    expect(mismatch(evaluate(dX, feeds).data, dx.data, tolerance)).toBeUndefined();
    expect(mismatch(evaluate(dW, feeds).data, dw.data, tolerance)).toBeUndefined();
  });
});
