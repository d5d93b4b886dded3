import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { resolvePadding, type Padding } from './correlate.ts';
import { div } from './elementwise.ts';
import { pad } from './movement.ts';
import { operandLine, shapeError, toTensor, type TensorLike } from './operand.ts';
import { windowsAs } from './rearrange.ts';
import { reduceMax, sum } from './reduce.ts';
import { full, sizeValue } from './source.ts';
import { elementCount } from '../shape.ts';
import { perAxis, type PerAxis } from './window.ts';

/** How windows slide over what is pooled. */
export interface PoolOptions {
  /** Distance of neighbouring windows. Default: the window's size, so that windows do not overlap. */
  readonly strides?: PerAxis;
  /** Default: `valid`. Padded elements take no part in a maximum or a mean. */
  readonly padding?: Padding;
}

interface Pooling {
  readonly x: Tensor;
  /** All windows of a tensor of x's shape, padded with a value, and the axes of the windows' elements. */
  readonly windowsOf: (tensor: Tensor, value: number) => Tensor;
  readonly axes: readonly number[];
  readonly isPadded: boolean;
}

function pooling(operation: string, x: TensorLike, size: readonly number[], options: PoolOptions): Pooling {
  const tensor = toTensor(x, operation);
  const first = tensor.shape.length - size.length;
  if (first < 0 || size.length === 0)
    throw shapeError(`${operation}: a window of ${size.length} axes over ${tensor.shape.length}`, [operandLine(tensor, 'input')], {
      text: 'give one window size for each spatial axis, the last axes of the input',
    });
  const spatial = tensor.shape.slice(first);
  const strides = perAxis(options.strides ?? size, size.length, 'strides', operation);
  const padding = resolvePadding(options.padding ?? 'valid', spatial, size, strides, operation);
  const zeros: Shape = tensor.shape.slice(0, first).map(() => 0);
  const low = [...zeros, ...padding.map(([before]) => before)];
  const high = [...zeros, ...padding.map(([, behind]) => behind)];
  return {
    x: tensor,
    windowsOf: (each, value) => windowsAs(operation, pad(each, { low, high, value }), size, { strides }),
    axes: size.map((_, axis) => tensor.shape.length + axis),
    isPadded: [...low, ...high].some((each) => each !== 0),
  };
}

/**
 * The largest element of each window over the last axes; equal ones share the gradient.
 *
 * @param x     [...batch, ...spatial]
 * @param size  the window, one size for each spatial axis
 * @returns     [...batch, ...floor((padded - size) / stride) + 1]
 * @throws ShapeError when a window does not fit.
 * @see Dive into Deep Learning, "Pooling"
 * @example
 * evaluate(maxPool([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [2, 2], { strides: 1 })).toNested(); // => [[4, 5], [7, 8]]
 */
export function maxPool(x: TensorLike, size: readonly number[], options: PoolOptions = {}): Tensor {
  const { x: tensor, windowsOf, axes } = pooling('maxPool', x, size, options);
  return reduceMax(windowsOf(tensor, -Infinity), { axes });
}

/**
 * The mean of each window over the last axes; padded elements are not counted (TensorFlow's convention).
 *
 * @param x     [...batch, ...spatial]
 * @param size  the window, one size for each spatial axis
 * @returns     [...batch, ...floor((padded - size) / stride) + 1]
 * @throws ShapeError when a window does not fit.
 * @see Dive into Deep Learning, "Pooling"
 * @example
 * evaluate(averagePool([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [2, 2], { strides: 1 })).toNested(); // => [[2, 3], [5, 6]]
 */
export function averagePool(x: TensorLike, size: readonly number[], options: PoolOptions = {}): Tensor {
  const { x: tensor, windowsOf, axes, isPadded } = pooling('averagePool', x, size, options);
  const total = sum(windowsOf(tensor, 0), { axes });
  if (!isPadded) return div(total, sizeValue(elementCount(size), tensor.dtype));
  return div(total, sum(windowsOf(full(tensor.shape, 1, { dtype: tensor.dtype }), 0), { axes }));
}
