import { ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gaborBank, gaborKernel, type GaborPhase } from './gabor.ts';
import { positions, totalOf, type Kernel } from './kernel.ts';

const seeded = { seed: 20_261_121, numRuns: 60 };
const phases: readonly GaborPhase[] = ['even', 'odd'];
const reflected = (kernel: Kernel): Kernel => kernel.map((row) => row.toReversed()).toReversed();
const mirrored = (kernel: Kernel): Kernel => kernel.map((row) => row.toReversed());

const options = fc.record({
  wavelength: fc.double({ min: 3, max: 12, noNaN: true }),
  orientation: fc.double({ min: -4, max: 4, noNaN: true }),
  bandwidth: fc.double({ min: 0.8, max: 1.5, noNaN: true }),
  aspect: fc.double({ min: 0.5, max: 1.5, noNaN: true }),
});

/** The response at the centre to a wave of a length and direction; shifted by `turn` of its period. */
function response(kernel: Kernel, wavelength: number, orientation: number, turn = 0): number {
  const [rows, columns] = [positions(kernel.length), positions(kernel[0]?.length ?? 0)];
  const wave = (row: number, column: number): number => Math.cos(2 * Math.PI * ((column * Math.cos(orientation) + row * Math.sin(orientation)) / wavelength - turn));
  return kernel.reduce((sum, taps, u) => taps.reduce((part, tap, v) => part + tap * wave(rows[u] ?? 0, columns[v] ?? 0), sum), 0);
}

/** How strongly a pair of phases answers, wherever the wave stands. */
const energy = (pair: readonly Kernel[], wavelength: number, orientation: number): number => Math.hypot(...pair.map((kernel) => response(kernel, wavelength, orientation, 0.3)));

describe('gaborKernel', () => {
  test('even ones are their own reflection, odd ones the negative of it; both add up to exactly 0', () => {
    fc.assert(fc.property(options, (given) => {
      const [even, odd] = [gaborKernel({ ...given, phase: 'even' }), gaborKernel({ ...given, phase: 'odd' })];
      expect(reflected(even)).toEqual(even);
      expect(reflected(odd)).toEqual(odd.map((row) => row.map((tap) => 0 - tap)));
      expect([totalOf(even), totalOf(odd)]).toEqual([0, 0]);
    }), seeded);
  });

  test('answer 1 to their own wave, 0 to it shifted by a quarter', () => {
    fc.assert(fc.property(options, (given) => {
      const [even, odd] = [gaborKernel({ ...given, phase: 'even' }), gaborKernel({ ...given, phase: 'odd' })];
      expect(response(even, given.wavelength, given.orientation)).toBeCloseTo(1, 10);
      expect(response(odd, given.wavelength, given.orientation, 0.25)).toBeCloseTo(1, 10);
      expect(response(even, given.wavelength, given.orientation, 0.25)).toBeCloseTo(0, 10);
      expect(response(odd, given.wavelength, given.orientation)).toBeCloseTo(0, 10);
    }), seeded);
  });

  test('the taps are the formula: a lowered cosine under the envelope', () => {
    const [wavelength, orientation, sigma, aspect] = [6, 0.5, 2.5, 0.7];
    const kernel = gaborKernel({ wavelength, orientation, sigma, aspect });
    const [rows, columns] = [positions(kernel.length), positions(kernel[0]?.length ?? 0)];
    const [p, q] = [(r: number, c: number) => c * Math.cos(orientation) + r * Math.sin(orientation), (r: number, c: number) => -c * Math.sin(orientation) + r * Math.cos(orientation)];
    const envelope = (r: number, c: number): number => Math.exp(-(p(r, c) ** 2 + (aspect * q(r, c)) ** 2) / (2 * sigma ** 2));
    // In the plane the mean of the cosine under the envelope is exp(-(2 pi sigma / wavelength)^2 / 2).
    const mean = Math.exp(-(((2 * Math.PI * sigma) / wavelength) ** 2) / 2);
    const at = (r: number, c: number): number => envelope(r, c) * (Math.cos((2 * Math.PI * p(r, c)) / wavelength) - mean);
    const middle = kernel[(kernel.length - 1) / 2]?.[(columns.length - 1) / 2] ?? Number.NaN;
    rows.forEach((r, u) => columns.forEach((c, v) => expect((kernel[u]?.[v] ?? Number.NaN) / middle).toBeCloseTo(at(r, c) / at(0, 0), 3)));
  });

  test.each([0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165])('at %i degrees: waves of no other direction are answered as much', (turn) => {
    const own = (turn * Math.PI) / 180;
    const pair = phases.map((phase) => gaborKernel({ wavelength: 5, orientation: own, phase }));
    const directions = Array.from({ length: 36 }, (_, step) => 5 * step);
    const answers = directions.map((each) => energy(pair, 5, (each * Math.PI) / 180));
    expect(directions[answers.indexOf(Math.max(...answers))]).toBe(turn);
    // Waves at right angles stand in the tail of the band.
    expect(answers[((turn + 90) % 180) / 5]).toBeLessThan(0.02);
  });

  test.each([1, 1.5])('a bandwidth of %f octaves: half the response at both ends', (bandwidth) => {
    const pair = phases.map((phase) => gaborKernel({ wavelength: 10, phase, bandwidth, truncate: 5 }));
    const low = 2 / (1 + 2 ** bandwidth);
    for (const frequency of [low, low * 2 ** bandwidth]) expect(energy(pair, 10 / frequency, 0)).toBeCloseTo(0.5, 1);
    expect(energy(pair, 10, 0)).toBeCloseTo(1, 2);
  });

  test('half a turn is the same even kernel and the other odd one; a quarter turn transposes', () => {
    const at = (orientation: number, phase: GaborPhase): Kernel => gaborKernel({ wavelength: 4, orientation, phase });
    const near = (actual: Kernel, expected: Kernel): void => expected.forEach((row, u) => row.forEach((tap, v) => expect(actual[u]?.[v]).toBeCloseTo(tap, 10)));
    near(at(Math.PI + 0.4, 'even'), at(0.4, 'even'));
    near(at(Math.PI + 0.4, 'odd'), reflected(at(0.4, 'odd')));
    near(at(Math.PI - 0.4, 'even'), mirrored(at(0.4, 'even')));
    near(at(Math.PI / 2, 'odd'), (at(0, 'odd')[0] ?? []).map((_, v) => at(0, 'odd').map((row) => row[v] ?? 0)));
  });

  test('an odd one is positive where it gets brighter along its wave, an even one where the middle is bright', () => {
    const step = (kernel: Kernel): number => kernel.reduce((sum, row) => row.reduce((part, tap, v) => part + (v > (row.length - 1) / 2 ? tap : 0), sum), 0);
    const line = (kernel: Kernel): number => kernel.reduce((sum, row) => sum + (row[(row.length - 1) / 2] ?? 0), 0);
    expect(step(gaborKernel({ wavelength: 4, phase: 'odd' }))).toBeGreaterThan(0.1);
    expect(line(gaborKernel({ wavelength: 4 }))).toBeGreaterThan(0.1);
  });

  test.each([
    [() => gaborKernel({ wavelength: 0 }), 'gaborKernel: wavelength 0 is not a finite number above 0'],
    [
      () => gaborKernel({ wavelength: 2 }),
      'gaborKernel: wavelength 2 with sigma 1.12434 answers to frequencies up to 0.667, samples carry none above 1/2\n  give a longer wavelength, or a larger sigma (a narrower bandwidth)',
    ],
    [
      () => gaborKernel({ wavelength: 20, sigma: 2 }),
      'gaborKernel: wavelength 20 with sigma 2 answers to frequencies down to 0, less than a wave lies under the envelope\n  give a shorter wavelength, or a sigma of at least 3.75',
    ],
    [() => gaborKernel({ wavelength: 8, sigma: 4, bandwidth: 1 }), 'gaborKernel: sigma 4 and bandwidth 1 both say how wide the envelope is\n  give one of them'],
    [() => gaborKernel({ wavelength: 8, bandwidth: -1 }), 'gaborKernel: bandwidth -1 is not a finite number above 0'],
    [
      () => gaborKernel({ wavelength: 8, bandwidth: 1e-300 }),
      'gaborKernel: Infinity taps along one axis, at most 1023 are made\n  give a shorter wavelength, a wider bandwidth or a larger aspect, or reduce the picture first',
    ],
    [() => gaborKernel({ wavelength: 8, orientation: Number.NaN }), 'gaborKernel: orientation NaN is not a finite number'],
    // @ts-expect-error a phase that there is not
    [() => gaborKernel({ wavelength: 8, phase: 'none' }), 'gaborKernel: phase "none" is unknown; give "even" or "odd"'],
    [() => gaborBank({ wavelengths: [4], orientations: 0 }), 'gaborBank: orientations 0 is not a whole number of at least 1'],
    // @ts-expect-error one wavelength without a list
    [() => gaborBank({ wavelengths: 4 }), 'gaborBank: wavelengths 4 is not a list\n  give [4]'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });
});

describe('gaborBank', () => {
  test('holds each wavelength, direction and phase once, in that order', () => {
    const bank = gaborBank({ wavelengths: [4, 6], orientations: 3, bandwidth: 1.2 });
    expect(bank.map(({ wavelength, orientation, phase }) => `${wavelength} ${Math.round((orientation * 180) / Math.PI)} ${phase}`)).toEqual(
      [4, 6].flatMap((wavelength) => [0, 60, 120].flatMap((turn) => phases.map((phase) => `${wavelength} ${turn} ${phase}`))),
    );
    for (const { kernel, wavelength, orientation, phase } of bank) expect(kernel).toEqual(gaborKernel({ wavelength, orientation, phase, bandwidth: 1.2 }));
    expect(bank[0]?.sigma).toBeCloseTo((4 * Math.sqrt(Math.LN2 / 2) * (2 ** 1.2 + 1)) / (Math.PI * (2 ** 1.2 - 1)), 12);
  });
});
