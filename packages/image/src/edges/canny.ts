import { constant, equalShapes, evaluate, printShape, ShapeError, ValueError, type NdArray, type TypedArray } from '@xcorr/graph';
import { asNdArray } from '../picture/array.ts';
import { checkedPicture, type Picture } from '../picture.ts';
import { cannyGradients, type CannyGradientsOptions } from './canny-gradients.ts';
import { checkNorm, tangent, type GradientNorm } from './gradient-norm.ts';
import { traceEdges, type EdgeMap } from './hysteresis.ts';
import { checkThresholds, classOf, type Thresholds } from './thresholds.ts';

/** The thresholds are of the gradient's norm: of a step by 1, Sobel's 3 x 3 gives 4. */
export interface CannyOptions extends Thresholds {
  /** Default: `L1`, as in OpenCV. */
  readonly norm?: GradientNorm;
}

/**
 * Canny's edges from the gradients of a picture: lines one element wide, where the norm of the gradient is largest
 * across the edge (see `nonMaximumSuppression` for directions and ties) and exceeds the thresholds (see `hysteresis`).
 * Time grows as the number of elements.
 *
 * The gradients come from any graph, on any backend. With those of `cannyGradients` of bytes, the edges are those of
 * `cv::Canny`, element for element, borders included; for its apertureSize 3 and 5, and its L2gradient as the norm `L2`.
 * Where OpenCV exchanges thresholds whose low exceeds high, this refuses them. A gradient that is not a number is no edge.
 *
 * @param dx  [H, W], positive where the picture gets brighter to the right
 * @param dy  [H, W], positive where it gets brighter downwards
 * @throws ShapeError when dx and dy are not of one shape with two axes; ValueError when a threshold is no number of at
 *   least 0, low exceeds high, or the norm is unknown.
 * @see Canny, "A Computational Approach to Edge Detection", 1986
 * @example
 * const picture: Picture = { width: 4, height: 3, channels: 1, data: Uint8Array.of(9, 9, 80, 80, 9, 9, 80, 80, 9, 9, 80, 80) };
 * const X = input('picture', ['H', 'W'], { storage: 'uint8' });
 * const program = compile({ inputs: { X }, outputs: cannyGradients(X) }, js());
 * const { dx, dy } = program.run({ X: asNdArray(picture) });
 * const edges = cannyFromGradients(dx, dy, { low: 50, high: 150 });
 * [...edges.data]; // => [0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0]
 */
export function cannyFromGradients(dx: NdArray, dy: NdArray, options: CannyOptions): EdgeMap {
  const { low, high, norm = 'L1' } = options;
  const [height, width, ...rest] = dx.shape;
  if (height === undefined || width === undefined || rest.length > 0 || !equalShapes(dx.shape, dy.shape))
    throw new ShapeError(`cannyFromGradients: dx and dy of one shape [H, W] are expected, not ${printShape(dx.shape)} and ${printShape(dy.shape)}`);
  checkThresholds({ low, high }, 'cannyFromGradients');
  checkNorm(norm, 'cannyFromGradients');
  return traceEdges(labelledMaxima(dx.data, dy.data, width, { low, high, norm }), width);
}

/**
 * Canny's edges of a grey picture: `cannyFromGradients` of its `cannyGradients`.
 *
 * It evaluates the graph by the reference interpreter, which is slow: several seconds for a million elements. For
 * more, and for pictures one after another, compile `cannyGradients` once; the example of `cannyFromGradients` does so.
 *
 * @throws ValueError when the picture is not grey or not filled, a threshold is no number of at least 0, low exceeds
 *   high, or the aperture or the norm is unknown.
 * @example
 * const step: Picture = { width: 4, height: 2, channels: 1, data: Uint8Array.of(0, 0, 90, 90, 0, 0, 90, 90) };
 * [...canny(step, { low: 100, high: 200 }).data]; // => [0, 255, 0, 0, 0, 255, 0, 0]
 */
export function canny(picture: Picture, { aperture = 3, ...options }: CannyOptions & CannyGradientsOptions): EdgeMap {
  const { channels } = checkedPicture(picture, 'canny');
  if (channels !== 1) throw new ValueError(`canny: a picture of ${channels} channels; give a grey one, such as \`grey\` makes`);
  const { dx, dy } = cannyGradients(constant(asNdArray(picture)), { aperture });
  return cannyFromGradients(evaluate(dx), evaluate(dy), options);
}

/**
 * The label of each element: of its norm where that is a local maximum across the edge, none elsewhere. The laws are
 * those of `nonMaximumSuppression`; norms of three rows are held at a time, 0 beyond the ends.
 */
function labelledMaxima(dx: TypedArray, dy: TypedArray, width: number, { low, high, norm }: Required<CannyOptions>): Uint8Array {
  const labels = new Uint8Array(dx.length);
  const height = dx.length / width;
  // Of L2, squares are compared: the same order, and exact for whole numbers.
  const [weak, sure] = norm === 'L1' ? [low, high] : [low * low, high * high];
  let [above, here, below] = [new Float64Array(width + 2), new Float64Array(width + 2), new Float64Array(width + 2)];
  fillNorms(below, dx, dy, 0, width, norm);
  for (let row = 0; row < height; row++) {
    [above, here, below] = [here, below, above];
    if (row + 1 < height) fillNorms(below, dx, dy, (row + 1) * width, width, norm);
    else below.fill(0);
    for (let column = 1; column <= width; column++) {
      const n = here[column] ?? 0;
      if (!(n > weak)) continue;
      const at = row * width + column - 1;
      const gx = dx[at] ?? 0;
      const gy = dy[at] ?? 0;
      if (isMaximum(n, gx, gy, column, above, here, below)) labels[at] = classOf(n, weak, sure);
    }
  }
  return labels;
}

/** Writes the norms of one row behind its first element, which is beyond the end. */
function fillNorms(norms: Float64Array, dx: TypedArray, dy: TypedArray, start: number, width: number, norm: GradientNorm): void {
  for (let column = 0; column < width; column++) {
    const gx = dx[start + column] ?? 0;
    const gy = dy[start + column] ?? 0;
    norms[column + 1] = norm === 'L1' ? Math.abs(gx) + Math.abs(gy) : gx * gx + gy * gy;
  }
}

/** True where the norm n is largest across the edge, by the comparisons that `nonMaximumSuppression` states. */
function isMaximum(n: number, gx: number, gy: number, column: number, above: Float64Array, here: Float64Array, below: Float64Array): boolean {
  const x = Math.abs(gx);
  const y = Math.abs(gy);
  if (y < tangent * x) return n > (here[column - 1] ?? 0) && n >= (here[column + 1] ?? 0);
  if (y > (tangent + 2) * x) return n > (above[column] ?? 0) && n >= (below[column] ?? 0);
  const side = gx < 0 === gy < 0 ? 1 : -1;
  return n > (above[column - side] ?? 0) && n > (below[column + side] ?? 0);
}
