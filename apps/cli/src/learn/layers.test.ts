import { constant, corr2d, evaluate, NdArray } from '@xcorr/graph';
import type { Kernel } from '@xcorr/image';
import { createRandom } from '@xcorr/nn';
import { expect, test } from 'vitest';
import { composed, composedSize, initialLayers, responseOf, type LayersModel } from './layers.ts';
import { missingShare } from './learn-layers.ts';

test.each([
  [[3, 3], [3, 3], 4],
  [[2, 5], [4, 1], 1],
  [[1, 1], [3, 2], 3],
] as const)('layers of %j and %j and %d channels are the one kernel that is said to be theirs', (first, second, channels) => {
  const { normal } = createRandom(3);
  const X = constant(new NdArray([12, 11], Float32Array.from({ length: 132 }, () => normal())));
  const kernel = composedSize(first, second);
  const model: LayersModel = { fit: { padding: 'valid', input: [12, 11], kernel, target: [12 - kernel[0] + 1, 11 - kernel[1] + 1], low: [0, 0] }, layers: { first, second }, channels, whiten: false };
  const network = initialLayers(model, 5);
  const one = composed(network);
  expect(one?.shape).toEqual(kernel);
  const made = evaluate(responseOf(network, X));
  expect(made.shape).toEqual(model.fit.target);
  expect(missingShare(evaluate(corr2d(X, one ?? X)), made)).toBeLessThan(1e-10);
});

test('what is missing is a share of the power of what was wanted', () => {
  const rows = (kernel: Kernel): NdArray => evaluate(constant(kernel));
  expect([rows([[3, 4]]), rows([[0, 0]]), rows([[3, 3]]), rows([[-3, -4]])].map((made) => missingShare(made, rows([[3, 4]])))).toEqual([0, 1, 1 / 25, 4]);
});
