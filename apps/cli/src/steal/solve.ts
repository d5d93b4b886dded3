import type { Form } from './moments.ts';

/** The kernel of the least squared error. */
export interface Solution {
  /** [K] */
  readonly kernel: Float64Array;
  /** How many independent directions of the kernel the squared error tells apart: K, where one kernel is the best. */
  readonly rank: number;
  /** The diagonal of the inverse matrix, where there is one: by the variance of the errors, that of each tap. */
  readonly variances?: Float64Array;
}

/**
 * What is added to the diagonal, as a share of its largest element, where kernels are not told apart: of those that do the
 * same, nearly the smallest is found.
 */
export const ridge = 1e-10;

/**
 * Solves A k = c for the least k'(A k - 2 c).
 *
 * The rank comes from a Cholesky factorisation with diagonal pivoting, which ends at pivots that are rounding: below
 * K 2^-52 times the largest. Of full rank, the factor gives the solution; otherwise that of A + ridge max(A) I does.
 *
 * @see Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 10.3; LAPACK `dpstrf`
 * @example
 * solve({ taps: 2, matrix: Float64Array.of(2, 1, 1, 2), product: Float64Array.of(3, 0), squares: 9 }).kernel; // => Float64Array.of(2, -1)
 */
export function solve({ taps, matrix, product }: Form): Solution {
  const { lower, order, rank } = factored(matrix, taps);
  if (rank === taps) return { kernel: behind(lower, order, product), rank, variances: inverseDiagonal(lower, order) };
  const largest = Math.max(...Array.from({ length: taps }, (_, q) => matrix[q * taps + q] ?? 0));
  if (!(largest > 0)) return { kernel: new Float64Array(taps), rank };
  const raised = matrix.map((each, at) => (at % (taps + 1) === 0 ? each + ridge * largest : each));
  const again = factored(raised, taps);
  return { kernel: behind(again.lower, again.order, product), rank };
}

interface Factor {
  /** Rows of L, lower triangular, of L L' = the matrix in the order below. */
  readonly lower: readonly Float64Array[];
  readonly order: readonly number[];
  readonly rank: number;
}

function factored(matrix: Float64Array, taps: number): Factor {
  const order = Array.from({ length: taps }, (_, q) => q);
  const lower = order.map(() => new Float64Array(taps));
  // What is left of the diagonal, in the order of the rows.
  const left = Float64Array.from(order, (q) => matrix[q * taps + q] ?? 0);
  const negligible = taps * Number.EPSILON * Math.max(0, ...left);
  for (let step = 0; step < taps; step++) {
    let pivot = step;
    for (let row = step + 1; row < taps; row++) if ((left[row] ?? 0) > (left[pivot] ?? 0)) pivot = row;
    if (!((left[pivot] ?? 0) > negligible)) return { lower, order, rank: step };
    exchange(order, step, pivot);
    exchange(lower, step, pivot);
    exchange(left, step, pivot);
    const own = lower[step];
    const root = Math.sqrt(left[step] ?? 0);
    if (own === undefined) continue;
    for (let row = step + 1; row < taps; row++) {
      const other = lower[row];
      if (other === undefined) continue;
      const element = ((matrix[(order[row] ?? 0) * taps + (order[step] ?? 0)] ?? 0) - dot(other, own, step)) / root;
      other[step] = element;
      left[row] = (left[row] ?? 0) - element * element;
    }
    own[step] = root;
  }
  return { lower, order, rank: taps };
}

function exchange<Element>(list: { [index: number]: Element }, a: number, b: number): void {
  const [first, second] = [list[a], list[b]];
  if (first === undefined || second === undefined) return;
  list[a] = second;
  list[b] = first;
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** k of A k = c. */
function behind(lower: readonly Float64Array[], order: readonly number[], product: Float64Array): Float64Array {
  const found = Float64Array.from(order, (q) => product[q] ?? 0);
  for (const [row, elements] of lower.entries()) found[row] = ((found[row] ?? 0) - dot(elements, found, row)) / (elements[row] ?? 1);
  for (let row = lower.length - 1; row >= 0; row--) {
    const elements = lower[row] ?? found;
    const value = (found[row] ?? 0) / (elements[row] ?? 1);
    found[row] = value;
    for (let at = 0; at < row; at++) found[at] = (found[at] ?? 0) - (elements[at] ?? 0) * value;
  }
  const kernel = new Float64Array(order.length);
  for (const [row, q] of order.entries()) kernel[q] = found[row] ?? 0;
  return kernel;
}

/** Of (L L')^-1: the squares of L^-1's columns, summed. */
function inverseDiagonal(lower: readonly Float64Array[], order: readonly number[]): Float64Array {
  const diagonal = new Float64Array(order.length);
  for (const [column, q] of order.entries()) {
    const solved = new Float64Array(order.length);
    solved[column] = 1;
    let total = 0;
    for (let row = column; row < lower.length; row++) {
      const elements = lower[row] ?? solved;
      let rest = row === column ? 1 : 0;
      for (let at = column; at < row; at++) rest -= (elements[at] ?? 0) * (solved[at] ?? 0);
      const value = rest / (elements[row] ?? 1);
      solved[row] = value;
      total += value * value;
    }
    diagonal[q] = total;
  }
  return diagonal;
}
