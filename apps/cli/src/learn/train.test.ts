import { NdArray } from '@xcorr/graph';
import { adam, sgd } from '@xcorr/nn';
import { afterEach, expect, test, vi } from 'vitest';
import { backends } from '../backends/names.ts';
import { CommandError } from '../command-error.ts';
import type { Model } from './learning-step.ts';
import { train, type Example } from './train.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const example: Example = {
  input: new NdArray([3, 4], Float32Array.from({ length: 12 }, (_, index) => Math.sin(index))),
  target: new NdArray([3, 3], Float32Array.from({ length: 9 }, (_, index) => Math.cos(index))),
};

const model: Model = { fit: { padding: 'valid', input: [3, 4], kernel: [1, 2], target: [3, 3], low: [0, 0] }, initial: [[0.5, -0.25]], bias: true };
const optimiser = adam({ rate: 0.1 });

/** Makes a clock on which this many milliseconds go by between two looks. */
function clockOf(milliseconds: number): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += milliseconds));
}

test('how many steps run in one call changes nothing, to the bit', async () => {
  const turns: number[][] = [];
  const results = [];
  for (const milliseconds of [0, 1000, 30]) {
    clockOf(milliseconds);
    const dones: number[] = [];
    const { kernel, bias, losses, prediction } = await train(model, example, { steps: 100, optimiser, remedy: '', progress: (done) => dones.push(done) }, backends.js());
    turns.push(dones);
    results.push({ kernel, bias, losses, prediction });
  }
  // A clock that stands still lets the turns grow, a slow machine gets a step at a time.
  expect(turns[0]).toEqual([1, 3, 7, 15, 31, 63, 100]);
  expect(turns[1]).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(turns[2]?.at(-1)).toBe(100);
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('others have their turn between steps', async () => {
  clockOf(1000);
  let heard = 0;
  const timer = setInterval(() => heard++, 0);
  await train(model, example, { steps: 300, optimiser, remedy: '' }, backends.js());
  clearInterval(timer);
  expect(heard).toBeGreaterThan(0);
});

test('there is a loss before each step and one after the last, and it is that of the prediction', async () => {
  const { losses, prediction, kernel, bias, source } = await train(model, example, { steps: 10, optimiser, remedy: '' }, backends.js());
  expect(losses.length).toBe(11);
  const [[left = 0, right = 0] = []] = kernel;
  const expected = Array.from({ length: 9 }, (_, index) => {
    const at = Math.floor(index / 3) * 4 + (index % 3);
    return left * (example.input.data[at] ?? 0) + right * (example.input.data[at + 1] ?? 0) + bias;
  });
  prediction.data.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 5));
  const error = expected.reduce((sum, value, index) => sum + (value - (example.target.data[index] ?? 0)) ** 2, 0) / 9;
  expect(losses.at(-1)).toBeCloseTo(error, 5);
  expect(source).toContain('function');
});

test('a loss that is not finite stops it: the message names the step and the rate', async () => {
  await expect(train(model, example, { steps: 1000, optimiser: sgd({ rate: 1e6 }), remedy: 'try a smaller one' }, backends.js())).rejects.toThrow(
    new CommandError('the loss is not finite after step 4: with the learning rate 1000000 the steps go too far\n  try a smaller one'),
  );
  await expect(train({ ...model, initial: [[1e38, 1e38]] }, example, { steps: 10, optimiser, remedy: '' }, backends.js())).rejects.toThrow(
    new CommandError('the loss of the first kernel is not finite: the numbers are too large for float32\n  divide the input and the target by a number, or start from a smaller kernel with --init'),
  );
});

test('how far the kernel is from those that are known is recorded before each step, and after the last', async () => {
  const { kernel, distances } = await train(model, example, { steps: 10, optimiser, known: { truth: [[1, -1]] }, remedy: '' }, backends.js());
  expect(distances.solution).toBeUndefined();
  expect([distances.truth?.length, distances.truth?.[0]]).toEqual([11, 0.75]);
  const [[left = 0, right = 0] = []] = kernel;
  expect(distances.truth?.at(-1)).toBe(Math.max(Math.abs(left - 1), Math.abs(right + 1)));
});
