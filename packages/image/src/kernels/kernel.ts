/** The taps of a kernel, row by row: [h, w]. */
export type Kernel = readonly (readonly number[])[];

/** The taps of a kernel along each axis, [h, w], or one number for both. */
export type KernelSize = number | readonly [number, number];

/** column times row, each product divided once so that it is rounded once. */
export function outer(column: readonly number[], row: readonly number[], divisor = 1): Kernel {
  return column.map((vertical) => row.map((horizontal) => (vertical * horizontal) / divisor));
}

/** A value for each row and column, counted from the centre: from -(n - 1) / 2 to (n - 1) / 2. */
export function sampled([height, width]: readonly [number, number], at: (row: number, column: number) => number): Kernel {
  return positions(height).map((row) => positions(width).map((column) => at(row, column)));
}

/** The places of n taps, counted from their centre. */
export function positions(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index - (count - 1) / 2);
}

export function totalOf(kernel: Kernel): number {
  return kernel.flat().reduce((sum, tap) => sum + tap, 0);
}
