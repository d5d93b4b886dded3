/**
 * The rank of a matrix of whole numbers, without rounding.
 *
 * @see Bareiss, "Sylvester's Identity and Multistep Integer-Preserving Gaussian Elimination", 1968
 * @example
 * rank([[1, 2], [2, 4]]); // => 1
 */
export function rank(matrix: readonly (readonly number[])[]): number {
  let rows: readonly (readonly bigint[])[] = matrix.map((row) => row.map(BigInt));
  let before = 1n;
  let found = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0); column++) {
    const at = rows.findIndex((row) => row[column] !== 0n);
    const chosen = rows[at];
    if (chosen === undefined) continue;
    const head = chosen[column] ?? 0n;
    const divisor = before;
    // Every division leaves no remainder: what is divided is a minor of the matrix, times the divisor.
    rows = rows.filter((_, index) => index !== at).map((row) => row.map((value, each) => (value * head - (row[column] ?? 0n) * (chosen[each] ?? 0n)) / divisor));
    before = head;
    found++;
  }
  return found;
}
