import type { DeepPicture, Picture } from '@xcorr/image';
import { expect, test } from 'vitest';
import { pairOf, type Photograph } from './pair.ts';

const named = (name: string, picture: Picture | DeepPicture): Photograph => ({ name, picture });
const grey = (width: number, height: number, level: (at: number) => number): Picture => ({ width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, at) => level(at)) });

test('AFTER is cropped around the tap that falls on the element, of an even kernel the right and lower one of the two in the middle', () => {
  const before = named('before', grey(5, 4, (at) => 10 + at));
  const { planes, size } = pairOf(before, before, [2, 3]);
  expect(size).toBe('same');
  expect(planes[0]?.after.toNested()).toEqual([[16, 17, 18], [21, 22, 23], [26, 27, 28]]);
});

test('AFTER without a border is taken whole', () => {
  const { planes, size, areEqual } = pairOf(named('before', grey(5, 4, (at) => 10 + at)), named('after', grey(3, 3, (at) => 50 + at)), [2, 3]);
  expect([size, areEqual]).toEqual(['valid', false]);
  expect(planes[0]?.after.toNested()).toEqual([[50, 51, 52], [53, 54, 55], [56, 57, 58]]);
});

test('samples of AFTER at the ends are left out, unless they are most', () => {
  const before = named('before', grey(4, 1, (at) => 10 + at));
  const after = (...levels: readonly number[]): ReturnType<typeof pairOf> => pairOf(before, named('after', grey(4, 1, (at) => levels[at] ?? 0)), [1, 1]);
  const half = after(0, 1, 254, 255);
  expect([half.clipped, half.isClippedLeftOut, [...(half.planes[0]?.leftOut ?? [])]]).toEqual([2, true, [0, 3]]);
  const most = after(0, 0, 254, 255);
  expect([most.clipped, most.isClippedLeftOut, most.planes[0]?.leftOut.length]).toEqual([3, false, 0]);
});

test('with a picture without colours, brightness is compared, in grey levels', () => {
  const coloured: Picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30, 255, 255, 255) };
  const deep: DeepPicture = { width: 2, height: 1, channels: 1, data: Uint16Array.of(257, 65_535) };
  const { planes, seen, isBeforeGreyed, rounding, clipped } = pairOf(named('before', coloured), named('after', deep), [1, 1]);
  expect([seen, isBeforeGreyed, clipped]).toEqual(['brightness', true, 1]);
  expect(planes[0]?.before.data[0]).toBeCloseTo(0.299 * 10 + 0.587 * 20 + 0.114 * 30, 12);
  expect([...(planes[0]?.after.data ?? [])]).toEqual([1, 255]);
  expect(rounding).toBeCloseTo(Math.sqrt(1 / 12) / 257, 12);
  expect(pairOf(named('before', coloured), named('after', coloured), [1, 1])).toMatchObject({ seen: 'channels', areEqual: true, isBeforeGreyed: false });
});
