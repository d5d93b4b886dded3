import { ValueError } from '@xcorr/graph';
import type { Quadratic } from './quadratic.ts';

/** The least and the most that a loss curves along any direction: the extreme eigenvalues of its Hessian. */
export interface Curvatures {
  readonly least: number;
  readonly most: number;
}

/** Squares off the diagonal, against all: an eigenvalue is off by about the product of two such elements. */
const negligible = 1e-26;

/** Sweeps after which Jacobi's method has long converged: quadratically, once elements off the diagonal are small. */
const mostSweeps = 60;

/**
 * The extreme eigenvalues of the Hessian, by Jacobi's rotations.
 *
 * @throws ValueError when the Hessian is not finite.
 * @see Golub, Van Loan, "Matrix Computations", 2013, section 8.5
 * @example
 * const { least, most } = curvaturesOf({ parameters: [], gradient: Float64Array.of(0, 0), hessian: [Float64Array.of(2, 1), Float64Array.of(1, 2)] });
 * [least, most].map((curvature) => curvature.toFixed(9)); // => ['1.000000000', '3.000000000']
 */
export function curvaturesOf({ hessian }: Quadratic): Curvatures {
  if (hessian.some((row) => !row.every(Number.isFinite))) throw new ValueError('curvaturesOf: the Hessian is not finite\n  look for values in the data that are not finite, or too large to be squared');
  const matrix = hessian.map((row) => Float64Array.from(row));
  const scale = squares(matrix, () => true);
  for (let sweep = 0; sweep < mostSweeps && squares(matrix, (row, column) => row !== column) > negligible * scale; sweep++)
    for (let p = 0; p < matrix.length; p++) for (let q = p + 1; q < matrix.length; q++) rotate(matrix, p, q);
  const eigenvalues = matrix.map((row, index) => row[index] ?? 0);
  return { least: Math.min(...eigenvalues), most: Math.max(...eigenvalues) };
}

function squares(matrix: readonly Float64Array[], counts: (row: number, column: number) => boolean): number {
  return matrix.reduce((sum, elements, row) => elements.reduce((partial, element, column) => (counts(row, column) ? partial + element * element : partial), sum), 0);
}

/** Turns the plane of two axes so that the elements that couple them become 0. */
function rotate(matrix: readonly Float64Array[], p: number, q: number): void {
  const [first, second] = [matrix[p], matrix[q]];
  const coupling = first?.[q] ?? 0;
  if (first === undefined || second === undefined || coupling === 0) return;
  const ratio = ((second[q] ?? 0) - (first[p] ?? 0)) / (2 * coupling);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of matrix) {
    const [a, b] = [row[p] ?? 0, row[q] ?? 0];
    row[p] = cosine * a - sine * b;
    row[q] = sine * a + cosine * b;
  }
  for (let column = 0; column < matrix.length; column++) {
    const [a, b] = [first[column] ?? 0, second[column] ?? 0];
    first[column] = cosine * a - sine * b;
    second[column] = sine * a + cosine * b;
  }
}
