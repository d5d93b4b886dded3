import { NdArray } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backends } from '../backends/names.ts';
import { fit, type Fit } from './fit.ts';
import { prospectOf, windowPower } from './curvature.ts';
import type { Model } from './learning-step.ts';
import { optimiserFor, type OptimiserName } from './optimisers.ts';
import { train, type Training } from './train.ts';

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

test('the power is the trace of the Gram matrix: no curvature exceeds twice of it', async () => {
  await fc.assert(
    fc.asyncProperty(lessons, fc.boolean(), async ({ input, target, shape }, bias) => {
      const initial = Array.from({ length: shape.kernel[0] }, () => Array.from({ length: shape.kernel[1] }, () => 0));
      const { curvatures } = await prospectOf({ fit: shape, initial, bias }, { input, target });
      expect(curvatures.most).toBeLessThanOrEqual(2 * windowPower(input, shape, bias) * (1 + 1e-9));
      expect(curvatures.least).toBeGreaterThanOrEqual(-1e-9);
    }),
    { ...settings, numRuns: 15 },
  );
});

describe('with the rates that are computed', () => {
  async function trained(model: Model, example: { readonly input: NdArray; readonly target: NdArray }, asked: { readonly optimiser: OptimiserName; readonly momentum?: number }, steps: number): Promise<Training | undefined> {
    const { curvatures } = await prospectOf(model, example);
    if (curvatures.most < 1e-6) return undefined;
    return train(model, example, { steps, optimiser: optimiserFor({ ...asked, steps }, curvatures), remedy: '' }, backends.js());
  }

  test('no step of gradient descent brings the kernel farther from the least loss', async () => {
    await fc.assert(
      fc.asyncProperty(lessons, fc.boolean(), async ({ input, target, shape }, bias) => {
        const [tall, wide] = shape.kernel;
        const initial = Array.from({ length: tall }, (_, u) => Array.from({ length: wide }, (_unused, v) => u - v + 0.5));
        const training = await trained({ fit: shape, initial, bias }, { input, target }, { optimiser: 'sgd' }, 20);
        for (const [step, loss] of training?.losses.entries() ?? []) if (step > 0) expect(loss).toBeLessThanOrEqual((training?.losses[step - 1] ?? 0) * (1 + 1e-6) + 1e-12);
      }),
      settings,
    );
  });

  test.each(['momentum', 'nesterov'] as const)('%s ends no higher than it began, however strong', async (optimiser) => {
    await fc.assert(
      fc.asyncProperty(lessons, fc.double({ min: 0, max: 0.95, noNaN: true }), async ({ input, target, shape }, momentum) => {
        const initial = Array.from({ length: shape.kernel[0] }, () => Array.from({ length: shape.kernel[1] }, () => 1));
        const training = await trained({ fit: shape, initial, bias: false }, { input, target }, { optimiser, momentum }, 400);
        expect(training?.losses.at(-1) ?? 0).toBeLessThanOrEqual((training?.losses[0] ?? 0) * (1 + 1e-6) + 1e-12);
      }),
      settings,
    );
  });

  test('an input of one value and a kernel of one tap are learned in one step', async () => {
    const [input, target] = [new NdArray([2, 2], Float32Array.of(4, 4, 4, 4)), new NdArray([2, 2], Float32Array.of(12, 12, 12, 12))];
    const shape: Fit = { padding: 'valid', input: [2, 2], kernel: [1, 1], target: [2, 2], low: [0, 0] };
    const training = await trained({ fit: shape, initial: [[1]], bias: false }, { input, target }, { optimiser: 'sgd' }, 1);
    expect([training?.kernel, training?.losses]).toEqual([[[3]], [64, 0]]);
  });
});

test('of very many taps a bound is taken, whitened or not, and nothing is solved for', async () => {
  const [input, target] = [new NdArray([20, 20], new Float32Array(400).fill(1)), new NdArray([4, 4], new Float32Array(16))];
  const shape = fit({ name: 'x', kind: 'numbers', values: input }, { name: 'y', kind: 'numbers', values: target }, [17, 17]);
  const initial = Array.from({ length: 17 }, () => Array.from({ length: 17 }, () => 0));
  expect(await prospectOf({ fit: shape, initial, bias: false }, { input, target })).toEqual({ curvatures: { least: 0, most: 2 * 289 } });
  expect(await prospectOf({ fit: shape, initial, bias: false, whiten: true }, { input, target })).toEqual({ curvatures: { least: 0, most: 64 * 2 * 289 } });
});
