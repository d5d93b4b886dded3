import { describe, expect, test } from 'vitest';
import type { Form } from './moments.ts';
import { solve } from './solve.ts';

/** The form of the squared error |M k - y|^2. */
function formOf(matrix: readonly (readonly number[])[], y: readonly number[]): Form {
  const taps = matrix[0]?.length ?? 0;
  const dot = (a: number, b: number): number => matrix.reduce((sum, row) => sum + (row[a] ?? 0) * (row[b] ?? 0), 0);
  return {
    taps,
    matrix: Float64Array.from({ length: taps * taps }, (_, at) => dot(Math.floor(at / taps), at % taps)),
    product: Float64Array.from({ length: taps }, (_, q) => matrix.reduce((sum, row, p) => sum + (row[q] ?? 0) * (y[p] ?? 0), 0)),
    squares: y.reduce((sum, each) => sum + each * each, 0),
  };
}

/** Rows of whole numbers without a pattern. */
const rows = Array.from({ length: 40 }, (_, p) => Array.from({ length: 6 }, (_element, q) => ((p * p * 31 + q * q * 17 + p * q * 7) % 23) - 11));

describe('solve', () => {
  test('finds what made the numbers', () => {
    const wanted = [3, -1, 0.5, 0, 2, -4];
    const { kernel, rank } = solve(formOf(rows, rows.map((row) => row.reduce((sum, each, q) => sum + each * (wanted[q] ?? 0), 0))));
    expect(rank).toBe(6);
    for (const [q, tap] of wanted.entries()) expect(kernel[q]).toBeCloseTo(tap, 12);
  });

  test('the variances are the diagonal of the inverse', () => {
    const { variances } = solve({ taps: 2, matrix: Float64Array.of(2, 1, 1, 5), product: new Float64Array(2), squares: 0 });
    expect(variances?.[0]).toBeCloseTo(5 / 9, 14);
    expect(variances?.[1]).toBeCloseTo(2 / 9, 14);
  });

  test('of many solutions it finds nearly the smallest, and says how many directions there are', () => {
    const twice = rows.map((row) => [...row.slice(0, 3), ...row.slice(0, 3)]);
    const { kernel, rank, variances } = solve(formOf(twice, rows.map((row) => 4 * (row[0] ?? 0) - 2 * (row[2] ?? 0))));
    expect([rank, variances]).toEqual([3, undefined]);
    for (const [q, tap] of [2, 0, -1, 2, 0, -1].entries()) expect(kernel[q]).toBeCloseTo(tap, 5);
  });

  test('of nothing it makes nothing', () => {
    expect(solve(formOf([[0, 0]], [1]))).toEqual({ kernel: new Float64Array(2), rank: 0 });
  });
});
