import type { Kernel } from '@xcorr/image';

export function transposed(matrix: Kernel): Kernel {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}

/** Turned by half a turn: the cross-correlation with it is the strict convolution with what was. */
export function flipped(matrix: Kernel): Kernel {
  return matrix.map((row) => row.toReversed()).toReversed();
}
