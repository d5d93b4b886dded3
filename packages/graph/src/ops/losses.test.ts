import { expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { point, pseudoRandomPoint } from '../../testing/points.ts';
import { grad } from '../grad.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { absoluteError, huber, meanSquaredError, softmaxCrossEntropy, squaredError } from './losses.ts';
import { constant, input } from './source.ts';

const [prediction, target] = [[1, 2, 4, 8], [1, 4, 1, 2]];

test('squaredError sums, the others average', () => {
  expect(evaluate(squaredError(prediction, target)).item()).toBe(0 + 4 + 9 + 36);
  expect(evaluate(meanSquaredError(prediction, target)).item()).toBe((0 + 4 + 9 + 36) / 4);
  expect(evaluate(absoluteError(prediction, target)).item()).toBe((0 + 2 + 3 + 6) / 4);
});

test('huber is a parabola near the target and a line beyond delta, and smooth between', () => {
  expect(evaluate(huber([0.5], [0])).item()).toBe(0.125);
  expect(evaluate(huber([3], [0])).item()).toBe(2.5);
  expect(evaluate(huber([-3], [0], 2)).item()).toBe(4);
  for (const delta of [0.5, 1, 2]) {
    const x = input('x', [], { dtype: 'float64' });
    const [slope] = grad(huber(x, 0, delta), [x]);
    expect(evaluate(slope, { x: delta }).item()).toBe(delta);
    expect(evaluate(slope, { x: delta + 1e-9 }).item()).toBe(delta);
  }
});

test('the cross-entropy of equal logits is the logarithm of their number', () => {
  const logits = constant([[0, 0, 0, 0], [7, 7, 7, 7]], { dtype: 'float64' });
  expect(evaluate(softmaxCrossEntropy(logits, [[1, 0, 0, 0], [0, 0, 1, 0]])).item()).toBeCloseTo(Math.log(4), 14);
});

test('large logits do not overflow', () => {
  expect(evaluate(softmaxCrossEntropy([[1000, 0]], [[1, 0]])).item()).toBe(0);
  expect(evaluate(softmaxCrossEntropy([[1000, 0]], [[0, 1]])).item()).toBe(1000);
});

test('the gradient of the cross-entropy is softmax minus target', () => {
  const logits = input('logits', [1, 2], { dtype: 'float64' });
  const [gradient] = grad(softmaxCrossEntropy(logits, [[1, 0]]), [logits]);
  const { data } = evaluate(gradient, { logits: [[0, Math.log(3)]] });
  expect(data[0]).toBeCloseTo(1 / 4 - 1, 14);
  expect(data[1]).toBeCloseTo(3 / 4, 14);
});

test('gradients', () => {
  const at = [pseudoRandomPoint([2, 3], 1), pseudoRandomPoint([2, 3], 2)] as const;
  checkGradients(at, ([a, b]) => squaredError(a, b));
  checkGradients(at, ([a, b]) => meanSquaredError(a, b));
  checkGradients(at, ([a, b]) => absoluteError(a, b));
  checkGradients(at, ([a, b]) => huber(a, b, 0.4));
  checkGradients(at, ([a, b]) => softmaxCrossEntropy(a, b));
  checkGradients([point([3], [0.5, 2, -3])], ([a]) => huber(a, 0));
});
