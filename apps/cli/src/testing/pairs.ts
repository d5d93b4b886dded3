import { constant, corr2d, evaluate, NdArray } from '@xcorr/graph';
import { toMatrix } from '@xcorr/graph/analyses';
import { kernels, type Kernel } from '@xcorr/image';
import { partOfPhotograph, type Lesson } from '../learn/lesson.ts';
import type { ImageValues } from '../learn/read-values.ts';

/** 64 x 64 elements of the photograph. */
export async function smallPhotograph(): Promise<ImageValues> {
  const whole = await partOfPhotograph();
  const rows = Array.from({ length: 64 }, (_, row) => Array.from(whole.values.data.subarray((row + 30) * 160 + 40, (row + 30) * 160 + 104)));
  return { ...whole, values: evaluate(constant(rows)) };
}

/** In float64. */
export function widened({ values: { shape, data } }: ImageValues): NdArray {
  return new NdArray(shape, Float64Array.from(data));
}

/** The Laplacian, in float64. */
export function whitened(image: ImageValues): NdArray {
  return evaluate(corr2d(constant(widened(image), { dtype: 'float64' }), constant(kernels['laplacian-4'], { dtype: 'float64' })));
}

/** The kernel of least squares, by the matrix of the correlation and Gram and Schmidt, in float64: no gradient takes part. */
export function leastSquares({ input, target, kernel: [rows, columns] }: Lesson, whiten: boolean): Kernel {
  const seen = (image: ImageValues): NdArray => (whiten ? whitened(image) : widened(image));
  const image = constant(seen(input), { dtype: 'float64' });
  const none = constant(new NdArray([rows, columns], new Float64Array(rows * columns)), { dtype: 'float64' });
  const { shape: [count = 0, taps = 0], data } = evaluate(toMatrix(corr2d(image, none)).im2col.matrix);
  const residual = Float64Array.from(seen(target).data);
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  const take = (from: Float64Array, along: Float64Array, times: number): void => along.forEach((value, index) => void (from[index] = (from[index] ?? 0) - times * value));
  const matrix = Array.from({ length: taps }, (_, tap) => Float64Array.from({ length: count }, (__, row) => data[row * taps + tap] ?? 0));
  const upper: number[][] = [];
  const shares: number[] = [];
  for (const [tap, column] of matrix.entries()) {
    const length = Math.sqrt(dot(column, column));
    column.forEach((value, index) => void (column[index] = value / length));
    upper.push(matrix.map((other, index) => (index < tap ? 0 : index === tap ? length : dot(column, other))));
    for (const [index, other] of matrix.entries()) if (index > tap) take(other, column, upper[tap]?.[index] ?? 0);
    const share = dot(column, residual);
    take(residual, column, share);
    shares.push(share);
  }
  const solution = shares.slice();
  for (let tap = taps - 1; tap >= 0; tap--) {
    for (let later = tap + 1; later < taps; later++) solution[tap] = (solution[tap] ?? 0) - (upper[tap]?.[later] ?? 0) * (solution[later] ?? 0);
    solution[tap] = (solution[tap] ?? 0) / (upper[tap]?.[tap] ?? 1);
  }
  return Array.from({ length: rows }, (_, u) => solution.slice(u * columns, (u + 1) * columns));
}
