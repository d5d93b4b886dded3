import { closures } from '@xcorr/backend-closures';
import { js } from '@xcorr/backend-js';
import { kernels, type Kernel } from '@xcorr/image';
import { describe, expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import type { Pixels } from '../../compute/read-picture.ts';
import { verdictOf } from '../learned.ts';
import type { Matrix } from '../../page/matrix-text.ts';
import { applyFilter } from './apply.ts';
import { placesToFilter, placesToLearn } from './budget.ts';
import { exampleAfter } from './example-after.ts';
import { learn, type Found, type Places, type Sought } from './learn.ts';
import { gainFor } from './measure.ts';
import { momentsByLoop, momentsByProgram } from './moments.ts';
import { middlePart, pairOf, placesWithin, type Pair } from './pair.ts';
import { middleOfPicture } from './pictures.ts';

const compiled: Places = { compiled: js(), filters: asynchronous(js()), ranOn: 'loops' };
const interpreted: Places = { compiled: undefined, filters: asynchronous(closures()), ranOn: 'closures' };
const filters = compiled.filters;

/** Colours without a pattern, none of them at an end. */
function photograph(width: number, height: number, seed = 1): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < data.length; at++) data[at] = at % 4 === 3 ? 255 : 128 + 60 * Math.sin(at * at * 0.017 * seed) + 40 * Math.cos(at / 31 + seed);
  return { width, height, data };
}

function grey({ width, height, data }: Pixels): Pixels {
  return { width, height, data: data.map((_, at) => (at % 4 === 3 ? 255 : (data[at - (at % 4)] ?? 0))) };
}

const sought = (kernel: Kernel, more: Partial<Sought> = {}): Sought => ({ kernel: [kernel.length, kernel[0]?.length ?? 0], bias: false, everywhere: true, ...more });

async function found(before: Pixels, after: Pixels, what: Sought, places: Places = compiled): Promise<Found> {
  const outcome = await learn(before, after, what, places);
  if ('kind' in outcome) throw new Error(JSON.stringify(outcome));
  return outcome;
}

function distance(got: Matrix, want: Kernel): number {
  expect(got.map((row) => row.length)).toEqual(want.map((row) => row.length));
  return Math.max(...want.flatMap((row, u) => row.map((tap, v) => Math.abs(tap - (got[u]?.[v] ?? Number.NaN)))));
}

const asPair = (outcome: ReturnType<typeof pairOf>): Pair => {
  if ('kind' in outcome) throw new Error(outcome.kind);
  return outcome;
};

const uneven: Kernel = [[0.1, -0.2, 0.05, 0, 0.1], [0, 0.3, 0.1, -0.1, 0], [0.05, 0.1, 0.2, 0.1, 0.02]];

describe('a filter is stolen', () => {
  const before = photograph(150, 110);

  test.each<readonly [string, Places, Pixels]>([
    ['in colours, by loops', compiled, before],
    ['in brightness, by loops', compiled, grey(before)],
    ['in colours, by closures', interpreted, before],
  ])('%s', async (_, places, from) => {
    const after = await applyFilter(from, uneven, 0, filters);
    const { learned, again } = await found(from, after, sought(uneven), places);
    expect(distance(learned.kernel, uneven)).toBeLessThan(1e-3);
    expect(distance(learned.kernel, uneven)).toBeLessThan(2 * (learned.uncertainty ?? 0));
    expect(verdictOf(learned)).toBe('all');
    expect(learned).toMatchObject({ isOnly: true, ranOn: places.ranOn, about: { seen: from === before ? 'colours' : 'brightness', size: 'same', isCropped: false } });
    expect([again.width, again.height]).toEqual([learned.measured[0], learned.measured[1]]);
    expect(learned.residual.equalShare).toBeGreaterThan(0.99);
  });

  test('with a bias, and without one that is not sought', async () => {
    const after = await exampleAfter(before, 'sobel', filters);
    const { learned } = await found(before, after, sought(kernels['sobel-x'], { bias: true }));
    expect(distance(learned.kernel, kernels['sobel-x'].map((row) => row.map((tap) => tap / 8)))).toBeLessThan(1e-3);
    expect(learned.bias).toBeCloseTo(128, 1);
    const without = await found(before, after, sought(kernels['sobel-x']));
    expect(without.learned.bias).toBeUndefined();
    expect(verdictOf(without.learned)).not.toBe('all');
  });

  test('of a picture without its border', async () => {
    const same = await applyFilter(before, uneven, 0, filters);
    const { learned } = await found(before, middleOfPicture(same, [108, 146]), sought(uneven));
    expect(learned.about.size).toBe('valid');
    expect(distance(learned.kernel, uneven)).toBeLessThan(1e-3);
  });

  test('whose results are cut off at the ends: those are left out', async () => {
    const strong = uneven.map((row) => row.map((tap) => 2.5 * tap));
    const after = await applyFilter(before, strong, -134, filters);
    const { learned } = await found(before, after, sought(strong, { bias: true }));
    expect(learned.about.clipped).toBeGreaterThan(1000);
    expect(learned.about.isClippedLeftOut).toBe(true);
    expect(learned.fitted).toBe(learned.about.samples - learned.about.clipped);
    expect(distance(learned.kernel, strong)).toBeLessThan(1e-3);
  });

  test('of photographs that are larger than 1024: their middles have the same filter', async () => {
    const [tall, wide] = [photograph(40, 1100), photograph(1101, 30)];
    for (const large of [tall, wide]) {
      const { learned } = await found(large, await applyFilter(large, uneven, 0, filters), sought(uneven));
      expect(learned.about.isCropped).toBe(true);
      expect(Math.max(...learned.about.used)).toBe(1024);
      expect(distance(learned.kernel, uneven)).toBeLessThan(1e-3);
    }
  });
});

describe('what no linear filter explains is said', () => {
  test.each(['posterise', 'magnitude'] as const)('%s', async (name) => {
    const before = photograph(150, 110);
    const { learned, difference } = await found(before, await exampleAfter(before, name, filters), sought(kernels['gaussian-5'], { bias: true }));
    expect(['most', 'little']).toContain(verdictOf(learned));
    expect(learned.residual.explained).toBeLessThan(0.99);
    expect(learned.residual.rootMeanSquare).toBeGreaterThan(5);
    expect(difference.data.some((level, at) => at % 4 !== 3 && Math.abs(level - 128) > 20)).toBe(true);
  });

  test('by its definition: 1 less the squared errors by the variance', async () => {
    const before = grey(photograph(40, 30));
    const after = grey(photograph(40, 30, 3));
    const { learned } = await found(before, after, sought([[1]]));
    const tap = learned.kernel[0]?.[0] ?? 0;
    const levels = Array.from({ length: 1200 }, (_, at) => [before.data[4 * at] ?? 0, after.data[4 * at] ?? 0] as const);
    const mean = levels.reduce((sum, [, y]) => sum + y, 0) / 1200;
    const errors = levels.reduce((sum, [x, y]) => sum + (tap * x - y) ** 2, 0);
    expect(learned.residual.explained).toBeCloseTo(1 - errors / levels.reduce((sum, [, y]) => sum + (y - mean) ** 2, 0), 5);
    expect(learned.residual.rootMeanSquare).toBeCloseTo(Math.sqrt(errors / 1200), 3);
    expect(learned.residual.explainedBefore).toBeCloseTo(1 - levels.reduce((sum, [x, y]) => sum + (x - y) ** 2, 0) / levels.reduce((sum, [, y]) => sum + (y - mean) ** 2, 0), 9);
  });

  test('pictures that are equal have the identity', async () => {
    const before = photograph(30, 30);
    const { learned } = await found(before, before, sought(kernels['box-3']));
    expect(learned.kernel).toEqual([[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
    expect(verdictOf(learned)).toBe('equal');
  });

  test('a picture whose columns are alike does not tell the taps of a column apart', async () => {
    const stripes = photograph(40, 1);
    const before: Pixels = { width: 40, height: 30, data: Uint8ClampedArray.from({ length: 4800 }, (_, at) => stripes.data[at % 160] ?? 0) };
    const { learned } = await found(before, await applyFilter(before, [[0.25, 0.5, 0.25]], 0, filters), sought(kernels['box-3']));
    expect([learned.isOnly, learned.uncertainty]).toEqual([false, undefined]);
    expect(distance(learned.kernel, [0, 1, 2].map(() => [0.25 / 3, 0.5 / 3, 0.25 / 3]))).toBeLessThan(3e-3);
  });
});

describe('what cannot be learned from', () => {
  const before = photograph(30, 20);
  const flat: Pixels = { width: 30, height: 20, data: new Uint8ClampedArray(2400).fill(90) };

  test('sizes that no kernel leads between', async () => {
    expect(await learn(before, photograph(28, 18), sought(kernels['gaussian-5']), compiled)).toEqual({ kind: 'sizes', before: [30, 20], after: [28, 18], kernel: [5, 5], leading: [3, 3] });
    expect(await learn(before, photograph(31, 20), sought(kernels['box-3']), compiled)).toEqual({ kind: 'sizes', before: [30, 20], after: [31, 20], kernel: [3, 3] });
  });

  test('a flat picture, but not one that became flat', async () => {
    expect(await learn(flat, before, sought(kernels['box-3']), compiled)).toEqual({ kind: 'flat' });
    const { learned } = await found(before, flat, sought(kernels['box-3'], { bias: true }));
    expect(verdictOf(learned)).toBe('flat');
  });

  test('fewer samples than taps', async () => {
    const small = photograph(6, 5);
    expect(await learn(small, grey(photograph(6, 5, 2)), sought(kernels['gaussian-5'], { bias: true }), compiled)).toEqual({ kind: 'too-few', unknowns: 26, samples: 2 });
    expect(await learn(photograph(4, 4), photograph(4, 4), sought(kernels['gaussian-5']), compiled)).toMatchObject({ kind: 'kernel-too-large' });
  });
});

test.each([true, false])('sums by a program and by the loop are the same (left out: %s)', (leaveOut) => {
  const before = photograph(30, 20);
  const after = photograph(30, 20, 2);
  after.data.fill(255, 100, 400);
  const { planes, kernel } = asPair(pairOf(before, after, [3, 2]));
  expect(momentsByProgram(planes, kernel, leaveOut, js())).toEqual(momentsByLoop(planes, kernel, leaveOut));
});

test('a part to learn from is the middle, and pairs as the whole does', () => {
  const before = photograph(30, 20);
  const whole = asPair(pairOf(before, before, [3, 5]));
  const [part] = middlePart(whole, [8, 10]);
  expect([part?.before.shape, part?.after.shape]).toEqual([[10, 14], [8, 10]]);
  expect(part?.after.data[0]).toBe(part?.before.data[14 + 2]);
  expect(placesWithin([100, 200], 5000)).toEqual([50, 100]);
  expect(placesWithin([100, 200], Infinity)).toEqual([100, 200]);
});

test('differences are never shown larger than their picture can hold, nor rounding as a picture', () => {
  expect([0, 1, 16, 64, 127, 255].map(gainFor)).toEqual([8, 8, 4, 1, 1, 1]);
});

test('what is quick: larger kernels, more left out and slower backends leave fewer places', () => {
  expect(placesToLearn([7, 7], 3, 0, true)).toBeLessThan(placesToLearn([5, 5], 3, 0, true));
  expect(placesToLearn([7, 7], 3, 0.4, true)).toBeLessThan(placesToLearn([7, 7], 3, 0, true));
  expect(placesToFilter([7, 7], 3, 'closures')).toBeLessThan(placesToFilter([7, 7], 3, 'loops'));
});
