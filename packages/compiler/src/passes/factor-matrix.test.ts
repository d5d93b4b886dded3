import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { factorMatrix, productAt, type Matrix, type MatrixFactors } from './factor-matrix.ts';

const halfUnit = 2 ** -24;

function matrix(rows: number, columns: number, at: (i: number, j: number) => number): Matrix {
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, (_, position) => at(Math.floor(position / columns), position % columns)) };
}

/** How far the factors' products are from the elements, as parts of them. */
function farthest({ rows, columns, data }: Matrix, factors: MatrixFactors | undefined): number {
  if (factors === undefined) return Infinity;
  let most = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const element = data[i * columns + j] ?? Number.NaN;
      const difference = Math.abs(productAt(factors, columns, i, j) - element);
      if (difference !== 0) most = Math.max(most, difference / Math.abs(element));
    }
  return most;
}

const gaussian = (size: number, deviation: number): readonly number[] => {
  const taps = Array.from({ length: size }, (_, at) => Math.exp(-((at - (size - 1) / 2) ** 2) / (2 * deviation ** 2)));
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / total);
};
const outer = (column: readonly number[], row: readonly number[]) => (i: number, j: number): number => (column[i] ?? 0) * (row[j] ?? 0);

describe('exactly', () => {
  test('of whole numbers the factors are whole numbers', () => {
    const binomial = [1, 4, 6, 4, 1];
    expect(factorMatrix(matrix(5, 5, outer(binomial, binomial)), 1, halfUnit)).toEqual({ rank: 1, left: Float64Array.from(binomial), right: Float64Array.from(binomial) });
  });

  test.each([1, 2, 3])('every sum of %d products of whole numbers, rows and columns of zeros among them', (rank) => {
    const whole = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(fc.tuple(whole, whole), { minLength: rank, maxLength: rank }), (terms) => {
        const sum = matrix(7, 7, (i, j) => terms.reduce((total, [column, row]) => total + outer(column, row)(i, j), 0));
        const factors = factorMatrix(sum, rank, halfUnit);
        // Where quotients are no whole numbers elimination may leave something, and zeros have no relative distance.
        if (rank === 1) expect(factors).toBeDefined();
        if (factors !== undefined) expect(farthest(sum, factors)).toBeLessThanOrEqual(halfUnit);
      }),
      seeded(100),
    );
  });
});

describe('but for rounding', () => {
  const deviations = [0.5, 0.8, 1, 1.7, 3];

  test.each([4, 5, 7, 9, 15, 21])('a Gaussian of %d x %d taps that was rounded is one product', (size) => {
    for (const deviation of deviations) {
      const taps = gaussian(size, (deviation * size) / 8);
      const rounded = matrix(size, size, (i, j) => Math.fround(outer(taps, taps)(i, j)));
      expect(farthest(rounded, factorMatrix(rounded, 1, halfUnit))).toBeLessThanOrEqual(halfUnit);
    }
  });

  test.each([9, 15])('a sum of two Gaussians of %d x %d taps is two', (size) => {
    const [narrow, wide] = [gaussian(size, 1), gaussian(size, 2)];
    const rounded = matrix(size, size, (i, j) => Math.fround(outer(narrow, narrow)(i, j) + outer(wide, wide)(i, j)));
    expect(factorMatrix(rounded, 1, halfUnit)).toBeUndefined();
    expect(farthest(rounded, factorMatrix(rounded, 2, halfUnit))).toBeLessThanOrEqual(halfUnit);
  });

  test('one tap that is off by two units is enough for there to be none', () => {
    const taps = gaussian(7, 1.2);
    for (let off = 0; off < 49; off++) {
      const { data, ...size } = matrix(7, 7, (i, j) => Math.fround(outer(taps, taps)(i, j)));
      expect(factorMatrix({ ...size, data: data.with(off, (data[off] ?? 0) * (1 + 4 * 2 ** -22)) }, 1, halfUnit)).toBeUndefined();
    }
  });
});

test('random taps have no factors', () => {
  for (let rank = 1; rank < 5; rank++) expect(factorMatrix({ rows: 7, columns: 7, data: pseudoRandom(49, rank) }, rank, halfUnit)).toBeUndefined();
});
