import { js } from '@xcorr/backend-js';
import { programFor } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { adam, sgd } from '@xcorr/nn';
import { describe, expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import { descend, largestEigenvalue, stealingStep, type Descent } from './descend.ts';
import { combined, formOf, momentsLeftOut, momentsOf } from './moments.ts';
import { pairOf, type Photograph } from './pair.ts';
import { takenOff } from './steal.ts';

function photograph(seed: number, [height, width]: readonly [number, number] = [26, 31]): Photograph {
  const level = (at: number): number => 128 + 90 * Math.sin(at / 9 + seed) + 70 * Math.cos(at * at * 0.31 + seed);
  return { name: `photograph ${seed}`, picture: { width, height, channels: 3, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => Math.min(255, Math.max(0, level(at)))) } };
}

const backend = asynchronous(js());
const times = 40;

/** |got - want| <= c u times the sum of the terms' sizes, as `quadraticForms` states it. */
const constant = 64;

describe('steps on a form that was made once are steps on the pictures', () => {
  test.each([
    ['sgd', false],
    ['sgd', true],
    ['adam', true],
  ] as const)('%s, bias %s', async (optimiser, bias) => {
    const pair = pairOf(photograph(1), photograph(2), [3, 5]);
    expect(pair.planes.some(({ leftOut }) => leftOut.length > 0)).toBe(true);
    const leftOut = momentsLeftOut(pair);
    const kept = combined(await momentsOf(pair, backend), leftOut, -1);
    const most = (2 * largestEigenvalue(formOf(kept, bias))) / kept.count;
    const descent: Descent = { pair, taken: takenOff(kept, leftOut, bias), count: kept.count, initial: new Float64Array(15).fill(0.02), optimiser: optimiser === 'adam' ? adam() : sgd({ rate: 1 / most }) };
    const [got, want] = [await descend(descent, times, backend), await descend(descent, times, backend, false)];
    const size = Math.max(...[...got.kernel, ...want.kernel].map(Math.abs));
    // Grey levels are at most 255, and so many of them, each with its tap, make an error; those of the best bias are as many.
    const terms = 3 * (255 * (1 + 15 * size)) ** 2;
    for (const [at, loss] of got.losses.entries()) expect(Math.abs(loss - (want.losses[at] ?? 0))).toBeLessThanOrEqual(constant * 2 ** -53 * terms);
    for (const [at, tap] of got.kernel.entries()) expect(Math.abs(tap - (want.kernel[at] ?? 0))).toBeLessThanOrEqual(1e-9);
    expect(got.losses[times - 1]).toBeLessThan(got.losses[0] ?? 0);
  });

  test('no step sweeps over pictures', () => {
    const pair = pairOf(photograph(1), photograph(2), [3, 5]);
    const { spec } = stealingStep({ pair, taken: { taps: 15, matrix: new Float64Array(225), product: new Float64Array(15), squares: 0 }, count: 1, initial: new Float64Array(15), optimiser: adam() });
    const sweeping = (hoisted: boolean): number => {
      const { nests, invariant } = programFor(spec, js(), hoisted ? { passes: [quadraticForms({ times: 1000 })] } : {});
      return nests.slice(invariant).filter(({ nest }) => JSON.stringify(nest.body).includes('"extent":24,')).length;
    };
    expect([sweeping(true), sweeping(false) > 0]).toEqual([0, true]);
  });

  test('the squared error of the moments is that of the pictures without what is left out', async () => {
    const pair = pairOf(photograph(3), photograph(4), [2, 3]);
    const kept = combined(await momentsOf(pair, backend), momentsLeftOut(pair), -1);
    const first = pair.planes.map(({ before, after, leftOut }) => {
      const out = new Set(leftOut);
      let [product, gram] = [0, 0];
      for (let at = 0; at < after.data.length; at++) {
        if (out.has(at)) continue;
        const corner = Math.floor(at / 29) * 31 + (at % 29);
        product += (after.data[at] ?? 0) * (before.data[corner + 31 + 2] ?? 0);
        gram += (before.data[corner + 1] ?? 0) * (before.data[corner + 31 + 2] ?? 0);
      }
      return { product, gram };
    });
    expect(kept.product[5]).toBe(first.reduce((sum, { product }) => sum + product, 0));
    expect(kept.gram[1 * 6 + 5]).toBe(first.reduce((sum, { gram }) => sum + gram, 0));
    expect(kept.gram[5 * 6 + 1]).toBe(kept.gram[1 * 6 + 5]);
  });
});

test('the largest eigenvalue is bounded from above, closely where nothing is negative', () => {
  const form = (...matrix: readonly number[]): number => largestEigenvalue({ taps: 2, matrix: Float64Array.from(matrix), product: new Float64Array(2), squares: 0 });
  expect(form(4, 1, 1, 3)).toBeCloseTo((7 + Math.sqrt(5)) / 2, 8);
  expect(form(4, 1, 1, 3)).toBeGreaterThanOrEqual((7 + Math.sqrt(5)) / 2 - 1e-12);
  expect(form(2, -1, -1, 2)).toBeGreaterThanOrEqual(3 - 1e-12);
  expect(form(0, 0, 0, 0)).toBe(0);
});
