import { evaluate, input, type NdArray } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { gram } from './gram.ts';

/** A picture of whole numbers: every sum is exact. */
const picture = (height: number, width: number): readonly (readonly number[])[] => Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => ((7 * row + 5 * column + row * column) % 11) - 5));

function byHand(x: readonly (readonly number[])[], h: number, w: number): readonly number[] {
  const [height, width] = [x.length, x[0]?.length ?? 0];
  const at = (row: number, column: number): number => x[row]?.[column] ?? Number.NaN;
  const found: number[] = [];
  for (let a = 0; a < h; a++)
    for (let b = 0; b < w; b++)
      for (let c = 0; c < h; c++)
        for (let d = 0; d < w; d++) {
          let sum = 0;
          for (let i = 0; i + h <= height; i++) for (let j = 0; j + w <= width; j++) sum += at(i + a, j + b) * at(i + c, j + d);
          found.push(sum);
        }
  return found;
}

describe('G[q, r] is the sum of x[p + q] x[p + r]', () => {
  test.each<readonly [height: number, width: number, h: number, w: number]>([
    [9, 11, 3, 3],
    [12, 8, 2, 3],
    [7, 9, 1, 4],
    [9, 7, 4, 1],
    [5, 5, 1, 1],
    [13, 14, 5, 5],
    // As small as the planes may be that have a middle, and smaller.
    [5, 5, 3, 3],
    [4, 9, 3, 3],
    [3, 3, 3, 3],
  ])('of %d x %d, by %d x %d', (height, width, h, w) => {
    const values = picture(height, width);
    const got: NdArray = evaluate(gram(input('x', [height, width], { dtype: 'float64' }), [h, w]), { x: values.map((row) => [...row]) });
    expect([...got.data].map((each) => each + 0)).toEqual(byHand(values, h, w).map((each) => each + 0));
  });

  test('of any size', () => {
    const values = picture(9, 12);
    const got = evaluate(gram(input('x', ['H', 'W'], { dtype: 'float64' }), [3, 2]), { x: values.map((row) => [...row]) });
    expect([...got.data]).toEqual(byHand(values, 3, 2));
  });

  test('along one axis', () => {
    const got = evaluate(gram(input('x', [6], { dtype: 'float64' }), [3]), { x: [1, 2, 3, 4, 5, 6] });
    expect(got.toNested()).toEqual([[30, 40, 50], [40, 54, 68], [50, 68, 86]]);
  });
});
