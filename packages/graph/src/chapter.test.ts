import { book, type TrainingRun } from '@xcorr/golden';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { grad } from './grad.ts';
import { evaluate, interpret } from './interpreter/interpret.ts';
import { NdArray } from './ndarray.ts';
import type { Nested } from './nested.ts';
import { conv2d, corr2d, type Layout } from './ops/convolution.ts';
import { mul, sub } from './ops/elementwise.ts';
import { squaredError } from './ops/losses.ts';
import { reshape, slice, transpose } from './ops/movement.ts';
import { input, state } from './ops/source.ts';
import type { Tensor } from './tensor.ts';

// "Convolutions for Images", section by section, in the reference interpreter.

test('corr2d of the 3 x 3 image with the 2 x 2 kernel', () => {
  const { x, k, y } = book.corr2d;
  expect(evaluate(corr2d(x, k)).toNested()).toEqual(y);
});

test('the kernel [1, -1] finds vertical edges and no horizontal ones', () => {
  const { x, k, y, yOfTransposedX } = book.edge;
  expect(evaluate(corr2d(x, k)).toNested()).toEqual(y);
  expect(evaluate(corr2d(transpose(x), k)).toNested()).toEqual(yOfTransposedX);
});

test('the image fits any size, the kernel is a constant', () => {
  const photo = input('photo', ['H', 'W']);
  const edges = corr2d(photo, book.edge.k);
  expect(evaluate(edges, { photo: book.edge.x }).toNested()).toEqual(book.edge.y);
});

test('one element of two stacked layers sees the receptive field, and nothing else', () => {
  const { layers, onFirst, onInput } = book.receptiveField;
  const image = input('image', [8, 8]);
  const ones = layers.map(({ kernel: [height, width] }) => Array.from({ length: height }, () => Array.from({ length: width }, () => 1)));
  const maps: Tensor[] = [image];
  for (const kernel of ones) maps.push(corr2d(maps.at(-1) ?? image, kernel));
  const [, first = image] = maps;
  const top = reshape(slice(maps.at(-1) ?? image, { start: [2, 3], stop: [3, 4] }), []);
  expect(seen(grad(top, [first])[0])).toEqual(onFirst);
  expect(seen(grad(top, [image])[0])).toEqual(onInput);
});

/** Height and width of the part of a gradient that is not zero. */
function seen(gradient: Tensor): readonly [number, number] {
  const [, width = 0] = gradient.shape.map(Number);
  const { data } = evaluate(gradient);
  const places = Array.from(data, (value, index) => (value === 0 ? [] : [[Math.floor(index / width), index % width] as const])).flat();
  const extent = (list: readonly number[]): number => Math.max(...list) - Math.min(...list) + 1;
  expect(places).toHaveLength(extent(places.map(([row]) => row)) * extent(places.map(([, column]) => column)));
  return [extent(places.map(([row]) => row)), extent(places.map(([, column]) => column))];
}

interface Step {
  readonly loss: number;
  readonly kernel: NdArray;
}

/** Gradient descent on the kernel, one step of the interpreter at a time, in float64. */
function learn(layout: Layout, initial: Nested): readonly Step[] {
  const { lr, iterations } = book.learnKernel;
  const { x, y } = book.edge;
  const K = state('K', initial, { dtype: 'float64' });
  const X = input('X', layout === 'NCHW' ? [1, 1, 6, 8] : [1, 6, 8, 1], { dtype: 'float64' });
  const Y = input('Y', layout === 'NCHW' ? [1, 1, 6, 7] : [1, 6, 7, 1], { dtype: 'float64' });
  const weight = reshape(K, layout === 'NCHW' ? [1, 1, 1, 2] : [1, 2, 1, 1]);
  const loss = squaredError(conv2d(X, weight, { layout }), Y);
  const updated = sub(K, mul(lr, grad(loss, [K])[0]));
  const feeds = { X: Float64Array.from(x.flat()), Y: Float64Array.from(y.flat()) };
  const steps: Step[] = [];
  for (let step = 0; step < iterations; step++) {
    const before = steps.at(-1)?.kernel;
    const [at, next] = interpret([loss, updated], before === undefined ? feeds : { ...feeds, K: before });
    if (at === undefined || next === undefined) throw new TypeError('two values were asked for');
    steps.push({ loss: at.data[0] ?? Number.NaN, kernel: new NdArray(next.shape, next.data) });
  }
  return steps;
}

function printed(steps: readonly Step[]): readonly string[] {
  return steps.filter((_, step) => step % 2 === 1).map(({ loss }) => loss.toFixed(3));
}

describe('learning the kernel', () => {
  test.each(book.learnKernel.runs)('as $system prints it', ({ layout, initialKernel, printedLosses, learnedKernel, learnedKernelTolerance = 0 }: TrainingRun) => {
    const steps = learn(layout, initialKernel);
    expect(printed(steps)).toEqual(printedLosses);
    if (learnedKernel === undefined) return;
    const learned = Array.from(steps.at(-1)?.kernel.data ?? []);
    learnedKernel.flat().forEach((value, tap) => expect(Math.abs((learned[tap] ?? Number.NaN) - value)).toBeLessThanOrEqual(learnedKernelTolerance));
  });

  test('the layouts are two ways to write one operation', () => {
    const [run] = book.learnKernel.runs;
    if (run === undefined) throw new TypeError('the book has runs');
    const losses = (layout: Layout): readonly number[] => learn(layout, run.initialKernel).map(({ loss }) => loss);
    expect(losses('NHWC')).toEqual(losses('NCHW'));
  });

  // On this image the loss has curvatures 60 and 12 over the kernel: a step of lr multiplies the kernel's error
  // along them by 1 - 0.03 * 60 = -0.8 and 1 - 0.03 * 12 = 0.64, so the loss by at most 0.8^2.
  test('from any start, each step leaves at most 0.64 of the loss', () => {
    const tap = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(tap, tap, (left, right) => {
        const steps = learn('NCHW', [[left, right]]);
        const [first = Number.NaN, tenth = Number.NaN] = [steps[0]?.loss, steps.at(-1)?.loss];
        fc.pre(first > 1e-3);
        expect(tenth).toBeLessThanOrEqual(0.64 ** 9 * 1.0001 * first);
      }),
      seeded(100),
    );
  });
});
