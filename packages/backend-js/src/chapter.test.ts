import { compile } from '@xcorr/compiler';
import { book, type TrainingRun } from '@xcorr/golden';
import { corr2d, input, transpose } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learn } from '../testing/learning-step.ts';
import { seeded } from '../testing/seeded.ts';
import { js } from './index.ts';

// "Convolutions for Images", section by section, compiled to JavaScript.

test('corr2d of the 3 x 3 image with the 2 x 2 kernel', () => {
  const X = input('X', [3, 3]);
  const K = input('K', [2, 2]);
  const { x, k, y } = book.corr2d;
  expect(compile({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, js()).run({ X: x, K: k }).Y.toNested()).toEqual(y);
});

test('the kernel [1, -1] finds vertical edges and no horizontal ones', () => {
  const X = input('X', [6, 8]);
  const { x, k, y, yOfTransposedX } = book.edge;
  const edges = compile({ inputs: { X }, outputs: { vertical: corr2d(X, k), horizontal: corr2d(transpose(X), k) } }, js());
  const { vertical, horizontal } = edges.run({ X: x });
  expect(vertical.toNested()).toEqual(y);
  expect(horizontal.toNested()).toEqual(yOfTransposedX);
});

test('the image fits any size, the kernel is a constant', () => {
  const photo = input('photo', ['H', 'W']);
  const edges = compile({ inputs: { photo }, outputs: { y: corr2d(photo, book.edge.k) } }, js());
  expect(edges.run({ photo: book.edge.x }).y.toNested()).toEqual(book.edge.y);
  expect(edges.run({ photo: [[5, 7, 4]] }).y.toNested()).toEqual([[-2, 3]]);
});

describe('learning the kernel', () => {
  test.each(book.learnKernel.runs)('as $system prints it', ({ layout, initialKernel, printedLosses, learnedKernel, learnedKernelTolerance = 0 }: TrainingRun) => {
    const { losses, kernel } = learn(layout, initialKernel);
    expect(losses.filter((_, step) => step % 2 === 1).map((loss) => loss.toFixed(3))).toEqual(printedLosses);
    learnedKernel?.flat().forEach((value, tap) => expect(Math.abs((kernel[tap] ?? Number.NaN) - value)).toBeLessThanOrEqual(learnedKernelTolerance));
  });

  test('the layouts are two ways to write one operation', () => {
    for (const { initialKernel } of book.learnKernel.runs) expect(learn('NHWC', initialKernel)).toEqual(learn('NCHW', initialKernel));
  });

  // On this image the loss has curvatures 60 and 12 over the kernel: a step of lr multiplies the kernel's error
  // along them by 1 - 60 lr = -0.8 and 1 - 12 lr = 0.64, so the loss by at most 0.8^2 = 0.64.
  test('from any start, each step leaves at most 0.64 of the loss', () => {
    const tap = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(tap, tap, (left, right) => {
        const { losses } = learn('NCHW', [[left, right]]);
        const [first = Number.NaN] = losses;
        fc.pre(first > 1e-3);
        expect(losses.at(-1)).toBeLessThanOrEqual(0.64 ** 9 * 1.0001 * first);
      }),
      seeded(100),
    );
  });
});
