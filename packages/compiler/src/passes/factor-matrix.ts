/** A matrix, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Sums of products: element [i, j] is the sum over r of left[i * rank + r] * right[r * columns + j]. */
export interface MatrixFactors {
  readonly rank: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** The element of a product of factors, its terms in order. */
export function productAt({ rank, left, right }: MatrixFactors, columns: number, i: number, j: number): number {
  let total = 0;
  for (let r = 0; r < rank; r++) total += (left[i * rank + r] ?? 0) * (right[r * columns + j] ?? 0);
  return total;
}

/** The largest distance of a product from the matrix, for each element as a part of what `scale` gives for it. */
function distance({ rows, columns, data }: Matrix, factors: MatrixFactors, scale: (element: number) => number): number {
  let largest = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const element = data[i * columns + j] ?? 0;
      const difference = Math.abs(productAt(factors, columns, i, j) - element);
      if (difference > 0) largest = Math.max(largest, difference / scale(element));
    }
  return largest;
}

/** Gaussian elimination of as many rows and columns, each by the element that `isBetter` prefers among those that are left. */
function eliminated({ rows, columns, data }: Matrix, rank: number, isBetter: (size: number, best: number) => boolean): MatrixFactors {
  const rest = data.slice();
  const [left, right] = [new Float64Array(rows * rank), new Float64Array(rank * columns)];
  for (let r = 0; r < rank; r++) {
    let pivot = -1;
    rest.forEach((element, position) => {
      const best = Math.abs(rest[pivot] ?? 0);
      if (element !== 0 && (pivot < 0 || isBetter(Math.abs(element), best))) pivot = position;
    });
    if (pivot < 0) break;
    const [row, column, by] = [Math.floor(pivot / columns), pivot % columns, rest[pivot] ?? 1];
    for (let i = 0; i < rows; i++) left[i * rank + r] = rest[i * columns + column] ?? 0;
    for (let j = 0; j < columns; j++) right[r * columns + j] = (rest[row * columns + j] ?? 0) / by;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const at = i * columns + j;
        rest[at] = i === row || j === column ? 0 : (rest[at] ?? 0) - (left[i * rank + r] ?? 0) * (right[r * columns + j] ?? 0);
      }
  }
  return { rank, left, right };
}

/** Solves a symmetric positive system of few unknowns; undefined where it is singular. */
function solved(system: number[][], values: number[]): number[] | undefined {
  const size = values.length;
  for (let k = 0; k < size; k++) {
    const pivot = system[k]?.[k] ?? 0;
    if (!(Math.abs(pivot) > 0)) return undefined;
    for (let i = k + 1; i < size; i++) {
      const by = (system[i]?.[k] ?? 0) / pivot;
      system[i] = (system[i] ?? []).map((each, j) => each - by * (system[k]?.[j] ?? 0));
      values[i] = (values[i] ?? 0) - by * (values[k] ?? 0);
    }
  }
  const result: number[] = [];
  for (let k = size - 1; k >= 0; k--) {
    const known = result.reduce((sum, each, j) => sum + each * (system[k]?.[k + 1 + j] ?? 0), 0);
    result.unshift(((values[k] ?? 0) - known) / (system[k]?.[k] ?? 1));
  }
  return result;
}

/** How often factors are refined. */
const refinements = 24;

/**
 * Factors nearer to the matrix: one side after the other by least squares of the relative distances (Lawson's weights: what
 * is farthest off counts more in the next round), until none is farther off than `tolerance`.
 */
function refined(matrix: Matrix, start: MatrixFactors, tolerance: number): MatrixFactors | undefined {
  const { rows, columns, data } = matrix;
  const { rank } = start;
  const [left, right] = [start.left.slice(), start.right.slice()];
  const factors = { rank, left, right };
  const weights = data.map((element) => (element === 0 ? 0 : 1 / (element * element)));
  /** Solves for each line of one side, with the other as it is. */
  const solve = (lines: number, others: number, at: (line: number, other: number) => number, own: (line: number, r: number) => [Float64Array, number], known: (other: number, r: number) => number): boolean => {
    for (let line = 0; line < lines; line++) {
      const system = Array.from({ length: rank }, () => Array.from({ length: rank }, () => 0));
      const values = Array.from({ length: rank }, () => 0);
      for (let other = 0; other < others; other++) {
        const weight = weights[at(line, other)] ?? 0;
        for (let r = 0; r < rank; r++) {
          const term = weight * known(other, r);
          values[r] = (values[r] ?? 0) + term * (data[at(line, other)] ?? 0);
          const equation = system[r] ?? [];
          for (let s = 0; s < rank; s++) equation[s] = (equation[s] ?? 0) + term * known(other, s);
        }
      }
      if (system.every((equation) => equation.every((each) => each === 0))) continue;
      const solution = solved(system, values);
      if (solution === undefined) return false;
      solution.forEach((value, r) => {
        const [array, place] = own(line, r);
        array[place] = value;
      });
    }
    return true;
  };
  for (let round = 0; round < refinements; round++) {
    const isSolved =
      solve(rows, columns, (i, j) => i * columns + j, (i, r) => [left, i * rank + r], (j, r) => right[r * columns + j] ?? 0) &&
      solve(columns, rows, (j, i) => i * columns + j, (j, r) => [right, r * columns + j], (i, r) => left[i * rank + r] ?? 0);
    if (!isSolved) return undefined;
    const farthest = distance(matrix, factors, Math.abs);
    if (farthest <= tolerance) return factors;
    if (!(farthest < 8 * tolerance)) return undefined;
    data.forEach((element, position) => {
      if (element === 0) return;
      const [i, j] = [Math.floor(position / columns), position % columns];
      weights[position] = (weights[position] ?? 0) * (0.25 + Math.abs(productAt(factors, columns, i, j) / element - 1) / farthest);
    });
  }
  return undefined;
}

/** Elements of what is left by elimination are nothing if they are this small a part of the largest. */
const nearlyNothing = 2 ** -18;

/**
 * A matrix as a sum of `rank` products of a column and a row, each element within `tolerance` of what it was, relatively:
 * exactly where elimination finds that, else by least squares. undefined where there is no such sum to be found.
 */
export function factorMatrix(matrix: Matrix, rank: number, tolerance: number): MatrixFactors | undefined {
  // Of whole numbers the smallest divide others most often.
  const exact = eliminated(matrix, rank, (size, best) => size < best);
  if (distance(matrix, exact, () => 1) === 0) return exact;
  const start = eliminated(matrix, rank, (size, best) => size > best);
  const largest = matrix.data.reduce((most, element) => Math.max(most, Math.abs(element)), 0);
  return distance(matrix, start, () => largest) > nearlyNothing ? undefined : refined(matrix, start, tolerance);
}
