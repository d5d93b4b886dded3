import { corr2d, evaluate } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { edgeOperators } from './edge-operators.ts';
import { kernels, type Kernel } from './kernels.ts';

const total = (kernel: Kernel): number => kernel.flat().reduce((sum, tap) => sum + tap, 0);
const transposed = (kernel: Kernel): Kernel => (kernel[0] ?? []).map((_, v) => kernel.map((row) => row[v] ?? 0));

/** Brighter by 1 with each step right, by 10 with each step down. */
const slope = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => 10 * i + j));

describe('named kernels', () => {
  test.each(Object.entries(kernels))('%s is rectangular, and its taps add up to 0 or 1', (_, kernel) => {
    expect(new Set(kernel.map((row) => row.length)).size).toBe(1);
    expect([0, 1]).toContain(Math.round(total(kernel) * 1e12) / 1e12);
  });

  test.each([['sobel-x', 'sobel-y'], ['prewitt-x', 'prewitt-y'], ['scharr-x', 'scharr-y']] as const)('%s is the transpose of %s', (x, y) => {
    expect(kernels[x]).toEqual(transposed(kernels[y]));
  });

  test('the x kernels measure the slope to the right, the y kernels the slope down', () => {
    const at = (name: keyof typeof kernels): number | undefined => evaluate(corr2d(slope, kernels[name])).data[0];
    expect([at('sobel-x'), at('sobel-y')]).toEqual([8, 80]);
    expect([at('prewitt-x'), at('prewitt-y')]).toEqual([6, 60]);
    expect([at('scharr-x'), at('scharr-y')]).toEqual([32, 320]);
    expect([at('roberts-main'), at('roberts-anti')]).toEqual([-11, -9]);
    expect(at('book')).toBe(-1);
  });

  test('second derivatives of a slope are 0, smoothing and sharpening leave it as it is', () => {
    const middle = (name: keyof typeof kernels, at: number): number | undefined => evaluate(corr2d(slope, kernels[name])).data[at];
    expect([middle('laplacian-4', 0), middle('laplacian-8', 0)]).toEqual([0, 0]);
    expect(middle('box-3', 0)).toBeCloseTo(11, 5);
    expect([middle('gaussian-3', 0), middle('gaussian-5', 0), middle('sharpen', 0), middle('identity', 6)]).toEqual([11, 22, 11, 11]);
  });

  test('the binomial kernels are squares: gaussian-3 twice is gaussian-5', () => {
    expect(evaluate(corr2d(kernels['gaussian-3'], kernels['gaussian-3'], { padding: 'full' })).toNested()).toEqual(kernels['gaussian-5']);
  });

  test.each(Object.entries(edgeOperators))('the kernels of %s have one size', (_, [first, second]) => {
    expect([first.length, first[0]?.length]).toEqual([second.length, second[0]?.length]);
  });
});
