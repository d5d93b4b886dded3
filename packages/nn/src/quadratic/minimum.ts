import { NdArray, ValueError } from '@xcorr/graph';
import { elementsOf } from '../layers/checks.ts';
import type { Quadratic } from './quadratic.ts';

/**
 * Where a quadratic loss is least, solved for: parameters - hessian^-1 gradient. Of the mean squared error of a
 * correlation it is the least-squares kernel, which every optimiser that converges comes to.
 *
 * @returns the parameters by name, float64
 * @throws ValueError when the loss has no single minimum: along some direction it does not change, or falls.
 * @see Golub, Van Loan, "Matrix Computations", 2013, section 4.2 (Cholesky)
 * @example
 * const [X, K] = [input('X', [1, 4], { dtype: 'float64' }), state('K', [[0, 0]], { dtype: 'float64' })];
 * const loss = squaredError(corr2d(X, K), [[1, -1, 0]]);
 * const quadratic = await quadraticOf({ inputs: { X }, data: { X: ndarray([[1, 0, 1, 1]], 'float64') }, loss, parameters: { K }, backend: js() });
 * minimumOf(quadratic).get('K').data.map((tap) => Number(tap.toFixed(9))); // => Float64Array.of(1, -1)
 */
export function minimumOf({ parameters, gradient, hessian }: Quadratic): Map<string, NdArray> {
  const step = solved(factored(hessian), gradient);
  let before = 0;
  return new Map(
    parameters.map(({ name, shape, values }) => {
      const data = Float64Array.from({ length: elementsOf(shape) }, (_, index) => (values.data[index] ?? 0) - (step[before + index] ?? 0));
      before += data.length;
      return [name, new NdArray(shape, data)];
    }),
  );
}

/** L of L L^T = matrix, L lower triangular: its rows. */
function factored(matrix: readonly Float64Array[]): readonly Float64Array[] {
  const rows: Float64Array[] = [];
  // Below this, what is left of a pivot is the rounding of what was taken off it.
  const negligible = matrix.length * Number.EPSILON * Math.max(...matrix.map((row, index) => row[index] ?? 0));
  for (const [i, source] of matrix.entries()) {
    const row = new Float64Array(matrix.length);
    for (const [j, earlier] of rows.entries()) row[j] = ((source[j] ?? 0) - dot(row, earlier, j)) / (earlier[j] ?? 1);
    const pivot = (source[i] ?? 0) - dot(row, row, i);
    if (!(pivot > negligible)) throw new ValueError(`minimumOf: the loss has no single minimum: along some direction it does not curve up (pivot ${i + 1} of ${matrix.length} is ${pivot.toPrecision(3)})\n  give data that tell all parameters apart, or fewer parameters`);
    row[i] = Math.sqrt(pivot);
    rows.push(row);
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** x of L L^T x = y. */
function solved(lower: readonly Float64Array[], y: Float64Array): Float64Array {
  const x = Float64Array.from(y);
  for (const [i, row] of lower.entries()) x[i] = ((x[i] ?? 0) - dot(row, x, i)) / (row[i] ?? 1);
  for (let i = lower.length - 1; i >= 0; i--) {
    x[i] = (x[i] ?? 0) / (lower[i]?.[i] ?? 1);
    for (let j = 0; j < i; j++) x[j] = (x[j] ?? 0) - (lower[i]?.[j] ?? 0) * (x[i] ?? 0);
  }
  return x;
}
