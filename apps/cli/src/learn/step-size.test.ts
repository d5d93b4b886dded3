import { NdArray } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../backends/names.ts';
import { fit, type Fit } from './fit.ts';
import { momentumFor, safeLearningRate, windowPower } from './step-size.ts';
import { train } from './train.ts';

const settings = { seed: 20_261_121, numRuns: 40 };

const values = (count: number): fc.Arbitrary<readonly number[]> => fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: count, maxLength: count });

/** An input and a target of one of the two sizes that fit, both drawn. */
const lessons = fc.record({ rows: fc.integer({ min: 2, max: 6 }), columns: fc.integer({ min: 2, max: 6 }), tall: fc.integer({ min: 1, max: 2 }), wide: fc.integer({ min: 1, max: 2 }), same: fc.boolean() }).chain(({ rows, columns, tall, wide, same }) => {
  const [height, width] = same ? [rows, columns] : [rows - tall + 1, columns - wide + 1];
  return fc.record({ input: values(rows * columns), target: values(height * width) }).map(({ input, target }) => {
    const example = { input: new NdArray([rows, columns], Float32Array.from(input)), target: new NdArray([height, width], Float32Array.from(target)) };
    const image = (name: string, array: NdArray) => ({ name, kind: 'numbers' as const, values: array });
    return { ...example, shape: fit(image('x', example.input), image('y', example.target), [tall, wide]) };
  });
});

/** The same by its definition: what each window sees, squared, summed, and the mean of these. */
function powerByDefinition({ data }: NdArray, { input: [rows, columns], kernel: [tall, wide], target: [height, width], low }: Fit): number {
  let total = 0;
  for (let p = 0; p < height; p++)
    for (let q = 0; q < width; q++)
      for (let u = 0; u < tall; u++)
        for (let v = 0; v < wide; v++) {
          const [i, j] = [p + u - low[0], q + v - low[1]];
          if (i >= 0 && i < rows && j >= 0 && j < columns) total += (data[i * columns + j] ?? Number.NaN) ** 2;
        }
  return total / (height * width);
}

test('the power of the windows is the mean of what they see, squared; a bias sees 1 more', () => {
  fc.assert(
    fc.property(lessons, ({ input, shape }) => {
      const expected = powerByDefinition(input, shape);
      expect(windowPower(input, shape, false)).toBeCloseTo(expected, 9);
      expect(windowPower(input, shape, true)).toBeCloseTo(expected + 1, 9);
    }),
    { ...settings, numRuns: 200 },
  );
});

describe('with the safe learning rate', { timeout: 60_000 }, () => {
  test('no step of gradient descent makes the loss grow', async () => {
    await fc.assert(
      fc.asyncProperty(lessons, fc.boolean(), async ({ input, target, shape }, bias) => {
        const power = windowPower(input, shape, bias);
        fc.pre(power > 1e-6);
        const [tall, wide] = shape.kernel;
        const initial = Array.from({ length: tall }, (_, u) => Array.from({ length: wide }, (_unused, v) => u - v + 0.5));
        const model = { fit: shape, initial, bias, optimizer: 'sgd' as const, rates: { learningRate: safeLearningRate(power), momentum: 0 } };
        const { losses } = await train(model, { input, target }, { steps: 20, remedy: '' }, backends.js());
        for (const [step, loss] of losses.entries()) if (step > 0) expect(loss).toBeLessThanOrEqual((losses[step - 1] ?? 0) * (1 + 1e-6) + 1e-12);
      }),
      settings,
    );
  });

  test('momentum ends no higher than it began, however strong', async () => {
    await fc.assert(
      fc.asyncProperty(lessons, fc.double({ min: 0, max: 0.95, noNaN: true }), async ({ input, target, shape }, momentum) => {
        const power = windowPower(input, shape, false);
        fc.pre(power > 1e-6);
        const initial = Array.from({ length: shape.kernel[0] }, () => Array.from({ length: shape.kernel[1] }, () => 1));
        const model = { fit: shape, initial, bias: false, optimizer: 'momentum' as const, rates: { learningRate: safeLearningRate(power), momentum } };
        const { losses } = await train(model, { input, target }, { steps: 400, remedy: '' }, backends.js());
        expect(losses.at(-1)).toBeLessThanOrEqual((losses[0] ?? 0) * (1 + 1e-6) + 1e-12);
      }),
      settings,
    );
  });

  test('an input of one value and a kernel of one tap are learned in one step: the rate is half of the largest', async () => {
    const [input, target] = [new NdArray([2, 2], Float32Array.of(4, 4, 4, 4)), new NdArray([2, 2], Float32Array.of(12, 12, 12, 12))];
    const shape: Fit = { padding: 'valid', input: [2, 2], kernel: [1, 1], target: [2, 2], low: [0, 0] };
    const model = { fit: shape, initial: [[1]], bias: false, optimizer: 'sgd' as const, rates: { learningRate: safeLearningRate(windowPower(input, shape, false)), momentum: 0 } };
    const { kernel, losses } = await train(model, { input, target }, { steps: 1, remedy: '' }, backends.js());
    expect([kernel, losses]).toEqual([[[3]], [64, 0]]);
  });
});

test('the momentum grows with the steps, and few steps have none', () => {
  expect([1, 12, 24, 1200].map(momentumFor)).toEqual([0, 0, 0.25, 0.99 ** 2]);
});
