import { corr2d, grad, input, mean, mul, square, state, sub, sum, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { certify } from '../certify/certify.ts';
import { programFor } from '../compile.ts';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import { passes, runPass } from '../lower-program.ts';
import { quadraticForms } from './quadratic-forms.ts';

const many = quadraticForms({ times: 1000 });

/** A step that learns a kernel of this size from images of this one. */
function learning(size: number, window: readonly [number, number], loss: (error: Tensor) => Tensor, isTurned = false): ProgramSpec {
  const [h, w] = window;
  const [x, y] = [input('x', [size, size + 1]), input('y', [size - h + 1, size - w + 2])];
  const k = state('k', Array.from({ length: h }, (_, i) => Array.from({ length: w }, (_, j) => i - 2 * j)));
  const filtered = corr2d(x, k);
  const error = loss(isTurned ? sub(y, filtered) : sub(filtered, y));
  const [slope] = grad(error, [k]);
  return { inputs: { x, y }, state: { k }, outputs: { error }, updates: [[k, sub(k, mul(0.01, slope))]] };
}

const squaredError = (error: Tensor): Tensor => sum(square(error));
const meanSquaredError = (error: Tensor): Tensor => mean(square(error));

/** How many sums over the images are taken at each time. */
function sweptEachTime(spec: ProgramSpec, positions: number): number {
  const { nests, invariant } = programFor(spec, direct(), { passes: [many] });
  return nests.slice(invariant).filter(({ nest }) => JSON.stringify(nest.body).includes(`"extent":${positions},`)).length;
}

describe('the squared error of a linear filter', () => {
  test.each([
    ['summed', squaredError, false],
    ['averaged', meanSquaredError, false],
    ['turned round', meanSquaredError, true],
  ] as const)('%s: images are swept over once in a call, whatever their size', (_, loss, isTurned) => {
    const spec = learning(30, [3, 4], loss, isTurned);
    expect(sweptEachTime(spec, 28)).toBe(0);
    expect(programFor(spec, direct(), { passes: [many] }).invariant).toBeGreaterThan(0);
    expect(programFor(spec, direct()).invariant).toBe(0);
  });

  test.each([
    ['summed', squaredError, [2, 3]],
    ['averaged', meanSquaredError, [3, 3]],
    ['of one row', squaredError, [1, 3]],
    ['of one column', meanSquaredError, [2, 1]],
  ] as const)('%s: the certificate proves every stage', (_, loss, window) => {
    const { stages } = certify(learning(9, window, loss), direct(), { passes: [...passes, many] });
    expect(stages).toContain('after quadratic forms');
  });
});

describe('nothing is changed', () => {
  const isUntouched = (spec: ProgramSpec, times = 1000): boolean => {
    const { outputs, updates } = passes.reduce(runPass, checkSpec(spec).graph);
    const roots = [...outputs.map(({ tensor }) => tensor), ...updates.map(({ next }) => next)];
    return quadraticForms({ times }).run(roots).every((root, at) => root === roots[at]);
  };

  test('where a call takes one step', () => {
    expect(isUntouched(learning(30, [3, 3], squaredError), 1)).toBe(true);
    expect(isUntouched(learning(30, [3, 3], squaredError))).toBe(false);
  });

  test('where the target depends on a state', () => {
    const [x, k, y] = [input('x', [12, 12]), state('k', [[1, 2]]), state('y', Array.from({ length: 12 }, () => Array.from({ length: 11 }, () => 1)))];
    const error = sum(square(sub(corr2d(x, k), y)));
    const [slope] = grad(error, [k]);
    expect(isUntouched({ inputs: { x }, state: { k, y }, outputs: { error }, updates: [[k, sub(k, slope)], [y, mul(y, 0.5)]] })).toBe(true);
  });

  test('where the filter has a stride', () => {
    const [x, k] = [input('x', [12, 12]), state('k', [[1, 2], [3, 4]])];
    const y = input('y', [6, 6]);
    const error = sum(square(sub(corr2d(x, k, { strides: 2 }), y)));
    const [slope] = grad(error, [k]);
    expect(isUntouched({ inputs: { x, y }, state: { k }, outputs: {}, updates: [[k, sub(k, slope)]] })).toBe(true);
  });
});
