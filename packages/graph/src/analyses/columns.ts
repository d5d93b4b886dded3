/** Rows of cells as aligned lines: the first column to the left, numbers to the right, texts to the left. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[]): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    widths
      .map((width, column) => (right.includes(column) ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd(),
  );
}
