import type { Matrix } from '@xcorr/golden';
import type { NdArray } from '@xcorr/graph';

/** [rows, columns] */
export function sizeOf(matrix: Matrix): readonly [number, number] {
  return [matrix.length, matrix[0]?.length ?? 0];
}

/** The elements in rows of this many; unit axes, such as those of a batch or of channels, vanish. */
export function rowsOf(values: NdArray, columns: number): Matrix {
  const data = [...values.data];
  return Array.from({ length: data.length / columns }, (_, row) => data.slice(row * columns, (row + 1) * columns));
}

export function flipped(matrix: Matrix): Matrix {
  return matrix.map((row) => [...row].reverse()).reverse();
}
