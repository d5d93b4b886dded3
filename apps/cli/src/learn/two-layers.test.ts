import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { abs, constant, conv2d, corr2d, evaluate, flip, input, meanSquaredError, NdArray, reduceMax, reshape, sub, transpose, type Tensor } from '@xcorr/graph';
import { kernels, type Kernel } from '@xcorr/image';
import { Activation, adam, adamW, apply, Conv2d, cosineRate, createRandom, fit, given, initialise, load, minimise, rmsProp, Sequential, sgd, type Layer, type Network, type Optimiser } from '@xcorr/nn';
import { describe, expect, test, vi } from 'vitest';
import { leastSquares, smallPhotograph, whitened } from '../testing/pairs.ts';
import { partOfPhotograph, taught, withNoise } from './lesson.ts';
import type { OptimiserName } from './optimisers.ts';
import { stepsNeeded } from './result.ts';

// Some of these take their time on a machine with other work.
vi.setConfig({ testTimeout: 60_000 });

describe('without an activation two layers are one kernel, which is the true one, or with noise that of least squares', () => {
  const dtype = 'float64';
  const taps = (kernel: Kernel): Tensor => constant(kernel, { dtype });
  /** First Sobel's, then a Gaussian: [5, 5]. */
  const truth = ((): Kernel => {
    const { data } = evaluate(corr2d(taps(kernels['sobel-x']), flip(taps(kernels['gaussian-3'])), { padding: 'full' }));
    return Array.from({ length: 5 }, (_, u) => Array.from(data.subarray(5 * u, 5 * u + 5)));
  })();

  /** Four channels of 3 x 3 and 3 x 3 make any kernel of 5 x 5: the layers know no more of it than one kernel would. */
  const pairOfLayers = Sequential({ first: Conv2d({ outputs: 4, kernel: 3, bias: false }), second: Conv2d({ outputs: 1, kernel: 3, bias: false }) });

  /** The largest curvature of the whitened pair, about; and the steps in which each optimiser is to be there and to stay there. */
  const most = 0.163;
  const optimisers: readonly (readonly [name: OptimiserName, optimiser: Optimiser, steps: number, bar: number, barWithNoise: number])[] = [
    ['sgd', sgd({ rate: 0.2 / most }), 2000, 1300, 420],
    ['momentum', sgd({ rate: 0.1 / most, momentum: 0.9 }), 600, 340, 150],
    ['nesterov', sgd({ rate: 0.2 / most, momentum: 0.9, nesterov: true }), 300, 135, 90],
    ['adam', adam({ rate: cosineRate(0.03, { steps: 500 }) }), 500, 340, 190],
    ['adamw', adamW({ rate: cosineRate(0.03, { steps: 500 }), weightDecay: 1e-4 }), 500, 340, 190],
    ['rmsprop', rmsProp({ rate: cosineRate(0.003, { steps: 3000 }) }), 3000, 2750, 2600],
  ];

  test.each(optimisers.flatMap((each) => [0, 0.02].map((noise) => [each[0], noise, each] as const)))('%s, noise %s', async (_, noise, [, optimiser, steps, bar, barWithNoise]) => {
    const clean = taught(await smallPhotograph(), { kind: 'kernel', name: 'two layers', kernel: truth });
    const lesson = noise === 0 ? clean : withNoise(clean, noise, 5);
    const [x, y] = [whitened(lesson.input), whitened(lesson.target)];
    const [X, Y] = [input('X', [1, 1, ...x.shape], { dtype }), input('Y', [1, 1, ...y.shape], { dtype })];
    const network = initialise(pairOfLayers, X, { seed: 1 });
    const { 'first.weight': first = X, 'second.weight': second = X } = network.parameters;
    const made = reshape(conv2d(transpose(first, [1, 0, 2, 3]), flip(second, [2, 3]), { padding: 'full' }), [5, 5]);
    const distance = reduceMax(abs(sub(made, taps(noise === 0 ? truth : leastSquares(lesson, true)))));
    const { updates } = minimise(meanSquaredError(apply(network, X), Y), network.parameters, optimiser);
    const program = compile({ inputs: { X, Y }, state: network.parameters, outputs: { distance }, updates }, js());
    const found = program.run({ X: new NdArray([1, 1, ...x.shape], x.data), Y: new NdArray([1, 1, ...y.shape], y.data) }, { times: steps, record: ['distance'] });
    expect(stepsNeeded([...found.distance.data], noise === 0 ? 1e-4 : 1e-3) ?? Infinity).toBeLessThanOrEqual(noise === 0 ? bar : barWithNoise);
  });
});

// With an activation, two layers have many sets of kernels that compute the same: those of an order, and of a scale that one layer gives
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
