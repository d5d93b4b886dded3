import { closures } from '@xcorr/backend-closures';
import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { constant, evaluate, input, NdArray } from '@xcorr/graph';
import { bordered, canny, filter2d, gradientDirection, gradientMagnitude, grey, kernels, type Kernel } from '@xcorr/image';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import type { Place } from '../compute/choose-place.ts';
import { keepPrograms } from '../compute/programs.ts';
import { findBrightness, findValues, KernelOutreaches, linesOf, type Work } from './find-values.ts';
import { borderOf, pairs, reachOf } from './graphs.ts';
import type { Finding } from './request.ts';
import type { Plane } from './rows.ts';
import { borderNames, pairNames, type BorderName } from './state.ts';

const onLoops: Place = { backend: asynchronous(js()), kind: 'loops', notes: [] };
const work: Work = { place: onLoops, programs: keepPrograms(8), wanted: { isWanted: () => true }, report: () => undefined };

function planeOf(width: number, height: number, seed = 1): Plane {
  let bits = seed;
  const next = (): number => {
    bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0;
    return bits >>> 24;
  };
  return { width, height, channels: 1, data: Uint8Array.from({ length: width * height }, next) };
}

/** Of many numbers it is quick to say whether they are the same. */
const bytesOf = (values: Float32Array = new Float32Array()): string => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('latin1');

const tensorOf = ({ width, height, data }: Plane): ReturnType<typeof constant> => constant(new NdArray([height, width], Float32Array.from(data)));

async function responses(plane: Plane, taps: Kernel, border: BorderName, of: Work = work): Promise<readonly number[]> {
  const found = await findValues(plane, { kind: 'kernel', taps, border, constant: 77 }, of);
  return [...(found?.arrays[0] ?? [])];
}

const whole = (plane: Plane, taps: Kernel, border: BorderName): readonly number[] => [
  ...evaluate(filter2d(tensorOf(plane), taps, border === 'none' ? { size: 'valid' } : { border: borderOf(border, 77) })).data,
];

describe('bands of rows together are filter2d of the whole', () => {
  test.each(borderNames)('border %s, pictures smaller and larger than the kernel', async (border) => {
    const size = fc.integer({ min: 1, max: 9 });
    const sizes = fc.record({ width: size, height: size, rows: size, columns: size, seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height, rows, columns, seed }) => {
        fc.pre(border !== 'none' || (rows <= height && columns <= width));
        const taps = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => ((seed + 3 * i + 5 * j) % 7) - 3));
        const plane = planeOf(width, height, seed);
        expect(await responses(plane, taps, border)).toEqual(whole(plane, taps, border));
      }),
      { seed: 5, numRuns: 12 },
    );
  });

  test('many bands, the border around each of them', async () => {
    const plane = planeOf(701, 500);
    for (const border of ['wrap', 'reflect', 'none'] as const) {
      const reports: number[] = [];
      const found = await responses(plane, kernels['sobel-y'], border, { ...work, report: (done) => reports.push(done) });
      const X = input('X', [plane.height, plane.width]);
      const Y = filter2d(X, kernels['sobel-y'], border === 'none' ? { size: 'valid' } : { border });
      const { Y: atOnce } = compile({ inputs: { X }, outputs: { Y } }, js()).run({ X: Float32Array.from(plane.data) });
      expect(bytesOf(Float32Array.from(found))).toBe(bytesOf(Float32Array.from(atOnce.data)));
      // The first band has 2^16 elements and none more than four times those before it: on any machine there are three.
      expect(reports.length).toBeGreaterThan(2);
      expect(reports.at(-1)).toBe(border === 'none' ? 498 : 500);
    }
  });

  test('bands that must be alike overlap at the end', async () => {
    const alike: Work = { ...work, place: { ...onLoops, kind: 'gpu' }, programs: keepPrograms(8) };
    const plane = planeOf(2048, 1500);
    const found = await findValues(plane, { kind: 'kernel', taps: [[1], [0], [-1]], border: 'edge', constant: 0 }, alike);
    const one = await findValues(plane, { kind: 'kernel', taps: [[1], [0], [-1]], border: 'edge', constant: 0 }, work);
    expect(bytesOf(found?.arrays[0])).toBe(bytesOf(one?.arrays[0]));
  });

  test('closures give what loops give', async () => {
    const slow: Work = { ...work, place: { backend: asynchronous(closures()), kind: 'closures', notes: [] } };
    const plane = planeOf(33, 21);
    expect(await responses(plane, kernels['gaussian-5'], 'symmetric', slow)).toEqual(await responses(plane, kernels['gaussian-5'], 'symmetric'));
  });
});

describe('work that is not wanted any more', () => {
  test('ends after the band that it is at', async () => {
    const reports: number[] = [];
    const found = await findValues(planeOf(701, 500), { kind: 'kernel', taps: [[1, -1]], border: 'zero', constant: 0 }, { ...work, wanted: { isWanted: () => reports.length < 1 }, report: (done) => reports.push(done) });
    expect(found).toBeUndefined();
    // How tall later bands are is a matter of the machine's speed; the first is not.
    expect(reports).toEqual([Math.round(65_536 / 701)]);
  });
});

test('a kernel that lies nowhere inside is told so, with its size', async () => {
  await expect(responses(planeOf(8, 6), kernels.dog, 'none')).rejects.toEqual(new KernelOutreaches(15, 15));
});

test('a program is compiled once, for pictures of any size', async () => {
  const programs = keepPrograms(2);
  const finding: Finding = { kind: 'kernel', taps: [[1, 2, -3]], border: 'edge', constant: 0 };
  const compiled = async (finding: Finding, width: number): Promise<boolean> => (await findValues(planeOf(width, 5), finding, { ...work, programs }))?.compile !== undefined;
  expect(await compiled(finding, 9)).toBe(true);
  expect(await compiled(finding, 31)).toBe(false);
  // Two others, and the first is forgotten.
  expect(await compiled({ ...finding, border: 'wrap' }, 9)).toBe(true);
  expect(await compiled({ ...finding, border: 'zero' }, 9)).toBe(true);
  expect(await compiled(finding, 9)).toBe(true);
});

test.each(pairNames)('magnitude and direction by %s are those of the whole', async (pair) => {
  const plane = planeOf(12, 10);
  const found = await findValues(plane, { kind: 'direction', pair, border: 'reflect', constant: 0 }, work);
  const { low, high } = reachOf(pairs[pair][0]);
  const around = bordered(tensorOf(plane), 'reflect', low, high);
  const [magnitude, direction] = [evaluate(gradientMagnitude(around, pairs[pair])), evaluate(gradientDirection(around, pairs[pair]))];
  const nearly = (values: Iterable<number> = []): readonly number[] => [...values].map((value) => Math.round(value * 1000) / 1000);
  expect(nearly(found?.arrays[0])).toEqual(nearly(magnitude.data));
  expect(nearly(found?.arrays[1])).toEqual(nearly(direction.data));
});

test.each(pairNames)('by %s a picture that gets brighter downwards has the direction down', async (pair) => {
  const plane: Plane = { width: 3, height: 3, channels: 1, data: Uint8Array.of(0, 0, 0, 50, 50, 50, 100, 100, 100) };
  const found = await findValues(plane, { kind: 'direction', pair, border: 'none', constant: 0 }, work);
  expect(found?.arrays[1]?.[0]).toBeCloseTo(Math.PI / 2);
});

describe("Canny's lines", () => {
  const canny3 = { kind: 'canny', aperture: 3, smooth: false, low: 300, high: 600, norm: 'L1' } as const;
  test.each([canny3, { ...canny3, aperture: 5, low: 2000, high: 5000 } as const, { ...canny3, norm: 'L2' } as const])('are those of the whole picture: %j', async (finding) => {
    const plane = planeOf(40, 30);
    const found = await findValues(plane, finding, work);
    expect(found).toBeDefined();
    const lines = found === undefined ? [] : [...linesOf(found, finding)];
    expect(lines).toEqual([...canny({ width: 40, height: 30, channels: 1, data: plane.data }, finding).data]);
    expect(lines.filter((byte) => byte === 255).length).toBeGreaterThan(20);
  });

  test('of a picture that was smoothed first are those of the smoothed bytes', async () => {
    const plane = planeOf(40, 30);
    const finding = { ...canny3, smooth: true, low: 60, high: 120 };
    const smooth = Uint8ClampedArray.from(evaluate(filter2d(tensorOf(plane), kernels['gaussian-5'], { border: 'edge' })).data);
    const found = await findValues(plane, finding, work);
    const lines = found === undefined ? [] : [...linesOf(found, finding)];
    expect(lines).toEqual([...canny({ width: 40, height: 30, channels: 1, data: new Uint8Array(smooth) }, finding).data]);
  });
});

test('brightness is the luma of each element, in bytes', async () => {
  const data = Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 10, 200, 30, 255);
  const found = await findBrightness({ width: 2, height: 2, channels: 4, data }, work);
  const colours = constant(new NdArray([2, 2, 3], Float32Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 200, 30)));
  expect([...(found?.data ?? [])]).toEqual([...evaluate(grey(colours)).data].map(Math.round));
});
