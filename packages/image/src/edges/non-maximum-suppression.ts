import {
  abs,
  add,
  constant,
  equal,
  equalShapes,
  greater,
  greaterEqual,
  isTensor,
  less,
  mul,
  pad,
  printShape,
  select,
  ShapeError,
  sqrt,
  square,
  sub,
  type Tensor,
  type TensorLike,
} from '@xcorr/graph';
import { checkNorm, tangent, type GradientNorm } from './gradient-norm.ts';

export interface NonMaximumSuppressionOptions {
  /** Default: `L1`, as in OpenCV. */
  readonly norm?: GradientNorm;
}

/**
 * Thins edges to lines: the norm of the gradient where it is largest across the edge, 0 elsewhere, as a graph to be
 * compiled. An element is compared with two of its eight neighbours, in one of four directions that the gradient has
 * within 22.5 degrees. Beyond the ends all norms are 0. The conventions are those of cv::Canny, of which this is the
 * second step; of two equal neighbours across an edge one is kept:
 *
 *   |dy| < tan 22.5 |dx|          n > left and n >= right
 *   |dy| > (tan 22.5 + 2) |dx|    n > above and n >= below
 *   else, dx and dy of one sign   n > above left and n > below right
 *   else                          n > above right and n > below left
 *
 * tan 22.5 is 13573 / 32768 here; tan 67.5 is tan 22.5 + 2. All comparisons are exact in float32 where dx and dy are
 * whole numbers below 1237, as Sobel's 3 x 3 of bytes are; larger ones are exact in float64.
 *
 * What is kept has the derivative of the norm, what is not has 0: where an element starts to be kept, the result jumps.
 *
 * @param dx  [H, W]
 * @param dy  [H, W]
 * @returns  [H, W]
 * @throws ShapeError when dx and dy are not of one shape with two axes.
 * @see Canny, "A Computational Approach to Edge Detection", 1986, section VIII
 * @example
 * evaluate(nonMaximumSuppression([[0, 2, 3, 3, 1]], [[0, 0, 0, 0, 0]])).toNested(); // => [[0, 0, 3, 0, 0]]
 */
export function nonMaximumSuppression(dx: TensorLike, dy: TensorLike, { norm = 'L1' }: NonMaximumSuppressionOptions = {}): Tensor {
  const dtype = [dx, dy].find((each) => isTensor(each))?.dtype ?? 'float32';
  const asTensor = (each: TensorLike): Tensor => (isTensor(each) ? each : constant(each, { dtype }));
  const [gx, gy] = [asTensor(dx), asTensor(dy)];
  if (gx.shape.length !== 2 || !equalShapes(gx.shape, gy.shape))
    throw new ShapeError(`nonMaximumSuppression: dx and dy of one shape [H, W] are expected, not ${printShape(gx.shape)} and ${printShape(gy.shape)}`);
  checkNorm(norm, 'nonMaximumSuppression');
  const [x, y] = [abs(gx), abs(gy)];
  // Squares are compared rather than roots: the same order, and exact where squares are.
  const n = norm === 'L1' ? add(x, y) : add(square(gx), square(gy));
  const peak = (before: Tensor, behind: Tensor): Tensor => mul(greater(n, before), greater(n, behind));
  const border = mul(tangent, x);
  const horizontal = mul(greater(n, neighbour(n, 0, -1)), greaterEqual(n, neighbour(n, 0, 1)));
  const vertical = mul(greater(n, neighbour(n, -1, 0)), greaterEqual(n, neighbour(n, 1, 0)));
  const falling = peak(neighbour(n, -1, -1), neighbour(n, 1, 1));
  const rising = peak(neighbour(n, -1, 1), neighbour(n, 1, -1));
  const diagonal = select(equal(less(gx, 0), less(gy, 0)), falling, rising);
  // y - 2x has no more bits than x and y; (tan + 2) x would have.
  const steep = greater(sub(y, mul(2, x)), border);
  const kept = select(less(y, border), horizontal, select(steep, vertical, diagonal));
  if (norm === 'L1') return select(kept, n, 0);
  // What is kept exceeds a neighbour, so it is not 0, where the root has no derivative.
  return select(kept, sqrt(select(kept, n, 1)), 0);
}

/** The elements below by `rows` and to the right by `columns`; 0 beyond the ends. */
function neighbour(x: Tensor, rows: number, columns: number): Tensor {
  return pad(x, { low: [-rows, -columns], high: [rows, columns] });
}
