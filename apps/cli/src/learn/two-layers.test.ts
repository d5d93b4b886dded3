import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input, meanSquaredError, NdArray } from '@xcorr/graph';
import { Activation, adam, apply, Conv2d, cosineRate, createRandom, fit, given, initialise, load, Sequential, type Layer, type Network } from '@xcorr/nn';
import { expect, test } from 'vitest';
import { partOfPhotograph } from './lesson.ts';

// Two layers have many sets of kernels that compute the same: those of an order, and of a scale that one layer gives
// and the other takes. What is judged is what they make of a picture that they did not learn from.

function layers(own: { readonly first?: number[][][][]; readonly second?: number[][][][] } = {}): Layer {
  return Sequential([
    Conv2d({ outputs: 2, kernel: 3, bias: false, ...(own.first === undefined ? {} : { weight: given(own.first) }) }),
    Activation('relu'),
    Conv2d({ outputs: 1, kernel: 3, bias: false, ...(own.second === undefined ? {} : { weight: given(own.second) }) }),
  ]);
}

/** Edges that get brighter to the right, smoothed, and a third of those that get darker. */
const first = [[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]], [[[1, 0, -1], [2, 0, -2], [1, 0, -1]]]];
const smooth = [[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((row) => row.map((tap) => tap / 16));
const teacher = layers({ first, second: [[smooth, smooth.map((row) => row.map((tap) => -tap / 3))]] });

async function pictures(): Promise<{ readonly seen: NdArray; readonly other: NdArray }> {
  const { values } = await partOfPhotograph();
  // Less their mean: an even part adds nothing but a curvature that is larger than all others.
  const crop = (top: number, left: number): NdArray => {
    const elements = Float32Array.from({ length: 56 * 56 }, (_, index) => values.data[(top + Math.floor(index / 56)) * 160 + left + (index % 56)] ?? 0);
    const mean = elements.reduce((sum, value) => sum + value, 0) / elements.length;
    return new NdArray([1, 1, 56, 56], elements.map((value) => value - mean));
  };
  return { seen: crop(8, 8), other: crop(64, 92) };
}

const response = (network: Network, X: NdArray): NdArray => {
  const x = input('x', X.shape);
  return compile({ inputs: { x }, state: network.parameters, outputs: { y: apply(network, x) } }, js()).run({ x: X }).y;
};

const power = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length;
const meanSquare = (a: NdArray, b: NdArray): number => power(a.data.map((value, index) => value - (b.data[index] ?? 0)));

test.each([0, 0.02])('a filter of two layers is learned from a pair of pictures, with noise of %s: it makes the same of another picture', async (noise) => {
  const { seen, other } = await pictures();
  const taught = initialise(teacher, seen.shape);
  const clean = response(taught, seen);
  const { normal } = createRandom(11);
  const target = new NdArray(clean.shape, clean.data.map((value) => value + noise * normal()));

  const [X, Y] = [input('X', ['N', 1, 56, 56]), input('Y', ['N', 1, 52, 52])];
  const student = initialise(layers(), X, { seed: 3 });
  const { parameters } = await fit({
    inputs: { X, Y },
    data: { X: seen, Y: target },
    loss: meanSquaredError(apply(student, X), Y),
    parameters: student.parameters,
    optimiser: adam({ rate: cosineRate(0.03, { steps: 1500 }) }),
    backend: js(),
    epochs: 1500,
  });
  const made = response(load(student, parameters), other);
  const wanted = response(taught, other);
  // What the network was taught explains all of another picture but this share of its power.
  const share = meanSquare(made, wanted) / power(wanted.data);
  expect(share).toBeLessThan(noise === 0 ? 1e-4 : 1e-3);
});
