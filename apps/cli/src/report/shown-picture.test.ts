import { NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { difference, rangeOf, rangeOfDifference, reduction, shownPicture } from './shown-picture.ts';

const row = (...values: readonly number[]): NdArray => new NdArray([1, values.length], Float32Array.from(values));

describe('what is black and what is white', () => {
  test('of a picture, 0 and 1; of other numbers 0 and the largest; 0 is mid-grey where some are negative', () => {
    expect(rangeOf(row(0.2, 0.4), 'picture')).toEqual({ black: 0, white: 1 });
    expect(rangeOf(row(2, 4), 'numbers')).toEqual({ black: 0, white: 4 });
    expect(rangeOf(row(0, 0), 'numbers')).toEqual({ black: 0, white: 1 });
    const { black, white } = rangeOf(row(-2, 1), 'numbers');
    expect([black, white]).toEqual([-2, 2]);
    expect([...shownPicture(row(-2, 0, 2), { black, white }).data]).toEqual([0, 128, 255]);
  });

  test('of a difference 0 is mid-grey, where all are 0 too', () => {
    expect(rangeOfDifference(row(0, 0))).toEqual({ black: -1, white: 1 });
    expect(rangeOfDifference(row(0.5, 1))).toEqual({ black: -1, white: 1 });
    expect(difference(row(3, 1), row(1, 2)).toNested()).toEqual([[2, -1]]);
  });
});

describe('large images', () => {
  test('are shown smaller, by the means of squares, those at the end too', () => {
    const values = new NdArray([3, 801], Float32Array.from({ length: 3 * 801 }, (_, index) => (index % 801 < 2 ? index % 801 : index % 801 === 800 ? 1 : 0)));
    expect(reduction(values)).toBe(2);
    const { width, height, data } = shownPicture(values, { black: 0, white: 1 });
    expect([width, height]).toEqual([401, 2]);
    expect([data[0], data[1], data[400]]).toEqual([128, 0, 255]);
  });

  test('small ones are shown as they are', () => {
    expect(reduction(row(1, 2, 3))).toBe(1);
    expect(shownPicture(row(0, 1), { black: 0, white: 1 })).toMatchObject({ width: 2, height: 1, channels: 1 });
  });
});
