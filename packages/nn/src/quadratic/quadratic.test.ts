import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { abs, add, constant, corr2d, evaluate, input, meanSquaredError, NdArray, reduceMax, relu, reshape, squaredError, state, sub, type Tensor } from '@xcorr/graph';
import { im2col } from '@xcorr/graph/analyses';
import { describe, expect, test } from 'vitest';
import { jsLater } from '../../testing/backend-later.ts';
import { message, rejection } from '../../testing/message.ts';
import { apply, Conv2d, createRandom, curvaturesOf, initialise, minimise, minimumOf, optimalSgd, quadraticOf, rateAt, type Curvatures, type MomentumKind, type Quadratic } from '../index.ts';

function noise(shape: readonly number[], stream: number): NdArray {
  const { uniform } = createRandom(9, stream);
  return new NdArray(shape, Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => uniform(-1, 1)));
}

const float64 = { dtype: 'float64' } as const;
const data = { X: noise([7, 8], 0), Y: noise([5, 7], 1) };

function problem(start: NdArray = noise([3, 2], 2)): { readonly inputs: { readonly X: Tensor; readonly Y: Tensor }; readonly loss: Tensor; readonly parameters: { readonly K: Tensor; readonly b: Tensor } } {
  const [X, Y] = [input('X', [7, 8], float64), input('Y', [5, 7], float64)];
  const [K, b] = [state('K', start, float64), state('b', 0.5, float64)];
  return { inputs: { X, Y }, loss: meanSquaredError(add(corr2d(X, K), b), Y), parameters: { K, b } };
}

/** [[3, 2], [2, 3]] / 2 and the like: of two parameters, with a known Hessian. */
const of = (hessian: readonly (readonly number[])[], gradient: readonly number[] = hessian.map(() => 1)): Quadratic => ({
  parameters: [{ name: 'p', shape: [hessian.length], values: new NdArray([hessian.length], new Float64Array(hessian.length)) }],
  gradient: Float64Array.from(gradient),
  hessian: hessian.map((row) => Float64Array.from(row)),
});

describe('the Hessian', () => {
  test('of a mean squared error is 2 / N A^T A, A the im2col matrix with a column of ones for the bias', async () => {
    const { hessian } = await quadraticOf({ ...problem(), data, backend: js() });
    const { shape: [count = 0, taps = 0], data: patches } = evaluate(im2col(corr2d(constant(data.X, float64), constant(noise([3, 2], 2), float64))).matrix);
    const column = (index: number): readonly number[] => Array.from({ length: count }, (_, row) => (index === taps ? 1 : (patches[row * taps + index] ?? 0)));
    expect(hessian.length).toBe(taps + 1);
    for (const [i, row] of hessian.entries()) for (const [j, value] of row.entries()) expect(value).toBeCloseTo((2 / count) * column(i).reduce((sum, element, at) => sum + element * (column(j)[at] ?? 0), 0), 12);
  });

  test('is the same from wherever the parameters start, and on a backend whose results come later; nothing stays open', async () => {
    const here = await quadraticOf({ ...problem(), data, backend: js() });
    const there = await quadraticOf({ ...problem(noise([3, 2], 5)), data, backend: js() });
    for (const [i, row] of here.hessian.entries()) for (const [j, value] of row.entries()) expect(there.hessian[i]?.[j]).toBeCloseTo(value, 12);
    const later = jsLater();
    expect(await quadraticOf({ ...problem(), data, backend: later.backend })).toEqual(here);
    expect(later.open()).toBe(0);
  });
});

test('at the minimum the gradient is 0, from wherever it was looked for', async () => {
  const found = minimumOf(await quadraticOf({ ...problem(), data, backend: js() }));
  const again = minimumOf(await quadraticOf({ ...problem(noise([3, 2], 5)), data, backend: js() }));
  for (const [name, { data: values }] of found) values.forEach((value, index) => expect(again.get(name)?.data[index]).toBeCloseTo(value, 11));
  const kernel = found.get('K') ?? data.X;
  const [K, b] = [state('K', kernel, float64), state('b', found.get('b')?.item() ?? 0, float64)];
  const { inputs } = problem();
  const { gradient } = await quadraticOf({ inputs, loss: meanSquaredError(add(corr2d(inputs.X, K), b), inputs.Y), parameters: { K, b }, data, backend: js() });
  for (const value of gradient) expect(Math.abs(value)).toBeLessThan(1e-13);
});

test('a strict convolution learns the kernel flipped', async () => {
  const kernel = [[1, 2, 3], [-4, 5, 6]];
  const X = input('X', [1, 1, 7, 8]);
  const network = initialise(Conv2d({ outputs: 1, kernel: [2, 3], bias: false, convolve: true }), X);
  const loss = squaredError(apply(network, X), reshape(corr2d(reshape(X, [7, 8]), kernel), [1, 1, 6, 6]));
  const feeds = { X: new NdArray([1, 1, 7, 8], Float32Array.from(data.X.data)) };
  const optimiser = optimalSgd(curvaturesOf(await quadraticOf({ inputs: { X }, data: feeds, loss, parameters: network.parameters, backend: js() })), { momentum: 'polyak' });
  const off = reduceMax(abs(sub(network.parameters['weight'] ?? X, constant([[[[6, 5, -4], [3, 2, 1]]]]))));
  const program = compile({ inputs: { X }, state: network.parameters, outputs: { off }, updates: minimise(loss, network.parameters, optimiser).updates }, js());
  expect(program.run(feeds, { times: 60 }).off.item()).toBeLessThan(1e-4);
});

describe('the curvatures', () => {
  test('are the extreme eigenvalues: those of the second difference are known', () => {
    const size = 12;
    const { least, most } = curvaturesOf(of(Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)))));
    expect(least).toBeCloseTo(2 - 2 * Math.cos(Math.PI / (size + 1)), 12);
    expect(most).toBeCloseTo(2 + 2 * Math.cos(Math.PI / (size + 1)), 12);
  });
});

describe('the best descent', () => {
  /** How much a step shrinks an error along a direction of some curvature, once it has settled: the spectral radius of its two-step form. */
  function shrinks(curvature: number, { rate, momentum, isNesterov }: ReturnType<typeof optimalSgd>): number {
    const step = rate.kind === 'constant' ? rate.rate * curvature : Number.NaN;
    const trace = isNesterov ? (1 + momentum) * (1 - step) : 1 + momentum - step;
    const determinant = isNesterov ? momentum * (1 - step) : momentum;
    const root = trace * trace - 4 * determinant;
    return root < 0 ? Math.sqrt(determinant) : Math.max(Math.abs(trace + Math.sqrt(root)), Math.abs(trace - Math.sqrt(root))) / 2;
  }

  const worst = (curvatures: Curvatures, optimiser: ReturnType<typeof optimalSgd>): number =>
    Math.max(...Array.from({ length: 201 }, (_, index) => shrinks(curvatures.least * (curvatures.most / curvatures.least) ** (index / 200), optimiser)));

  test.each<[MomentumKind, (k: number) => number]>([['none', (k) => (k - 1) / (k + 1)], ['polyak', (k) => (Math.sqrt(k) - 1) / (Math.sqrt(k) + 1)], ['nesterov', (k) => 1 - 2 / Math.sqrt(3 * k + 1)]])('%s shrinks the worst error by what is stated, and other rates by less', (momentum, stated) => {
    for (const k of [2, 30, 1e4]) {
      const curvatures = { least: 0.3, most: 0.3 * k };
      const best = optimalSgd(curvatures, { momentum });
      expect(worst(curvatures, best)).toBeCloseTo(stated(k), 5);
      for (const factor of [0.8, 1.2]) expect(worst(curvatures, { ...best, rate: { kind: 'constant', rate: factor * (best.rate.kind === 'constant' ? best.rate.rate : 0) } })).toBeGreaterThan(stated(k));
    }
  });

  test.each<MomentumKind>(['none', 'polyak', 'nesterov'])('%s gives up what the steps cannot reach: the rest decays to e^-12', (momentum) => {
    const optimiser = optimalSgd({ least: 0, most: 5 }, { momentum, steps: 200 });
    expect(shrinks(5, optimiser) ** 200).toBeLessThanOrEqual(Math.exp(-12) * 1.05);
    const few = optimalSgd({ least: 0, most: 5 }, { momentum, steps: 3 });
    expect([few.momentum, few.isNesterov]).toEqual([0, false]);
    expect(rateAt(few.rate, 0)).toBeCloseTo(1 / 5, 12);
    expect(optimalSgd({ least: 1, most: 5 }, { momentum, steps: 1e6 })).toEqual(optimalSgd({ least: 1, most: 5 }, { momentum }));
  });
});

test('errors, word for word', async () => {
  const [X, K] = [input('X', [1, 4]), state('K', [[1, 2]])];
  const feeds = { X: new NdArray([1, 4], new Float32Array(4)) };
  expect(await rejection(quadraticOf({ inputs: { X }, data: feeds, loss: squaredError(relu(corr2d(X, K)), [[1, 2, 3]]), parameters: { K }, backend: js() }))).toMatchInlineSnapshot(`
    "quadraticOf: the loss is not quadratic in "K": its second derivatives depend on it
      give the squared error of a layer that is linear in its parameters, without an activation"
  `);
  expect(await rejection(quadraticOf({ inputs: { X }, data: feeds, loss: squaredError(corr2d(X, [[1, 2]]), [[1, 2, 3]]), parameters: {}, backend: js() }))).toMatchInlineSnapshot(`"quadraticOf: no parameters; give the states that the loss is quadratic in"`);
  const flat = await quadraticOf({ inputs: { X }, data: feeds, loss: squaredError(corr2d(X, K), [[1, 2, 3]]), parameters: { K }, backend: js() });
  expect(message(() => minimumOf(flat))).toMatchInlineSnapshot(`
    "minimumOf: the loss has no single minimum: along some direction it does not curve up (pivot 1 of 2 is 0.00)
      give data that tell all parameters apart, or fewer parameters"
  `);
  expect(message(() => minimumOf(of([[1, 1], [1, 1]])))).toMatchInlineSnapshot(`
    "minimumOf: the loss has no single minimum: along some direction it does not curve up (pivot 2 of 2 is 0.00)
      give data that tell all parameters apart, or fewer parameters"
  `);
  expect(message(() => curvaturesOf(of([[Number.NaN]])))).toMatchInlineSnapshot(`
    "curvaturesOf: the Hessian is not finite
      look for values in the data that are not finite, or too large to be squared"
  `);
  expect(message(() => optimalSgd({ least: 0, most: 0 }))).toMatchInlineSnapshot(`
    "optimalSgd: the largest curvature 0 is not a finite number above 0
      the loss does not change with the parameters, or the data are not finite"
  `);
  expect(message(() => optimalSgd({ least: 0, most: 1 }, { momentum: 'polyak' }))).toMatchInlineSnapshot(`
    "optimalSgd: the least curvature 0 does not lie above 0 and up to the largest, 1
      give the steps that will be made: what they cannot reach is then left out"
  `);
  expect(message(() => optimalSgd({ least: 1, most: 2 }, { steps: 0 }))).toMatchInlineSnapshot(`"optimalSgd: steps 0 is not a number of at least 1"`);
});
