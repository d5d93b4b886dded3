import { corr2d, evaluate } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { edgeOperators } from './edge-operators.ts';
import { kernels, type Kernel } from './kernels.ts';
import { differenceOfGaussians, laplacianOfGaussian } from './kernels/gaussian.ts';

const total = (kernel: Kernel): number => kernel.flat().reduce((sum, tap) => sum + tap, 0);
const transposed = (kernel: Kernel): Kernel => (kernel[0] ?? []).map((_, v) => kernel.map((row) => row[v] ?? 0));

/** Brighter by 1 with each step right, by 10 with each step down. */
const slope = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => 10 * i + j));

describe('named kernels', () => {
  test.each(Object.entries(kernels))('%s is rectangular, and its taps add up to 0 or 1', (_, kernel) => {
    expect(new Set(kernel.map((row) => row.length)).size).toBe(1);
    expect([0, 1]).toContain(Math.round(total(kernel) * 1e12) / 1e12);
  });

  test.each(Object.entries(kernels))('%s: taps that cancel do so exactly, in any order, so that its kind is known by its sum', (_, kernel) => {
    if (Math.abs(total(kernel)) > 0.5) return;
    expect([total(kernel), total(transposed(kernel)), total(kernel.toReversed())]).toEqual([0, 0, 0]);
    expect(kernel.flat().some((tap) => Object.is(tap, -0))).toBe(false);
  });

  test.each([
    ['sobel-x', 'sobel-y'],
    ['prewitt-x', 'prewitt-y'],
    ['scharr-x', 'scharr-y'],
    ['forward-x', 'forward-y'],
    ['central-x', 'central-y'],
    ['second-x', 'second-y'],
    ['motion-x', 'motion-y'],
  ] as const)('%s is the transpose of %s', (x, y) => {
    expect(kernels[x]).toEqual(transposed(kernels[y]));
  });

  test('the x kernels measure the slope to the right, the y kernels the slope down', () => {
    const at = (name: keyof typeof kernels): number | undefined => evaluate(corr2d(slope, kernels[name])).data[0];
    expect([at('sobel-x'), at('sobel-y')]).toEqual([8, 80]);
    expect([at('prewitt-x'), at('prewitt-y')]).toEqual([6, 60]);
    expect([at('scharr-x'), at('scharr-y')]).toEqual([32, 320]);
    expect([at('roberts-main'), at('roberts-anti')]).toEqual([-11, -9]);
    expect([at('forward-x'), at('forward-y'), at('central-x'), at('central-y')]).toEqual([1, 10, 1, 10]);
    expect(at('book')).toBe(-1);
  });

  test('the kernels of Kirsch measure the slope in their direction: 15 times the step, or more on a diagonal', () => {
    const at = (name: keyof typeof kernels): number | undefined => evaluate(corr2d(slope, kernels[name])).data[0];
    expect([at('kirsch-n'), at('kirsch-e'), at('kirsch-s'), at('kirsch-w')]).toEqual([-240, 24, 240, -24]);
    expect([at('kirsch-ne'), at('kirsch-se'), at('kirsch-sw'), at('kirsch-nw')]).toEqual([-144, 176, 144, -176]);
  });

  test('second derivatives of a paraboloid and a saddle', () => {
    const bowl = [0, 1, 2].map((i) => [0, 1, 2].map((j) => 3 * i * i + 5 * j * j + 7 * i * j));
    const at = (name: keyof typeof kernels): number | undefined => evaluate(corr2d(bowl, kernels[name])).data[0];
    expect([at('second-x'), at('second-y'), at('second-xy'), at('laplacian-4')]).toEqual([10, 6, 7, 16]);
  });

  test('those with parameters are what their functions give', () => {
    expect(kernels.log).toEqual(laplacianOfGaussian(1));
    expect(kernels.dog).toEqual(differenceOfGaussians(1, 1.6));
    expect(kernels.sharpen).toEqual([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]);
    expect(kernels['box-3']).toEqual([0, 1, 2].map(() => [1 / 9, 1 / 9, 1 / 9]));
    expect([kernels.unsharp.length, kernels['motion-x'].length, kernels['motion-main'].length, kernels['gabor-odd-y'].length]).toEqual([9, 1, 7, 15]);
  });

  test('motion along the main diagonal goes to the lower right, along the other to the upper right', () => {
    expect(kernels['motion-main'][0]?.[0]).toBeGreaterThan(0.1);
    expect(kernels['motion-anti']).toEqual(kernels['motion-main'].map((row) => row.toReversed()));
  });

  test.each(['x', 'y'] as const)('the odd Gabor kernel of %s answers to the slope that way, the even one to none', (axis) => {
    const ramp = Array.from({ length: 15 }, (_, i) => Array.from({ length: 15 }, (_, j) => (axis === 'x' ? j : i)));
    expect(evaluate(corr2d(ramp, kernels[`gabor-odd-${axis}`])).item()).toBeGreaterThan(0.01);
    expect(evaluate(corr2d(ramp, kernels[`gabor-even-${axis}`])).item()).toBeCloseTo(0, 4);
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
