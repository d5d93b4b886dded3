import { compile } from '@xcorr/compiler';
import { mismatch, readCorrelationGradientVectors, readCorrelationVectors, vectorsFolder, type Elements } from '@xcorr/golden/vectors';
import { conv2d, grad, input, mul, NdArray, sum } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';

// Cases that others recorded, compiled to JavaScript. Without XCORR_VECTORS they are left out; a folder that is named must be there.

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
    const result = conv2d(X, W, bias === undefined ? attributes : { ...attributes, bias: fed(bias) });
    const { Y } = compile({ inputs: { X, W }, outputs: { Y: result } }, js()).run({ X: fed(x), W: fed(w) });
    expect(Y.shape).toEqual(y.shape);
    expect(mismatch(Y.data, y.data, tolerance)).toBeUndefined();
  });

  test.each(gradients)('$id', ({ x, w, dy, dx, dw, attributes, tolerance }) => {
    const X = input('X', x.shape);
    const W = input('W', w.shape);
    const dY = input('dY', dy.shape);
    const [dX, dW] = grad(sum(mul(conv2d(X, W, attributes), dY)), [X, W]);
    const results = compile({ inputs: { X, W, dY }, outputs: { dX, dW } }, js()).run({ X: fed(x), W: fed(w), dY: fed(dy) });
    expect(results.dX.shape).toEqual(dx.shape);
    expect(results.dW.shape).toEqual(dw.shape);
    expect(mismatch(results.dX.data, dx.data, tolerance)).toBeUndefined();
    expect(mismatch(results.dW.data, dw.data, tolerance)).toBeUndefined();
  });
});
