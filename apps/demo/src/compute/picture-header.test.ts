import { encodePicture } from '@xcorr/image/node';
import type { Picture } from '@xcorr/image';
import { expect, test } from 'vitest';
import { isCutShort, readPictureHeader } from './picture-header.ts';

const picture: Picture = { width: 37, height: 300, channels: 3, data: new Uint8Array(37 * 300 * 3).fill(90) };

test.each(['png', 'jpeg', 'webp'] as const)('the size of a %s is read from its first bytes', async (format) => {
  const header = readPictureHeader(new Uint8Array(await encodePicture(picture, format)).subarray(0, 1024));
  expect(header).toEqual({ format, width: 37, height: 300 });
});

test('the size of a GIF', () => {
  const bytes = new Uint8Array(64);
  bytes.set([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 37, 0, 44, 1]);
  expect(readPictureHeader(bytes)).toEqual({ format: 'gif', width: 37, height: 300 });
});

test('the three kinds of WebP', () => {
  const riff = (kind: string, at20: readonly number[]): Uint8Array => {
    const bytes = new Uint8Array(64);
    bytes.set(new TextEncoder().encode('RIFF'));
    bytes.set(new TextEncoder().encode(`WEBP${kind}`), 8);
    bytes.set(at20, 20);
    return bytes;
  };
  // 37 is 100101, 36 is 100100, 299 is 1 00101011 in binary.
  expect(readPictureHeader(riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 37, 0, 44, 1]))).toEqual({ format: 'webp', width: 37, height: 300 });
  expect(readPictureHeader(riff('VP8L', [0x2f, 36, 0xc0, 0x4a, 0]))).toEqual({ format: 'webp', width: 37, height: 300 });
  expect(readPictureHeader(riff('VP8X', [0, 0, 0, 0, 36, 0, 0, 43, 1, 0]))).toEqual({ format: 'webp', width: 37, height: 300 });
});

test('what is no picture, or is cut short, has no size', async () => {
  expect(readPictureHeader(new TextEncoder().encode('this is a text and no picture at all'))).toBeUndefined();
  expect(readPictureHeader(new Uint8Array(0))).toBeUndefined();
  const jpeg = new Uint8Array(await encodePicture(picture, 'jpeg'));
  expect(readPictureHeader(jpeg.subarray(0, 40))).toBeUndefined();
  // A segment that says it has no length at all does not go on for ever.
  const stuck = new Uint8Array(4096);
  stuck.set([0xff, 0xd8]);
  expect(readPictureHeader(stuck)).toBeUndefined();
});

test.each(['png', 'jpeg', 'webp'] as const)('a %s that was cut short is told from a whole one', async (format) => {
  const noise: Picture = { ...picture, data: Uint8Array.from(picture.data, (_, at) => (Math.imul(at, 2_654_435_761) >>> 13) & 255) };
  const whole = new Uint8Array(await encodePicture(noise, format));
  expect(isCutShort(whole, { format })).toBe(false);
  for (const part of [0.3, 0.5, 0.9]) expect(isCutShort(whole.subarray(0, Math.floor(whole.length * part)), { format })).toBe(true);
});

test('a JPEG with more behind its end is whole, and one with a thumbnail alone is not', () => {
  const coded = [0xff, 0xda, 1, 2, 3];
  expect(isCutShort(Uint8Array.of(0xff, 0xd8, ...coded, 0xff, 0xd9, 7, 7, 7), { format: 'jpeg' })).toBe(false);
  expect(isCutShort(Uint8Array.of(0xff, 0xd8, ...coded, 0xff, 0xd9, ...coded, 9, 0xd9), { format: 'jpeg' })).toBe(true);
});
