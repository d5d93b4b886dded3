import { corr2d, evaluate, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxKernel, integralKernel } from './box.ts';
import { gaussianKernel } from './gaussian.ts';
import { positions, totalOf, type Kernel } from './kernel.ts';
import { motionKernel } from './motion.ts';
import { sharpenKernel, unsharpKernel } from './sharpen.ts';

const seeded = { seed: 20_261_121, numRuns: 200 };
const reflected = (kernel: Kernel): Kernel => kernel.map((row) => row.toReversed()).toReversed();
const transposed = (kernel: Kernel): Kernel => (kernel[0] ?? []).map((_, v) => kernel.map((row) => row[v] ?? 0));

/** The mean of a function of row and column, counted from the centre, under the taps. */
function mean(kernel: Kernel, of: (row: number, column: number) => number): number {
  const [rows, columns] = [positions(kernel.length), positions(kernel[0]?.length ?? 0)];
  return kernel.reduce((sum, taps, u) => taps.reduce((part, tap, v) => part + tap * of(rows[u] ?? 0, columns[v] ?? 0), sum), 0);
}

describe('boxKernel', () => {
  test('is the mean of any neighbourhood', () => {
    expect(evaluate(corr2d([[1, 2, 3], [4, 5, 9]], boxKernel([2, 3]))).item()).toBe(4);
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (height, width) => {
      const kernel = boxKernel([height, width]);
      expect([kernel.length, kernel[0]?.length, new Set(kernel.flat()).size]).toEqual([height, width, 1]);
      expect(totalOf(kernel)).toBeCloseTo(1, 12);
    }), seeded);
  });

  test.each([
    [() => boxKernel(0), 'boxKernel: size 0 is not a whole number of at least 1'],
    [() => boxKernel([3, 2.5]), 'boxKernel: size 2.5 is not a whole number of at least 1'],
    [() => boxKernel(5000), 'boxKernel: 5000 taps along one axis, at most 1023 are made\n  give a smaller size, or reduce the picture first'],
    // @ts-expect-error three sides
    [() => boxKernel([1, 2, 3]), 'boxKernel: size [1, 2, 3] is not [height, width]'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});

describe('integralKernel', () => {
  test('is undone by the derivative', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 12 }), (row) => {
      const n = row.length;
      const sums = corr2d([row], integralKernel([1, n]), { padding: [0, [n - 1, 0]] });
      expect(evaluate(sums).toNested()).toEqual([row.map((_, j) => row.slice(0, j + 1).reduce((sum, value) => sum + value, 0))]);
      expect(evaluate(corr2d(sums, [[-1, 1]], { padding: [0, [1, 0]] })).toNested()).toEqual([row]);
    }), seeded);
  });

  test('in two dimensions sums the window', () => {
    expect(evaluate(corr2d([[1, 2], [3, 4]], integralKernel(2))).item()).toBe(10);
  });
});

describe('gaussianKernel', () => {
  test('adds up to 1, has variance sigma^2, mean 0, and reflects and transposes into itself', () => {
    fc.assert(fc.property(fc.double({ min: 0.8, max: 12, noNaN: true }), (sigma) => {
      const kernel = gaussianKernel(sigma);
      expect(totalOf(kernel)).toBeCloseTo(1, 12);
      expect(mean(kernel, (row) => row)).toBeCloseTo(0, 12);
      for (const variance of [mean(kernel, (row) => row * row), mean(kernel, (_, column) => column * column)])
        expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(0.002);
      expect(reflected(kernel)).toEqual(kernel);
      expect(transposed(kernel)).toEqual(kernel);
    }), { ...seeded, numRuns: 40 });
  });

  test('is separable: every 2 x 2 minor is 0, whatever the sigmas and the size', () => {
    const sigma = fc.double({ min: 0.1, max: 5, noNaN: true });
    fc.assert(fc.property(sigma, sigma, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (vertical, horizontal, height, width) => {
      const kernel = gaussianKernel([vertical, horizontal], { size: [height, width] });
      expect([kernel.length, kernel[0]?.length]).toEqual([height, width]);
      expect(totalOf(kernel)).toBeCloseTo(1, 12);
      const [u, v] = [Math.floor(height / 2), Math.floor(width / 2)];
      const middle = kernel[u]?.[v] ?? 0;
      kernel.forEach((row, i) => row.forEach((tap, j) => expect(Math.abs(tap * middle - (row[v] ?? 0) * (kernel[u]?.[j] ?? 0)), `${i} ${j}`).toBeLessThanOrEqual(4e-16 * middle ** 2)));
    }), seeded);
  });

  test('its taps are in proportion to the formula', () => {
    const kernel = gaussianKernel([1.5, 0.7], { size: [5, 7] });
    const middle = kernel[2]?.[3] ?? 0;
    expect((kernel[0]?.[4] ?? 0) / middle).toBeCloseTo(Math.exp(-((2 / 1.5) ** 2) / 2 - (1 / 0.7) ** 2 / 2), 14);
  });

  test('one after another is one of the variances added', () => {
    const [first, second] = [gaussianKernel(1.2, { truncate: 6 }), gaussianKernel(0.9, { truncate: 6 })];
    const side = first.length + second.length - 1;
    const once = gaussianKernel(1.5, { size: side }).flat();
    const twice = evaluate(corr2d(first, second, { padding: 'full' })).data;
    expect(twice.length).toBe(side * side);
    twice.forEach((tap, index) => expect(tap).toBeCloseTo(once[index] ?? Number.NaN, 4));
  });

  test('truncate says how many sigmas the taps reach', () => {
    expect(gaussianKernel([1, 2.1], { truncate: 2 }).map((row) => row.length)).toEqual([11, 11, 11, 11, 11]);
  });

  test.each([
    [() => gaussianKernel(0), 'gaussianKernel: sigma 0 is not a finite number above 0'],
    [() => gaussianKernel(Number.POSITIVE_INFINITY), 'gaussianKernel: sigma Infinity is not a finite number above 0'],
    [() => gaussianKernel(0.01), "gaussianKernel: sigma 0.01 is below 0.05 of an element, where neighbours weigh nothing\n  take the kernel 'identity' to leave a picture unsmoothed"],
    [() => gaussianKernel(1000), 'gaussianKernel: 8001 taps along one axis, at most 1023 are made\n  give a smaller sigma or truncate, or a size, or reduce the picture first'],
    [() => gaussianKernel(1, { size: 3, truncate: 2 }), 'gaussianKernel: size 3 and truncate 2 both say how large the kernel is\n  give one of them'],
    [() => gaussianKernel(1, { truncate: -1 }), 'gaussianKernel: truncate -1 is not a finite number above 0'],
    // @ts-expect-error text
    [() => gaussianKernel('1'), 'gaussianKernel: sigma "1" is not a finite number above 0'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});

describe('motionKernel', () => {
  const lengths = fc.double({ min: 0.2, max: 40, noNaN: true });
  const angles = fc.double({ min: -7, max: 7, noNaN: true });

  test('adds up to 1, is its own reflection, and is no larger than its segment', () => {
    fc.assert(fc.property(lengths, angles, (length, angle) => {
      const kernel = motionKernel(length, angle);
      expect(totalOf(kernel)).toBeCloseTo(1, 10);
      expect(kernel.flat().every((tap) => tap >= 0)).toBe(true);
      expect(reflected(kernel)).toEqual(kernel);
      const extent = (part: number): number => 2 * Math.ceil((length / 2) * Math.abs(part) - 0.5 - 1e-9) + 1;
      expect(kernel.length).toBeLessThanOrEqual(Math.max(1, extent(Math.sin(angle))));
      expect(kernel[0]?.length).toBeLessThanOrEqual(Math.max(1, extent(Math.cos(angle))));
    }), seeded);
  });

  test.each(Array.from({ length: 36 }, (_, step) => 5 * step))('at %i degrees its principal axis has that angle', (turn) => {
    const angle = (turn * Math.PI) / 180;
    const kernel = motionKernel(31, angle);
    const [rows, columns, both] = [mean(kernel, (row) => row * row), mean(kernel, (_, column) => column * column), mean(kernel, (row, column) => row * column)];
    const axis = Math.atan2(2 * both, columns - rows) / 2;
    const apart = Math.abs(Math.sin(axis - angle));
    expect(apart).toBeLessThan(Math.sin(Math.PI / 180));
    // A segment has the variance length^2 / 12.
    expect(rows + columns).toBeCloseTo(31 ** 2 / 12, -1);
  });

  test('each tap is the part of the segment in its square, counted by walking along it', () => {
    fc.assert(fc.property(lengths, angles, (length, angle) => {
      const steps = 20_000;
      const walked = new Map<string, number>();
      for (let step = 0; step < steps; step++) {
        const at = ((step + 0.5) / steps - 0.5) * length;
        const place = `${Math.round(at * Math.sin(angle)) + 0} ${Math.round(at * Math.cos(angle)) + 0}`;
        walked.set(place, (walked.get(place) ?? 0) + 1 / steps);
      }
      const kernel = motionKernel(length, angle);
      const [rows, columns] = [positions(kernel.length), positions(kernel[0]?.length ?? 0)];
      kernel.forEach((row, u) => row.forEach((tap, v) => expect(Math.abs(tap - (walked.get(`${rows[u]} ${columns[v]}`) ?? 0))).toBeLessThan(5 / steps)));
    }), { ...seeded, numRuns: 30 });
  });

  test('along the diagonal it passes through corners and touches no other elements', () => {
    const third = 1 / 3;
    const kernel = motionKernel(3 * Math.SQRT2, Math.PI / 4);
    expect(kernel.map((row) => row.map((tap) => Math.abs(tap - third) < 1e-9 || tap === 0))).toEqual([0, 1, 2].map(() => [true, true, true]));
    expect(kernel.flat().filter((tap) => tap > 0).length).toBe(3);
    expect(motionKernel(5, 0)).toEqual([[0.2, 0.2, 0.2, 0.2, 0.2]]);
    expect(motionKernel(0.5, 1)).toEqual([[1]]);
  });

  test.each([
    [() => motionKernel(0, 0), 'motionKernel: length 0 is not a finite number above 0'],
    [() => motionKernel(3, Number.NaN), 'motionKernel: angle NaN is not a finite number'],
    [() => motionKernel(1e9, 0), 'motionKernel: 1000000000 taps along one axis, at most 1023 are made\n  give a smaller length, or reduce the picture first'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});

describe('sharpening', () => {
  test('sharpenKernel: the picture less an amount of laplacian-4', () => {
    expect(sharpenKernel()).toEqual([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]);
    expect(sharpenKernel(0)).toEqual([[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
  });

  test('unsharpKernel: the picture, and an amount of its difference to the smoothed one', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 4, noNaN: true }), (amount, sigma) => {
      const [kernel, gaussian] = [unsharpKernel(amount, sigma), gaussianKernel(sigma)];
      const middle = (gaussian.length - 1) / 2;
      expect(totalOf(kernel)).toBeCloseTo(1, 12);
      kernel.forEach((row, u) => row.forEach((tap, v) => {
        const identity = u === middle && v === middle ? 1 : 0;
        expect(tap).toBeCloseTo(identity + amount * (identity - (gaussian[u]?.[v] ?? 0)), 12);
      }));
    }), { ...seeded, numRuns: 40 });
  });

  test('steepens an edge and leaves flat parts as they are', () => {
    const edge = Array.from({ length: 9 }, () => [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    const row = [...evaluate(corr2d(edge, unsharpKernel(1, 1, { size: 5 }))).data].slice(0, 8);
    expect(row[0]).toBeCloseTo(0, 6);
    expect(row[3]).toBeLessThan(-0.1);
    expect(row[4]).toBeGreaterThan(1.1);
    expect(row[7]).toBeCloseTo(1, 6);
  });

  test.each([
    [() => sharpenKernel(-1), 'sharpenKernel: amount -1 is not a finite number of at least 0'],
    [() => unsharpKernel(Number.NaN), 'unsharpKernel: amount NaN is not a finite number of at least 0'],
    [() => unsharpKernel(1, 1, { size: [3, 4] }), 'unsharpKernel: size 3 x 4; both sides must be odd, so that the kernel has a centre'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});
