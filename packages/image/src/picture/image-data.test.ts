import { runInNewContext } from 'node:vm';
import { ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeImageData } from '../../testing/browser.ts';
import { anyPicture, seeded } from '../../testing/pictures.ts';
import { fromImageData, toImageData } from './image-data.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('fromImageData', () => {
  test('the bytes are those of the ImageData', () => {
    const image = new FakeImageData(Uint8ClampedArray.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 1);
    const picture = fromImageData(image);
    expect(picture).toEqual({ width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    image.data[0] = 99;
    expect(picture.data[0]).toBe(99);
  });

  test('an ImageData of another window is one', () => {
    const image: unknown = runInNewContext('({ width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 4) })');
    expect(image).not.toHaveProperty('data', expect.any(Uint8ClampedArray));
    const picture: unknown = Reflect.apply(fromImageData, undefined, [image]);
    expect(picture).toEqual({ width: 1, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4) });
  });

  test('colours of another space, numbers of another kind and data of another size are refused', () => {
    const data = Uint8ClampedArray.of(1, 2, 3, 4);
    expect(() => fromImageData({ width: 1, height: 1, data, colorSpace: 'display-p3' })).toThrow(
      new ValueError("fromImageData: colours of display-p3; a picture is in srgb\n  ask for those: getImageData(x, y, width, height, { colorSpace: 'srgb' })"),
    );
    expect(() => fromImageData({ width: 1, height: 1, data: Float32Array.of(1, 0, 0, 1) })).toThrow(
      new ValueError("fromImageData: the data must be a Uint8ClampedArray\n  ask for bytes: getImageData(x, y, width, height, { pixelFormat: 'rgba-unorm8' })"),
    );
    expect(() => fromImageData({ width: 2, height: 1, data })).toThrow(new ValueError('fromImageData: the data has 4 elements, 2 x 1 with 4 channels needs 8'));
  });
});

describe('toImageData', () => {
  test.each([
    [1, [7], [7, 7, 7, 255]],
    [2, [7, 100], [7, 7, 7, 100]],
    [3, [7, 8, 9], [7, 8, 9, 255]],
    [4, [7, 8, 9, 100], [7, 8, 9, 100]],
  ] as const)('%i channels', (channels, data, rgba) => {
    const twice = { width: 1, height: 2, channels, data: Uint8Array.of(...data, ...data) };
    expect(toImageData(twice)).toEqual({ width: 1, height: 2, data: Uint8ClampedArray.of(...rgba, ...rgba), colorSpace: 'srgb' });
  });

  test('it is a real ImageData where there are some, with bytes of its own', () => {
    vi.stubGlobal('ImageData', FakeImageData);
    const picture = { width: 1, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4) } as const;
    const image = toImageData(picture);
    expect(image).toBeInstanceOf(FakeImageData);
    image.data[0] = 99;
    expect(picture.data[0]).toBe(1);
  });

  test('four channels survive the way there and back', () => {
    fc.assert(
      fc.property(anyPicture(8), (picture) => {
        fc.pre(picture.channels === 4);
        expect(fromImageData(toImageData(picture))).toEqual(picture);
      }),
      seeded(100),
    );
  });

  test('16 bits are refused', () => {
    // A program without types can hand over what the types forbid.
    const deep: unknown = { width: 1, height: 1, channels: 1, data: Uint16Array.of(7) };
    expect((): unknown => Reflect.apply(toImageData, undefined, [deep])).toThrow(new ValueError('toImageData: a picture of 16 bits; toDepth(picture, 8) makes one of bytes'));
  });
});
