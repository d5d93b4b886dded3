export type Place = { readonly row: number; readonly column: number };

/** Where a key leads from an element of a map: never over its ends. Enter and Space stay; undefined for other keys. */
export function moved({ row, column }: Place, key: string, { rows, columns }: { readonly rows: number; readonly columns: number }): Place | undefined {
  switch (key) {
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    case 'Enter':
    case ' ':
      return { row, column };
    default:
      return undefined;
  }
}
