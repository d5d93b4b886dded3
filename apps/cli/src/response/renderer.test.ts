import { edgeOperators, lumaWeights, type Kernel, type Picture } from '@xcorr/image';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operator } from '../kernel/operator.ts';
import { backends } from '../backends/names.ts';
import { correlatedByDefinition } from '../testing/by-definition.ts';
import type { Geometry } from './border.ts';
import type { Rendered } from './per-size.ts';
import { createRenderer, type Filtering } from './renderer.ts';

/** A picture in which neighbours differ, so that a shifted tap would show. */
function busy(width: number, height: number, channels: 1 | 3): Picture {
  return { width, height, channels, data: Uint8Array.from({ length: width * height * channels }, (_, index) => (index * 73 + (index % 5) * 31) % 256) };
}

function plane(picture: Picture, value: (index: number) => number): number[][] {
  return Array.from({ length: picture.height }, (_, i) => Array.from({ length: picture.width }, (_, j) => value(i * picture.width + j)));
}

const channel = (picture: Picture, c: number): number[][] => plane(picture, (index) => picture.data[index * picture.channels + c] ?? Number.NaN);
const luma = (picture: Picture): number[][] => plane(picture, (index) => lumaWeights.reduce((sum, weight, c) => sum + weight * (picture.data[index * 3 + c] ?? 0), 0));
const byte = (value: number): number => Math.min(255, Math.max(0, value));

const single = (kernel: Kernel): Operator => ({ kind: 'kernel', name: 'taps', kernel });
const filtering = (operator: Operator, geometry: Geometry, rest: Partial<Filtering> = {}): Filtering => ({ operator, geometry, showing: { show: 'as-is' }, grey: false, ...rest });

const geometries: readonly Geometry[] = [
  { border: 'valid', size: 'valid' },
  ...(['zero', 'edge', 'reflect', 'symmetric', 'wrap', { constant: 90 }] as const).flatMap((border) => (['same', 'full'] as const).map((size) => ({ border, size }))),
];

const rendererOf = (each: Filtering): ((picture: Picture) => Promise<Rendered>) => createRenderer(each, backends.js());

describe('the bytes are the definition, rounded', () => {
  test.each(geometries)('$border, $size', async (geometry) => {
    const taps = fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(taps, fc.constantFrom(1 as const, 3 as const), async (kernel, channels) => {
        const picture = busy(6, 5, channels);
        const { picture: made } = await rendererOf(filtering(single(kernel), geometry))(picture);
        for (let c = 0; c < channels; c++) {
          const expected = correlatedByDefinition(channel(picture, c), kernel, geometry.border, geometry.size);
          expect([made.height, made.width]).toEqual([expected.length, expected[0]?.length]);
          channel(made, c).forEach((row, i) => row.forEach((found, j) => expect(Math.abs(found - byte(expected[i]?.[j] ?? Number.NaN))).toBeLessThanOrEqual(0.501)));
        }
      }),
      { seed: 7, numRuns: 12 },
    );
  });

  test('a kernel larger than the picture, where the picture goes on', async () => {
    const kernel = [[1, 0, 0, 0, 0, 0, 0, 0, -1]];
    for (const geometry of geometries.slice(1)) {
      const { picture } = await rendererOf(filtering(single(kernel), geometry))(busy(2, 1, 1));
      expect([...picture.data]).toEqual(correlatedByDefinition(channel(busy(2, 1, 1), 0), kernel, geometry.border, geometry.size).flat().map(byte));
    }
  });
});

test('a pair gives the length of the gradient of the brightness', async () => {
  const picture = busy(9, 7, 3);
  const geometry: Geometry = { border: 'valid', size: 'valid' };
  for (const [name, pair] of Object.entries(edgeOperators)) {
    const { picture: made, white = Number.NaN } = await rendererOf(filtering({ kind: 'pair', name, pair }, geometry, { grey: true, showing: { show: 'magnitude', scale: 'kernel' } }))(picture);
    const [x, y] = pair.map((kernel) => correlatedByDefinition(luma(picture), kernel, 'valid', 'valid'));
    channel(made, 0).forEach((row, i) =>
      row.forEach((found, j) => expect(Math.abs(found - (Math.hypot(x?.[i]?.[j] ?? Number.NaN, y?.[i]?.[j] ?? Number.NaN) / white) * 255)).toBeLessThanOrEqual(0.501)),
    );
  }
});

describe('scales', () => {
  const step: Picture = { width: 4, height: 1, channels: 1, data: Uint8Array.of(0, 0, 200, 150) };
  const valid: Geometry = { border: 'valid', size: 'valid' };
  const shown = async (kernel: Kernel, showing: Filtering['showing'], picture = step): Promise<readonly [readonly number[], number | undefined]> => {
    const { picture: made, white } = await rendererOf(filtering(single(kernel), valid, { showing }))(picture);
    return [[...made.data], white];
  };

  test('by the kernel: what it can give at most is white', async () => {
    expect(await shown([[1, -1]], { show: 'absolute', scale: 'kernel' })).toEqual([[0, 200, 50], 255]);
    expect(await shown([[1, -1]], { show: 'signed', scale: 'kernel' })).toEqual([[128, 28, 152], 255]);
  });

  test('by the picture: a strong response is white, and said', async () => {
    const [bytes, white] = await shown([[1, -1]], { show: 'signed', scale: 'picture' });
    expect(white).toBeCloseTo(200, 2);
    expect(bytes).toEqual([128, 0, 159]);
  });

  test('of a flat picture, and of taps of nothing but 0, all is 0', async () => {
    const flat = { ...step, data: new Uint8Array(4).fill(9) };
    expect(await shown([[1, -1]], { show: 'absolute', scale: 'picture' }, flat)).toEqual([[0, 0, 0], 1]);
    expect(await shown([[0, 0]], { show: 'signed', scale: 'kernel' })).toEqual([[128, 128, 128], 1]);
  });

  test('each channel keeps its colour, their length has none', async () => {
    const picture: Picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(0, 0, 0, 30, 40, 0) };
    const absolute = await rendererOf(filtering(single([[1, -1]]), valid, { showing: { show: 'absolute', scale: 'kernel' } }))(picture);
    expect(absolute.picture).toEqual({ width: 1, height: 1, channels: 3, data: Uint8Array.of(30, 40, 0) });
    const length = await rendererOf(filtering(single([[1, -1]]), valid, { showing: { show: 'magnitude', scale: 'kernel' } }))(picture);
    expect(length.picture).toEqual({ width: 1, height: 1, channels: 1, data: Uint8Array.of(Math.round(50 / Math.sqrt(3))) });
  });
});

test('code is compiled once for each size of picture', async () => {
  const render = rendererOf(filtering(single([[1, -1]]), { border: 'valid', size: 'valid' }));
  expect((await render(busy(8, 8, 1))).compiled).toBeGreaterThan(0);
  expect((await render(busy(8, 8, 1))).compiled).toBe(0);
  expect((await render(busy(8, 8, 3))).compiled).toBeGreaterThan(0);
  expect((await render(busy(8, 8, 1))).compiled).toBe(0);
});

test('a picture smaller than the kernel is refused, one as large gives one element', async () => {
  const render = rendererOf(filtering(single([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), { border: 'valid', size: 'valid' }));
  await expect(render(busy(9, 2, 1))).rejects.toThrow('the picture is 9 x 2, taps needs at least 3 x 3\n  give a larger picture, take a smaller kernel, or let the picture go on: --border reflect');
  expect((await render(busy(3, 3, 1))).picture).toMatchObject({ width: 1, height: 1 });
});
