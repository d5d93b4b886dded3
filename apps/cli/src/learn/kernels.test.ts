import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { abs, constant, NdArray, reduceMax, sub } from '@xcorr/graph';
import { kernels, type Kernel, type KernelName } from '@xcorr/image';
import { minimise } from '@xcorr/nn';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { backends } from '../backends/names.ts';
import { leastSquares, smallPhotograph, widened } from '../testing/pairs.ts';
import { learn, prepare, type Learned, type Prepared } from './learn.ts';
import { lossOf } from './learning-step.ts';
import { flipped, taught, withNoise } from './lesson.ts';
import { optimiserFor, optimiserNames, type OptimiserName } from './optimisers.ts';
import type { ImageValues } from './read-values.ts';
import { nearTruth, stepsNeeded } from './result.ts';
import { distanceBetween } from './train.ts';

// Kernels of a photograph are learned back. `xcorr learn --kernel gabor-7 --whiten --optimiser all` prints the steps.

const names = ['sobel-x', 'gaussian-5', 'gabor-7'] as const;
type Name = (typeof names)[number];

/** The steps after which each optimiser is to be within 1e-4 of the true kernel, and to stay there. */
const bars: Readonly<Record<OptimiserName, Readonly<Record<Name, number>>>> = {
  sgd: { 'sobel-x': 12, 'gaussian-5': 25, 'gabor-7': 40 },
  momentum: { 'sobel-x': 10, 'gaussian-5': 14, 'gabor-7': 18 },
  nesterov: { 'sobel-x': 10, 'gaussian-5': 17, 'gabor-7': 21 },
  adam: { 'sobel-x': 200, 'gaussian-5': 170, 'gabor-7': 165 },
  adamw: { 'sobel-x': 250, 'gaussian-5': 170, 'gabor-7': 165 },
  rmsprop: { 'sobel-x': 210, 'gaussian-5': 155, 'gabor-7': 155 },
};

/** The steps that are made: the rate of those that have a falling one is 0 there. */
const steps: Readonly<Record<OptimiserName, number>> = { sgd: 80, momentum: 40, nesterov: 40, adam: 300, adamw: 300, rmsprop: 300 };

/** The same of pictures as they are, whose curvatures differ by 1000, 4500 and 11000 there. */
const barsAsTheyAre: typeof bars = {
  sgd: { 'sobel-x': 3500, 'gaussian-5': 16_000, 'gabor-7': 36_000 },
  momentum: { 'sobel-x': 210, 'gaussian-5': 470, 'gabor-7': 620 },
  nesterov: { 'sobel-x': 280, 'gaussian-5': 550, 'gabor-7': 850 },
  adam: { 'sobel-x': 7500, 'gaussian-5': 7500, 'gabor-7': 7500 },
  adamw: { 'sobel-x': 7500, 'gaussian-5': 7500, 'gabor-7': 7500 },
  rmsprop: { 'sobel-x': 48_500, 'gaussian-5': 48_500, 'gabor-7': 48_500 },
};
const stepsAsTheyAre: typeof steps = { sgd: 40_000, momentum: 1200, nesterov: 1200, adam: 10_000, adamw: 10_000, rmsprop: 50_000 };

const cases = optimiserNames.flatMap((optimiser) => names.map((name) => [optimiser, name] as const));

// Some of these take their time on a machine with other work.
vi.setConfig({ testTimeout: 60_000 });

let photograph: ImageValues = { name: 'none yet', kind: 'picture', values: new NdArray([1, 1], new Float32Array(1)) };
beforeAll(async () => {
  photograph = await smallPhotograph();
});

/** One pair of pictures: looked at once, and solved for once. */
interface Pair {
  readonly prepared: Prepared;
  readonly solution: Kernel;
}

const pairs = new Map<string, Promise<Pair>>();

function pairOf(name: KernelName, { noise = 0, whiten = true, convolve = false } = {}): Promise<Pair> {
  const key = [name, noise, whiten, convolve].join();
  const made = pairs.get(key) ?? makePair(name, { noise, whiten, convolve });
  pairs.set(key, made);
  return made;
}

async function makePair(name: KernelName, { noise, whiten, convolve }: { readonly noise: number; readonly whiten: boolean; readonly convolve: boolean }): Promise<Pair> {
  const clean = taught(photograph, { kind: 'kernel', name, kernel: kernels[name] });
  const lesson = noise === 0 ? clean : withNoise(clean, noise, 5);
  return { prepared: await prepare(lesson, { optimiser: 'sgd', steps: 1, seed: 3, init: 'uniform', whiten, convolve }), solution: leastSquares(lesson, whiten) };
}

function learned({ prepared }: Pair, optimiser: OptimiserName, count: number = steps[optimiser]): Promise<Learned> {
  return learn({ ...prepared, options: { ...prepared.options, optimiser, steps: count } }, backends.js());
}

/**
 * The distances from a kernel before each of so many steps on a pair as it is. In float64, on the quadratic form that the
 * compiler makes of the pair once: tens of thousands of steps take a second.
 */
function distancesAsTheyAre({ prepared: { lesson, options, model, prospect } }: Pair, name: OptimiserName, kernel: Kernel): readonly number[] {
  const count = stepsAsTheyAre[name];
  const { inputs, state: { K }, parameters, loss } = lossOf(model, 'float64');
  const distance = reduceMax(abs(sub(K, constant(kernel, { dtype: 'float64' }))));
  const { updates } = minimise(loss, parameters, optimiserFor({ ...options, optimiser: name, steps: count }, prospect.curvatures));
  const program = compile({ inputs, state: { K }, outputs: { distance }, updates }, js(), { passes: [quadraticForms({ times: count })] });
  return [...program.run({ X: widened(lesson.input), Y: widened(lesson.target) }, { times: count, record: ['distance'] }).distance.data];
}

describe('without noise the learned kernel is the true one', () => {
  test.each(cases)('%s: %s', async (optimiser, name) => {
    const near = nearTruth(await learned(await pairOf(name), optimiser));
    expect(near?.distance).toBeLessThanOrEqual(1e-4);
    expect(near?.stepsNeeded ?? Infinity).toBeLessThanOrEqual(bars[optimiser][name]);
  });

  test.each(cases)('%s, of pictures as they are: %s', async (optimiser, name) => {
    const distances = distancesAsTheyAre(await pairOf(name, { whiten: false }), optimiser, kernels[name]);
    expect(distances).toHaveLength(stepsAsTheyAre[optimiser]);
    expect(stepsNeeded(distances, 1e-4) ?? Infinity).toBeLessThanOrEqual(barsAsTheyAre[optimiser][name]);
  });

  test.each((['momentum', 'nesterov'] as const).flatMap((optimiser) => names.map((name) => [optimiser, name] as const)))('%s comes as far in float32: %s', async (optimiser, name) => {
    const near = nearTruth(await learned(await pairOf(name, { whiten: false }), optimiser, stepsAsTheyAre[optimiser]));
    expect(near?.stepsNeeded ?? Infinity).toBeLessThanOrEqual(barsAsTheyAre[optimiser][name]);
  });
});

describe('with noise it is the one of least squares, solved for from the matrix', () => {
  const noise = 0.02;

  test.each(cases)('%s: %s', async (optimiser, name) => {
    const pair = await pairOf(name, { noise });
    const { training } = await learned(pair, optimiser);
    expect(distanceBetween(training.kernel, pair.solution)).toBeLessThanOrEqual(1e-3);
    expect(distanceBetween(training.kernel, kernels[name])).toBeGreaterThan(1e-3);
  });

  test.each(cases)('%s, of pictures as they are: %s', async (optimiser, name) => {
    const pair = await pairOf(name, { noise, whiten: false });
    expect(stepsNeeded(distancesAsTheyAre(pair, optimiser, pair.solution), 1e-3) ?? Infinity).toBeLessThanOrEqual(barsAsTheyAre[optimiser][name]);
    expect(distanceBetween(pair.solution, kernels[name])).toBeGreaterThan(1e-3);
  });

  test.each(names)('what is said of the best fit is the same: %s', async (name) => {
    for (const whiten of [true, false]) {
      const { prepared, solution } = await pairOf(name, { noise, whiten });
      expect(distanceBetween(prepared.prospect.solution?.kernel ?? [], solution)).toBeLessThan(1e-8);
    }
  });
});

// Kernels that are not their own flips.
test.each(['sobel-x', 'kirsch-ne'] as const)('a strict convolution learns the kernel flipped: %s', async (name) => {
  const { training, truth } = await learned(await pairOf(name, { convolve: true }), 'nesterov');
  expect(truth).toEqual(flipped(kernels[name]));
  expect(distanceBetween(training.kernel, flipped(kernels[name]))).toBeLessThanOrEqual(1e-4);
});
