import { ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOfGaussians, laplacianOfGaussian } from './gaussian.ts';
import { positions, sampled, totalOf, type Kernel } from './kernel.ts';
import { withZeroSum } from './zero-sum.ts';

const seeded = { seed: 20_261_121, numRuns: 60 };
const reflected = (kernel: Kernel): Kernel => kernel.map((row) => row.toReversed()).toReversed();
const transposed = (kernel: Kernel): Kernel => (kernel[0] ?? []).map((_, v) => kernel.map((row) => row[v] ?? 0));
const sigmas = fc.double({ min: 0.05, max: 8, noNaN: true });

/** The response at the centre to a picture given by row and column from there. */
function response(kernel: Kernel, image: (row: number, column: number) => number): number {
  const [rows, columns] = [positions(kernel.length), positions(kernel[0]?.length ?? 0)];
  return kernel.reduce((sum, taps, u) => taps.reduce((part, tap, v) => part + tap * image(rows[u] ?? 0, columns[v] ?? 0), sum), 0);
}

describe('laplacianOfGaussian', () => {
  test('adds up to exactly 0, in either order, reflects and transposes into itself', () => {
    fc.assert(fc.property(sigmas, (sigma) => {
      const kernel = laplacianOfGaussian(sigma);
      expect([totalOf(kernel), totalOf(transposed(kernel)), kernel.flat().sort((a, b) => a - b).reduce((sum, tap) => sum + tap, 0)]).toEqual([0, 0, 0]);
      expect(reflected(kernel)).toEqual(kernel);
      expect(transposed(kernel)).toEqual(kernel);
    }), seeded);
  });

  test('a paraboloid has its exact Laplacian, a plane and a saddle none', () => {
    fc.assert(fc.property(sigmas, (sigma) => {
      const kernel = laplacianOfGaussian(sigma);
      expect(response(kernel, (row, column) => 3 * row ** 2 + 2 * column ** 2)).toBeCloseTo(10, 8);
      expect(response(kernel, (row, column) => 5 + 3 * row - column)).toBeCloseTo(0, 8);
      expect(response(kernel, (row, column) => row * column)).toBeCloseTo(0, 8);
    }), seeded);
  });

  test('is the formula of the plane where the Gaussian is sampled well', () => {
    const sigma = 2;
    const kernel = laplacianOfGaussian(sigma, { truncate: 8 });
    const formula = sampled([kernel.length, kernel.length], (row, column) => {
      const square = row ** 2 + column ** 2;
      return ((square - 2 * sigma ** 2) / sigma ** 4) * (Math.exp(-square / (2 * sigma ** 2)) / (2 * Math.PI * sigma ** 2));
    });
    kernel.forEach((row, u) => row.forEach((tap, v) => expect(tap).toBeCloseTo(formula[u]?.[v] ?? Number.NaN, 10)));
  });

  test('as sigma falls it becomes laplacian-4', () => {
    expect(laplacianOfGaussian(0.05)).toEqual([[0, 1, 0], [1, -4, 1], [0, 1, 0]]);
  });

  test.each([
    [() => laplacianOfGaussian(1, { size: 4 }), 'laplacianOfGaussian: size 4 x 4; both sides must be odd, so that the kernel has a centre, and at least 3'],
    [() => laplacianOfGaussian(1, { size: 1 }), 'laplacianOfGaussian: size 1 x 1; both sides must be odd, so that the kernel has a centre, and at least 3'],
    [() => laplacianOfGaussian(-1), 'laplacianOfGaussian: sigma -1 is not a finite number above 0'],
    [() => differenceOfGaussians(2, 1), 'differenceOfGaussians: the wide sigma 1 is not above the narrow one, 2\n  exchange the two, or leave the wide one out: it is then 1.6 times the narrow one'],
    [() => differenceOfGaussians(1, 2, { size: 2 }), 'differenceOfGaussians: size 2 x 2; both sides must be odd, so that the kernel has a centre, and at least 3'],
    [() => differenceOfGaussians(1, 2, { size: 1 }), 'differenceOfGaussians: size 1 x 1; both sides must be odd, so that the kernel has a centre, and at least 3'],
    [() => differenceOfGaussians(300), 'differenceOfGaussians: 3841 taps along one axis, at most 1023 are made\n  give a smaller sigma or truncate, or a size, or reduce the picture first'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});

describe('differenceOfGaussians', () => {
  test('adds up to exactly 0, is positive in the middle and symmetric', () => {
    fc.assert(fc.property(fc.double({ min: 0.3, max: 4, noNaN: true }), fc.double({ min: 1.1, max: 3, noNaN: true }), (narrow, ratio) => {
      const kernel = differenceOfGaussians(narrow, ratio * narrow);
      const middle = (kernel.length - 1) / 2;
      expect(totalOf(kernel)).toBe(0);
      expect(kernel[middle]?.[middle]).toBe(Math.max(...kernel.flat()));
      expect(reflected(kernel)).toEqual(kernel);
      expect(transposed(kernel)).toEqual(kernel);
    }), seeded);
  });

  test('its second moment is narrow^2 - wide^2', () => {
    const kernel = differenceOfGaussians(1.5, 2, { truncate: 7 });
    expect(response(kernel, (row) => row ** 2)).toBeCloseTo(1.5 ** 2 - 2 ** 2, 8);
  });

  test('near each other, two Gaussians differ by -(c - 1) sigma^2 times the Laplacian', () => {
    const [sigma, c] = [2, 1.001];
    const difference = differenceOfGaussians(sigma, c * sigma, { size: 21 });
    const laplacian = laplacianOfGaussian(sigma, { size: 21 });
    difference.forEach((row, u) => row.forEach((tap, v) => expect(tap / ((c - 1) * sigma ** 2)).toBeCloseTo(-(laplacian[u]?.[v] ?? Number.NaN), 3)));
  });
});

describe('withZeroSum', () => {
  test('moves no tap by more than rounding, and the sum is 0 in any order', () => {
    // Taps of one sign and about one size give the largest sums on the way to 0.
    const tap = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 500, max: 1e3, noNaN: true }));
    fc.assert(fc.property(fc.array(tap, { minLength: 4, maxLength: 24 }), fc.array(fc.nat(1e6), { minLength: 49, maxLength: 49 }), (half, keys) => {
      const kernel = [[...half, 0, ...half.map((each) => 0 - each).toReversed()]];
      const balanced = withZeroSum(kernel);
      const shuffled = balanced.flat().map((each, index) => ({ each, key: keys[index] ?? 0 })).sort((a, b) => a.key - b.key);
      expect(shuffled.reduce((sum, { each }) => sum + each, 0)).toBe(0);
      const largest = Math.max(...half.map(Math.abs));
      balanced.flat().forEach((each, index) => expect(Math.abs(each - (kernel[0]?.[index] ?? 0))).toBeLessThanOrEqual(largest * 2 ** -44));
    }), { ...seeded, numRuns: 300 });
  });

  test('a kernel of zeros stays', () => {
    expect(withZeroSum([[0]])).toEqual([[0]]);
  });
});
