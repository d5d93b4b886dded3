import { constant, corr2d, evaluate, NdArray } from '@xcorr/graph';
import { toMatrix } from '@xcorr/graph/analyses';
import { kernels, type Kernel, type KernelName } from '@xcorr/image';
import { beforeAll, describe, expect, test } from 'vitest';
import { backends } from '../backends/names.ts';
import { learn, prepare, type Learned, type Prepared } from './learn.ts';
import { flipped, partOfPhotograph, taught, withNoise, type Lesson } from './lesson.ts';
import { optimiserNames, type OptimiserName } from './optimisers.ts';
import type { ImageValues } from './read-values.ts';
import { nearTruth } from './result.ts';
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

const cases = optimiserNames.flatMap((optimiser) => names.map((name) => [optimiser, name] as const));

/** 64 x 64 elements of the photograph. */
let photograph: ImageValues = { name: 'none yet', kind: 'picture', values: new NdArray([1, 1], new Float32Array(1)) };
beforeAll(async () => {
  const whole = await partOfPhotograph();
  const rows = Array.from({ length: 64 }, (_, row) => Array.from(whole.values.data.subarray((row + 30) * 160 + 40, (row + 30) * 160 + 104)));
  photograph = { ...whole, values: evaluate(constant(rows)) };
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

/** The kernel of least squares, by the matrix of the correlation and Gram and Schmidt, in float64: no gradient takes part. */
function leastSquares({ input, target, kernel: [rows, columns] }: Lesson, whiten: boolean): Kernel {
  const wide = ({ values: { shape, data } }: ImageValues): NdArray => new NdArray(shape, Float64Array.from(data));
  const seen = (values: NdArray): NdArray => (whiten ? evaluate(corr2d(constant(values, { dtype: 'float64' }), constant(kernels['laplacian-4'], { dtype: 'float64' }))) : values);
  const image = constant(seen(wide(input)), { dtype: 'float64' });
  const none = constant(new NdArray([rows, columns], new Float64Array(rows * columns)), { dtype: 'float64' });
  const { shape: [count = 0, taps = 0], data } = evaluate(toMatrix(corr2d(image, none)).im2col.matrix);
  const residual = Float64Array.from(seen(wide(target)).data);
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const take = (from: Float64Array, along: Float64Array, times: number): void => along.forEach((value, index) => void (from[index] = (from[index] ?? 0) - times * value));
  const matrix = Array.from({ length: taps }, (_, tap) => Float64Array.from({ length: count }, (__, row) => data[row * taps + tap] ?? 0));
  const upper: number[][] = [];
  const shares: number[] = [];
  for (const [tap, column] of matrix.entries()) {
    const length = Math.sqrt(dot(column, column));
    column.forEach((value, index) => void (column[index] = value / length));
    upper.push(matrix.map((other, index) => (index < tap ? 0 : index === tap ? length : dot(column, other))));
    for (const [index, other] of matrix.entries()) if (index > tap) take(other, column, upper[tap]?.[index] ?? 0);
    const share = dot(column, residual);
    take(residual, column, share);
    shares.push(share);
  }
  const solution = shares.slice();
  for (let tap = taps - 1; tap >= 0; tap--) {
    for (let later = tap + 1; later < taps; later++) solution[tap] = (solution[tap] ?? 0) - (upper[tap]?.[later] ?? 0) * (solution[later] ?? 0);
    solution[tap] = (solution[tap] ?? 0) / (upper[tap]?.[tap] ?? 1);
  }
  return Array.from({ length: rows }, (_, u) => solution.slice(u * columns, (u + 1) * columns));
}

describe('without noise the learned kernel is the true one', () => {
  test.each(cases)('%s: %s', async (optimiser, name) => {
    const near = nearTruth(await learned(await pairOf(name), optimiser));
    expect(near?.distance).toBeLessThanOrEqual(1e-4);
    expect(near?.stepsNeeded ?? Infinity).toBeLessThanOrEqual(bars[optimiser][name]);
  });

  test.each([['momentum', 'sobel-x', 210], ['momentum', 'gaussian-5', 470], ['momentum', 'gabor-7', 620], ['nesterov', 'sobel-x', 280], ['nesterov', 'gaussian-5', 550], ['nesterov', 'gabor-7', 850]] as const)('%s needs no whitening: %s', async (optimiser, name, bar) => {
    const near = nearTruth(await learned(await pairOf(name, { whiten: false }), optimiser, 1200));
    expect(near?.stepsNeeded ?? Infinity).toBeLessThanOrEqual(bar);
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

  test.each(names)('nesterov needs no whitening: %s', async (name) => {
    const pair = await pairOf(name, { noise, whiten: false });
    const { training } = await learned(pair, 'nesterov', 1200);
    expect(distanceBetween(training.kernel, pair.solution)).toBeLessThanOrEqual(1e-3);
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
