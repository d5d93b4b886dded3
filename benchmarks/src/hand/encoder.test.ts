import { expect, test } from 'vitest';
import { signed, splat, unsigned } from './encoder.ts';

test.each([
  [0, [0x00]],
  [127, [0x7f]],
  [128, [0x80, 0x01]],
  [624_485, [0xe5, 0x8e, 0x26]],
])('%d without a sign', (value, bytes) => {
  expect(unsigned(value)).toEqual(bytes);
});

test.each([
  [0, [0x00]],
  [63, [0x3f]],
  [64, [0xc0, 0x00]],
  [-1, [0x7f]],
  [-64, [0x40]],
  [-65, [0xbf, 0x7f]],
  [-123_456, [0xc0, 0xbb, 0x78]],
])('%d with a sign', (value, bytes) => {
  expect(signed(value)).toEqual(bytes);
});

test('a constant has four equal lanes', () => {
  const lane = [...new Uint8Array(Float32Array.of(1.5).buffer)];
  expect(splat(1.5)).toEqual([0xfd, 0x0c, ...lane, ...lane, ...lane, ...lane]);
});
