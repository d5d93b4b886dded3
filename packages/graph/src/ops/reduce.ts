import { givenOptions } from '../given.ts';
import { elementCount, type Shape } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { div, neg } from './elementwise.ts';
import { reshape } from './movement.ts';
import { resolveAxes, toTensor, type TensorLike } from './operand.ts';
import { sizeValue } from './source.ts';

/** How a reduction over axes is asked for. */
export interface ReduceOptions {
  /** The axes to reduce; negative counts from the end. Default: all. */
  readonly axes?: number | readonly number[];
  /** Keeps the reduced axes with size 1. Default: false. */
  readonly keepAxes?: boolean;
}

function kept(tensor: Tensor, reduced: Tensor, axes: readonly number[], options: ReduceOptions): Tensor {
  if (options.keepAxes !== true) return reduced;
  const shape: Shape = tensor.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return reshape(reduced, shape);
}

/** A reduction of one kind over the axes asked for. */
function reduced(primitive: 'sum' | 'reduceMax', operation: string, x: TensorLike, options: ReduceOptions): Tensor {
  const tensor = toTensor(x, operation);
  const axes = resolveAxes(givenOptions(options, operation, '{ axes: 0 }').axes, tensor, operation);
  if (axes.length === 0) return tensor;
  const shape = tensor.shape.filter((_, axis) => !axes.includes(axis));
  const result = intern({ primitive, inputs: [tensor], attributes: { axes }, shape, dtype: tensor.dtype });
  return kept(tensor, result, axes, options);
}

/**
 * The sum over some axes; over all of them a scalar.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(sum([[1, 2], [3, 4]])).item(); // => 10
 * evaluate(sum([[1, 2], [3, 4]], { axes: 0 })).toNested(); // => [4, 6]
 */
export function sum(x: TensorLike, options: ReduceOptions = {}): Tensor {
  return reduced('sum', 'sum', x, options);
}

/**
 * The largest element over some axes; equal ones share the gradient.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(reduceMax([[1, 5], [3, 4]])).item(); // => 5
 * evaluate(reduceMax([[1, 5], [3, 4]], { axes: 1 })).toNested(); // => [5, 4]
 */
export function reduceMax(x: TensorLike, options: ReduceOptions = {}): Tensor {
  return reduced('reduceMax', 'reduceMax', x, options);
}

/**
 * The smallest element over some axes; equal ones share the gradient.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(reduceMin([[1, 5], [3, 4]], { axes: 0 })).toNested(); // => [1, 4]
 */
export function reduceMin(x: TensorLike, options: ReduceOptions = {}): Tensor {
  return neg(reduced('reduceMax', 'reduceMin', neg(x), options));
}

/**
 * The arithmetic mean over some axes; over all of them a scalar.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(mean([[1, 2], [3, 6]])).item(); // => 3
 */
export function mean(x: TensorLike, options: ReduceOptions = {}): Tensor {
  const tensor = toTensor(x, 'mean');
  const axes = resolveAxes(givenOptions(options, 'mean', '{ axes: 0 }').axes, tensor, 'mean');
  const count = elementCount(tensor.shape.filter((_, axis) => axes.includes(axis)));
  return div(sum(tensor, options), sizeValue(count, tensor.dtype));
}
