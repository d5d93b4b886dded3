import { NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { learningStep, type Model } from './learning-step.ts';
import { optimizerNames, type OptimizerName } from './optimizers.ts';
import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';

const [x, y, rate, momentum] = [2, 3, 0.02, 0.8];

/** The loss is (x k + b - y)^2. */
const gradients = (k: number, b: number): readonly [number, number] => [2 * x * (x * k + b - y), 2 * (x * k + b - y)];

type Point = readonly [number, number];
const pair = (value: (axis: 0 | 1) => number): Point => [value(0), value(1)];

/** The optimizers as their papers write them, in numbers: the points after each step. */
const written: Readonly<Record<OptimizerName, (steps: number) => readonly Point[]>> = {
  sgd: (steps) => {
    const points: Point[] = [];
    let at: Point = [1, 0];
    for (let step = 0; step < steps; step++) {
      const g = gradients(...at);
      at = pair((axis) => at[axis] - rate * g[axis]);
      points.push(at);
    }
    return points;
  },
  // Nesterov 1983 takes the gradient at y = x + m (x - previous x); what is kept here is y.
  momentum: (steps) => {
    const points: Point[] = [];
    let [last, ahead]: [Point, Point] = [[1, 0], [1, 0]];
    for (let step = 0; step < steps; step++) {
      const g = gradients(...ahead);
      const next = pair((axis) => ahead[axis] - rate * g[axis]);
      const before = last;
      ahead = pair((axis) => next[axis] + momentum * (next[axis] - before[axis]));
      last = next;
      points.push(ahead);
    }
    return points;
  },
  adam: (steps) => {
    const points: Point[] = [];
    let [at, mean, square]: [Point, Point, Point] = [[1, 0], [0, 0], [0, 0]];
    for (let t = 1; t <= steps; t++) {
      const g = gradients(...at);
      mean = pair((axis) => 0.9 * mean[axis] + 0.1 * g[axis]);
      square = pair((axis) => 0.999 * square[axis] + 0.001 * g[axis] ** 2);
      at = pair((axis) => at[axis] - (rate * (mean[axis] / (1 - 0.9 ** t))) / (Math.sqrt(square[axis] / (1 - 0.999 ** t)) + 1e-8));
      points.push(at);
    }
    return points;
  },
};

describe.each(optimizerNames)('%s', (optimizer) => {
  const model = (bias: boolean): Model => ({
    fit: { padding: 'valid', input: [1, 1], kernel: [1, 1], target: [1, 1], low: [0, 0] },
    initial: [[1]],
    bias,
    optimizer,
    rates: { learningRate: rate, momentum },
  });
  const feeds = { X: new NdArray([1, 1], Float32Array.of(x)), Y: new NdArray([1, 1], Float32Array.of(y)) };

  test('takes the steps that its paper writes, of kernel and bias', () => {
    const step = compile(learningStep(model(true)), js());
    for (const [k, b] of written[optimizer](30)) {
      step.run(feeds);
      expect(Math.abs(step.state.K.item() - k)).toBeLessThan(1e-5);
      expect(Math.abs(step.state.b.item() - b)).toBeLessThan(1e-5);
    }
  });

  test('leaves a bias alone that is not learned', () => {
    const step = compile(learningStep(model(false)), js());
    step.run(feeds, { times: 5 });
    expect(step.state.b.item()).toBe(0);
    expect(step.state.K.item()).not.toBe(1);
  });
});
