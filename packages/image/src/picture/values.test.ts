import { NdArray, ndarray, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDepth, anyPicture, seeded } from '../../testing/pictures.ts';
import { toPicture, toValues } from './values.ts';

describe('toValues', () => {
  test('a grey picture has two axes, others have three', () => {
    expect(toValues({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 51) }).toNested()).toEqual([[0, Math.fround(0.2)]]);
    expect(toValues({ width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 0, 255) }).toNested()).toEqual([[[1, 0, 1]]]);
    expect(toValues({ width: 1, height: 1, channels: 2, data: Uint8Array.of(51, 255) }).toNested()).toEqual([[[Math.fround(0.2), 1]]]);
  });

  test('of 16 bits, 65535 is 1', () => {
    expect(toValues({ width: 3, height: 1, channels: 1, data: Uint16Array.of(0, 13_107, 65_535) }).toNested()).toEqual([[0, Math.fround(0.2), 1]]);
  });

  test('data that does not fill the picture is refused', () => {
    expect(() => toValues({ width: 2, height: 2, channels: 3, data: new Uint8Array(4) })).toThrow(
      new ValueError('toValues: the data has 4 elements, 2 x 2 with 3 channels needs 12'),
    );
    expect(() => toValues({ width: 0, height: 2, channels: 1, data: new Uint8Array(0) })).toThrow(
      new ValueError('toValues: a picture of 0 x 2 with 1 channels; sides must be whole numbers of at least 1, channels 1 to 4'),
    );
  });
});

describe('toPicture', () => {
  test('halves go to the even byte, what lies outside saturates, not a number is 0', () => {
    const halves = Float64Array.of(0.5 / 255, 1.5 / 255, 2.5 / 255, -0.1, 1.1, Number.POSITIVE_INFINITY, Number.NaN);
    expect([...toPicture(new NdArray([1, 7], halves)).data]).toEqual([0, 2, 2, 0, 255, 255, 0]);
  });

  test('and so it is of 16 bits', () => {
    const samples = [0.5, 1.5, 2.5, 2.4, 2.6, 65_534.5, -3, 65_536, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    // A quarter of a sample survives the division and the product; a half is checked to be one.
    const values = Float64Array.from(samples, (sample) => sample / 65_535);
    expect([0.5, 1.5, 2.5].map((sample) => (sample / 65_535) * 65_535)).toEqual([0.5, 1.5, 2.5]);
    expect([...toPicture(new NdArray([1, 11], values), { depth: 16 }).data]).toEqual([0, 2, 2, 2, 3, 65_534, 0, 65_535, 65_535, 0, 0]);
  });

  test('shapes that are no picture are refused', () => {
    expect(() => toPicture(ndarray([1, 2]))).toThrow(new ValueError('toPicture: [H, W], or [H, W, C] with 1 to 4 channels is expected, not [2]'));
    expect(() => toPicture(ndarray([[[1, 2, 3, 4, 5]]]))).toThrow(ValueError);
  });

  test('bytes are refused, which would all turn white', () => {
    const message = 'toPicture: numbers from 0 to 1 are expected, and this array stores bytes\n  asPicture takes bytes as they are';
    expect(() => toPicture(new NdArray([1, 1], Uint8Array.of(7)))).toThrow(new ValueError(message));
    expect(() => toPicture(new NdArray([1, 1], Uint8ClampedArray.of(7)))).toThrow(new ValueError(message));
  });

  test('samples of 8 and of 16 bits survive the way to values and back', () => {
    fc.assert(
      fc.property(anyDepth.chain((depth) => fc.tuple(fc.constant(depth), anyPicture(depth))), ([depth, picture]) => {
        expect(toPicture(toValues(picture), { depth })).toEqual(picture);
      }),
      seeded(200),
    );
  });

  test('every one of the 65536 samples survives', () => {
    const every = { width: 256, height: 256, channels: 1, data: Uint16Array.from({ length: 65_536 }, (_, sample) => sample) } as const;
    expect(toPicture(toValues(every), { depth: 16 })).toEqual(every);
  });
});
