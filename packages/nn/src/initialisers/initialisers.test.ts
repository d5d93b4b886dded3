import { expect, test } from 'vitest';
import { message } from '../../testing/message.ts';
import { createRandom } from '../random/random.ts';
import { given, normalInitialiser, uniformInitialiser } from './distributions.ts';
import { chapterInitialisers, frameworkInitialisers } from './frameworks.ts';
import type { Initialiser, ParameterForm } from './initialiser.ts';
import { lecunNormal } from './variance-scaling.ts';

// A kernel of 3 x 3 from 8 channels to 64, taken 25 times over for its moments.
const weight: ParameterForm = { role: 'weight', shape: [25, 64, 8, 3, 3], fanIn: 72, fanOut: 576, isTransposed: false };

interface Expected {
  readonly mean: number;
  readonly variance: number;
  /** No value lies beyond these. */
  readonly low: number;
  readonly high: number;
}

const uniform = (low: number, high: number): Expected => ({ mean: (low + high) / 2, variance: (high - low) ** 2 / 12, low, high });
const symmetric = (bound: number): Expected => uniform(-bound, bound);
const lecun = (fan: number): Expected => ({ mean: 0, variance: 1 / fan, low: (-2 / 0.8796) * Math.sqrt(1 / fan), high: (2 / 0.8796) * Math.sqrt(1 / fan) });

function checkMoments(initialiser: Initialiser, form: ParameterForm, { mean, variance, low, high }: Expected): void {
  const values = initialiser(form, createRandom(11));
  const { length } = values;
  expect(length).toBe(form.shape.reduce((product, size) => product * size, 1));
  const average = values.reduce((sum, value) => sum + value, 0) / length;
  const spread = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / length;
  // Five deviations of the estimates; the fourth moment is at most 3 variances squared.
  expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(variance / length));
  expect(Math.abs(spread - variance)).toBeLessThan(5 * variance * Math.sqrt(2 / length));
  expect(values.every((value) => value >= low && value <= high)).toBe(true);
  // The bounds are reached, nearly.
  if (Number.isFinite(high)) expect(Math.max(...values.subarray(0, 100_000))).toBeGreaterThan(low + 0.99 * (high - low));
}

test.each([
  { name: 'PyTorch', initialiser: frameworkInitialisers.pytorch.weight, expected: symmetric(1 / Math.sqrt(72)) },
  { name: "PyTorch's bias", initialiser: frameworkInitialisers.pytorch.bias, expected: symmetric(1 / Math.sqrt(72)) },
  { name: 'Gluon', initialiser: frameworkInitialisers.mxnet.weight, expected: symmetric(0.07) },
  { name: 'Flax', initialiser: frameworkInitialisers.flax.weight, expected: lecun(72) },
  { name: 'Keras', initialiser: frameworkInitialisers.keras.weight, expected: symmetric(Math.sqrt(6 / 648)) },
  { name: "the chapter's class, PyTorch", initialiser: chapterInitialisers.pytorch.weight, expected: uniform(0, 1) },
  { name: "the chapter's class, MXNet", initialiser: chapterInitialisers.mxnet.weight, expected: symmetric(0.07) },
  { name: "the chapter's class, JAX", initialiser: chapterInitialisers.flax.weight, expected: uniform(0, 0.01) },
  { name: "the chapter's class, TensorFlow", initialiser: chapterInitialisers.keras.weight, expected: { mean: 0, variance: 0.05 ** 2, low: -Infinity, high: Infinity } },
  { name: "the chapter's bias, TensorFlow", initialiser: chapterInitialisers.keras.bias, expected: { mean: 0, variance: 0.05 ** 2, low: -Infinity, high: Infinity } },
])('moments and bounds: $name', ({ initialiser, expected }) => {
  checkMoments(initialiser, weight, expected);
});

test('Flax counts what an output sums, of transposed convolutions too', () => {
  checkMoments(lecunNormal, { ...weight, isTransposed: true }, lecun(576));
});

test.each([frameworkInitialisers.mxnet, frameworkInitialisers.flax, frameworkInitialisers.keras, chapterInitialisers.pytorch, chapterInitialisers.mxnet, chapterInitialisers.flax])('biases that are zero', ({ bias }) => {
  expect([...bias({ ...weight, role: 'bias', shape: [3] }, createRandom(1))]).toEqual([0, 0, 0]);
});

test('errors say what is wrong', () => {
  expect(message(() => uniformInitialiser(1, 0))).toBe('uniformInitialiser: low 1 exceeds high 0');
  expect(message(() => normalInitialiser(0, Number.NaN))).toBe('normalInitialiser: deviation NaN is not a finite number');
  expect(message(() => normalInitialiser(0, -1))).toBe('normalInitialiser: the deviation -1 is negative');
  expect(message(() => given([[1, -1]])({ ...weight, shape: [2] }, createRandom(0)))).toBe('given: values of shape [1, 2] for a weight of shape [2]; give one number for each element');
});
