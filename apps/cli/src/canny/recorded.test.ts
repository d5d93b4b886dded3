import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constant, evaluate, NdArray } from '@xcorr/graph';
import { readPicture } from '@xcorr/image/node';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { photograph } from '../photograph.ts';
import { recorded } from '../testing/recorded.ts';
import { brightnessForCanny } from './brightness.ts';

// What OpenCV found, as packages/image/recorded/record-canny-colour.py recorded it.
const recordings = join(import.meta.dirname, '../../../../packages/image/recorded/canny-colour');

const folder = mkdtempSync(join(tmpdir(), 'xcorr-canny-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = readdirSync(recordings);

test('there are recordings', () => {
  expect(files.length).toBe(3);
});

test.each(files)('of the photograph in colour the edges are those of OpenCV: %s', async (file) => {
  const [, low = '', high = ''] = file.replace('.png', '').split('-');
  expect((await recorded(['edges', photograph, '-o', join(folder, file), '-k', 'canny', '--low', low, '--high', high])).status).toBe(0);
  const [found, expected] = await Promise.all([join(folder, file), join(recordings, file)].map((path) => readPicture(path)));
  expect([found?.width, found?.height]).toEqual([expected?.width, expected?.height]);
  const wrong = found?.data.filter((byte, index) => byte !== expected?.data[index]);
  expect(wrong).toHaveLength(0);
  expect(expected?.data.filter((byte) => byte === 255).length).toBeGreaterThan(200);
});

test('the brightness is that of cv2.cvtColor: in fixed point, half upwards', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const check = (r: number, g: number, b: number): void => {
    const bright = evaluate(brightnessForCanny(constant(new NdArray([1, 1, 3], Float32Array.of(r, g, b))))).item();
    expect(bright % 1).not.toBe(0.5);
    expect(Math.round(bright)).toBe((9798 * r + 19_235 * g + 3735 * b + 16_384) >> 15);
  };
  fc.assert(fc.property(byte, byte, byte, check), { seed: 3, numRuns: 300 });
  // These lie halfway between two bytes, the first between 7 and 8.
  for (const [r, g, b] of [[0, 12, 4], [0, 36, 12], [0, 60, 20]] as const) {
    expect((9798 * r + 19_235 * g + 3735 * b) % 32_768).toBe(16_384);
    check(r, g, b);
  }
});
