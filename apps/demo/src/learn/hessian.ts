import type { NdArray } from '@xcorr/graph';
import { curvaturesOf, type Curvatures } from '@xcorr/nn';
import type { Size } from './problem.ts';

/**
 * How the squared error of a correlation curves in the taps. With A the matrix whose rows are the windows of the image,
 * the sum of the squares of A k - y has the Hessian 2 A^T A, the same for every k and y; their mean has it divided by
 * their number. Summed in double precision.
 *
 * @param image  [H, W]; for a loss that compares Laplacians, the image's Laplacian
 */
export function curvaturesIn(image: NdArray, kernel: Size, loss: 'sum' | 'mean'): Curvatures {
  const [tall, wide] = kernel;
  const [height = 0, width = 0] = image.shape;
  const [rows, columns] = [height - tall + 1, width - wide + 1];
  const taps = tall * wide;
  const scale = loss === 'sum' ? 2 : 2 / (rows * columns);
  const hessian = Array.from({ length: taps }, () => new Float64Array(taps));
  for (let p = 0; p < taps; p++)
    for (let q = p; q < taps; q++) {
      const value = scale * product(image.data, width, [rows, columns], offset(p, wide, width), offset(q, wide, width));
      for (const [row, column] of [[p, q], [q, p]] as const) hessian[row]?.fill(value, column, column + 1);
    }
  return curvaturesOf({ parameters: [], gradient: new Float64Array(taps), hessian });
}

/** Where a tap looks, from where its window begins. */
function offset(tap: number, wide: number, width: number): number {
  return Math.floor(tap / wide) * width + (tap % wide);
}

function product(data: NdArray['data'], width: number, [rows, columns]: Size, first: number, second: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const at = row * width + column;
      sum += (data[at + first] ?? 0) * (data[at + second] ?? 0);
    }
  return sum;
}
