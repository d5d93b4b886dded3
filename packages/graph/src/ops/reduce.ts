import { elementCount, type Shape } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { div } from './elementwise.ts';
import { reshape } from './movement.ts';
import { resolveAxes, toTensor, type TensorLike } from './operand.ts';
import { sizeValue } from './source.ts';

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

/**
 * The sum over some axes; over all of them a scalar.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(sum([[1, 2], [3, 4]])).item(); // => 10
 * evaluate(sum([[1, 2], [3, 4]], { axes: 0 })).toNested(); // => [4, 6]
 */
export function sum(x: TensorLike, options: ReduceOptions = {}): Tensor {
  const tensor = toTensor(x, 'sum');
  const axes = resolveAxes(options.axes, tensor, 'sum');
  if (axes.length === 0) return tensor;
  const shape = tensor.shape.filter((_, axis) => !axes.includes(axis));
  const reduced = intern({ primitive: 'sum', inputs: [tensor], attributes: { axes }, shape, dtype: tensor.dtype });
  return kept(tensor, reduced, axes, options);
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
  const axes = resolveAxes(options.axes, tensor, 'mean');
  const count = elementCount(tensor.shape.filter((_, axis) => axes.includes(axis)));
  return div(sum(tensor, options), sizeValue(count, tensor.dtype));
}
