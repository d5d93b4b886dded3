import { NdArray, ndarray, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPicture, toValues, type Channels } from './picture.ts';

describe('toValues', () => {
  test('a grey picture has two axes, a coloured one three', () => {
    expect(toValues({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 51) }).toNested()).toEqual([[0, Math.fround(0.2)]]);
    expect(toValues({ width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 0, 255) }).toNested()).toEqual([[[1, 0, 1]]]);
  });

  test('data that does not fill the picture is refused', () => {
    expect(() => toValues({ width: 2, height: 2, channels: 3, data: new Uint8Array(4) })).toThrow(
      new ValueError('toValues: the data has 4 elements, 2 x 2 with 3 channels needs 12'),
    );
    expect(() => toValues({ width: 0, height: 2, channels: 1, data: new Uint8Array(0) })).toThrow(
      new ValueError('toValues: a picture of 0 x 2 with 1 channels; sides must be whole numbers of at least 1, channels 1, 3 or 4'),
    );
  });
});

describe('toPicture', () => {
  test('halves go to the even byte, what lies outside saturates, not a number is 0', () => {
    const halves = Float64Array.of(0.5 / 255, 1.5 / 255, 2.5 / 255, -0.1, 1.1, Number.POSITIVE_INFINITY, Number.NaN);
    expect([...toPicture(new NdArray([1, 7], halves)).data]).toEqual([0, 2, 2, 0, 255, 255, 0]);
  });

  test('shapes that are no picture are refused', () => {
    expect(() => toPicture(ndarray([1, 2]))).toThrow(new ValueError('toPicture: [H, W], or [H, W, C] with 1, 3 or 4 channels is expected, not [2]'));
    expect(() => toPicture(ndarray([[[1, 2]]]))).toThrow(ValueError);
  });

  test('bytes survive the way to values and back', () => {
    const channelCounts: readonly Channels[] = [1, 3, 4];
    fc.assert(
      fc.property(fc.constantFrom(...channelCounts), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.uint8Array({ minLength: 100, maxLength: 100 }), (channels, width, height, bytes) => {
        const data = bytes.slice(0, width * height * channels);
        const picture = { width, height, channels, data };
        expect(toPicture(toValues(picture))).toEqual(picture);
      }),
    );
  });
});
