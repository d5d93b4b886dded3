import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { printPositions } from './positions.ts';
import { elementsOf } from './receptive-field.ts';
import { clipped, projected, simplified, type Region } from './region.ts';

const set = fc.uniqueArray(fc.integer({ min: -2, max: 4 }), { maxLength: 4 }).map((positions) => positions.sort((a, b) => a - b));
const regions = fc.integer({ min: 1, max: 3 }).chain((rank) => fc.array(fc.array(set, { minLength: rank, maxLength: rank }), { maxLength: 5 }));
const elements = (boxes: Region): readonly string[] => elementsOf({ boxes, positions: [], start: [], window: [] }).map((element) => element.join(','));

describe('a region in fewer boxes', () => {
  test('is the same set', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const simple = simplified(region);
        expect(elements(simple)).toEqual(elements(region));
        expect(simple.length).toBeLessThanOrEqual(region.length);
      }),
      seeded(300),
    );
  });

  test('boxes that differ along one axis, whichever, are one; what lies within another and what is empty goes', () => {
    expect(simplified([[[0, 1], [3]], [[0, 1], [5]]])).toEqual([[[0, 1], [3, 5]]]);
    expect(simplified([[[0], [3]], [[2], [3]], [[0], [4]], [[2], [4]]])).toEqual([[[0, 2], [3, 4]]]);
    expect(simplified([[[0, 1, 2], [3, 4]], [[1], [4]], [[], [4]]])).toEqual([[[0, 1, 2], [3, 4]]]);
    expect(simplified([[], []])).toEqual([[]]);
  });
});

test('what lies inside, and each axis by itself', () => {
  expect(clipped([[[-1, 0, 5], [2, 3]]], [5, 3])).toEqual([[[0], [2]]]);
  expect(projected([[[4], [1]], [[0, 4], [2]]], 0)).toEqual([0, 4]);
});

test('positions as text', () => {
  expect([[], [3], [3, 5], [0, 1], [0, 1, 2], [0, 2, 4], [0, 1, 2, 5, 8, 9], [-2, 0, 2]].map(printPositions)).toEqual(['', '3', '3 5', '0..1', '0..2', '0..4 by 2', '0..2 5 8..9', '-2..2 by 2']);
});
