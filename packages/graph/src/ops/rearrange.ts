import { ValueError } from '../errors.ts';
import { givenList } from '../given.ts';
import { equalIntegers, floorDivide, plus, times } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import type { WindowAttributes } from '../primitives.ts';
import { isEmptySize, printShape, type Shape, type Size } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { dilated, perAxis, type PerAxis } from './window.ts';
import { givenShape, operandLine, resolveAxis, shapeError, toTensor, toTensors, type TensorLike } from './operand.ts';

/**
 * Tensors one behind the other along an axis.
 *
 * @param tensors at least one; equal in all axes but this one
 * @throws ShapeError when another axis differs.
 * @example
 * evaluate(concat([[1, 2], [3]])).toNested(); // => [1, 2, 3]
 */
export function concat(tensors: readonly TensorLike[], axis = 0): Tensor {
  const operands = toTensors(tensors, 'concat');
  const [first] = operands;
  if (first === undefined) throw new ValueError('concat: an empty list; give at least one tensor');
  const along = resolveAxis(axis, first, 'concat');
  const differs = operands.find(
    (each) => each.shape.length !== first.shape.length || each.shape.some((size, at) => at !== along && !equalIntegers(size, first.shape[at] ?? 0)),
  );
  if (differs !== undefined)
    throw shapeError(`concat: the shapes differ in another axis than ${along}`, [operandLine(first, 'first'), operandLine(differs, 'other')], {
      text: `all axes but axis ${along} must be equal`,
    });
  if (operands.length === 1) return first;
  const total = operands.reduce<Size>((sum, each) => plus(sum, each.shape[along] ?? 0), 0);
  const shape = first.shape.map((size, at) => (at === along ? total : size));
  return intern({ primitive: 'concat', inputs: operands, attributes: { axis: along }, shape, dtype: first.dtype });
}

/**
 * The elements of an axis that an index map names, in its order; an element may be named more than once.
 *
 * @param map whole numbers; negative ones count from the end
 * @throws ShapeError when the axis has a named size, or an index lies outside of it.
 * @example
 * evaluate(take([10, 20, 30], [2, 0, 0])).toNested(); // => [30, 10, 10]
 */
export function take(x: TensorLike, map: readonly number[], axis = 0): Tensor {
  const tensor = toTensor(x, 'take');
  const along = resolveAxis(axis, tensor, 'take');
  const size = tensor.shape[along] ?? 1;
  if (typeof size !== 'number')
    throw shapeError(`take: axis ${along} has the named size ${printInteger(size)}`, [operandLine(tensor, 'operand')], {
      text: 'an index map needs an axis whose size is a number; slice, flip and concat take named sizes',
    });
  const wrong = givenList(map, 'take: the index map', 'give the indices in their new order: [2, 0]').find((index) => !Number.isInteger(index) || index < -size || index >= size);
  if (map.length === 0 || wrong !== undefined)
    throw shapeError(`take: ${wrong === undefined ? 'the index map is empty' : `the index ${wrong} lies outside axis ${along}`}`, [operandLine(tensor, 'operand')], {
      text: `indices must be whole numbers from ${-size} to ${size - 1}, at least one`,
      axis: along,
    });
  return takeNode(tensor, map.map((index) => (index < 0 ? index + size : index)), along);
}

/** take by a map that is known to fit the axis. */
export function takeNode(x: Tensor, map: readonly number[], axis: number): Tensor {
  const shape = x.shape.map((each, at) => (at === axis ? map.length : each));
  return intern({ primitive: 'take', inputs: [x], attributes: { axis, map }, shape, dtype: x.dtype });
}

/** The adjoint of take: element i of the axis is the sum of all elements p with map[p] = i. */
export function scatter(x: Tensor, map: readonly number[], axis: number, size: number): Tensor {
  const shape = x.shape.map((each, at) => (at === axis ? size : each));
  return intern({ primitive: 'scatter', inputs: [x], attributes: { axis, map, size }, shape, dtype: x.dtype });
}

export interface WindowOptions {
  /** Distance of neighbouring windows. Default: 1. */
  readonly strides?: PerAxis;
  /** Distance of neighbouring elements of a window. Default: 1. */
  readonly dilations?: PerAxis;
}

/**
 * All windows of a size over the last axes (im2col): the positions as axes, then the elements of each window.
 *
 *   y[b, p, u] = x[b, p * stride + u * dilation]
 *
 * @param x     [...batch, ...spatial]
 * @param size  the window: one size for each spatial axis
 * @returns     [...batch, ...positions, ...window]
 * @throws ShapeError when a window does not fit.
 * @example
 * evaluate(windows([1, 2, 3], [2])).toNested(); // => [[1, 2], [2, 3]]
 */
export function windows(x: TensorLike, size: Shape, options: WindowOptions = {}): Tensor {
  return windowsAs('windows', x, size, options);
}

/** windows under another name, of which errors then speak. */
export function windowsAs(operation: string, x: TensorLike, size: Shape, options: WindowOptions): Tensor {
  const tensor = toTensor(x, operation);
  const window = givenShape(size, operation);
  const first = tensor.shape.length - window.length;
  if (first < 0)
    throw shapeError(`${operation}: a window of ${window.length} axes over ${tensor.shape.length}`, [operandLine(tensor, 'operand')], { text: 'a window has at most the axes of the tensor' });
  const strides = perAxis(options.strides, window.length, 'strides', operation);
  const dilations = perAxis(options.dilations, window.length, 'dilations', operation);
  const positions = window.map((size, axis): Size => {
    const room = plus(tensor.shape[first + axis] ?? 1, times(-1, dilated(size, dilations[axis] ?? 1)));
    if (isEmptySize(plus(room, 1)))
      throw shapeError(`${operation}: a window of ${printInteger(size)} elements does not fit axis ${first + axis}`, [operandLine(tensor, 'operand')], {
        text: 'dilation x (window - 1) + 1 must not exceed the size',
        axis: first + axis,
      });
    return plus(floorDivide(room, strides[axis] ?? 1), 1);
  });
  const shape = [...tensor.shape.slice(0, first), ...positions, ...window];
  return windowsNode(tensor, { window, strides, dilations }, shape);
}

/** windows that are known to fit and to give this shape. */
export function windowsNode(x: Tensor, { window, strides, dilations }: WindowAttributes, shape: Shape): Tensor {
  return intern({ primitive: 'windows', inputs: [x], attributes: { window, strides, dilations }, shape, dtype: x.dtype });
}

/**
 * The adjoint of windows: every window is added back where it came from.
 *
 *   x[b, i] = sum over p, u with p * stride + u * dilation = i of  y[b, p, u]
 *
 * @param y     [...batch, ...positions, ...window], as windows gives it
 * @param size  the sizes of the spatial axes of the result
 * @throws ShapeError when windows over such axes would not have the operand's shape.
 * @example
 * evaluate(overlapAdd([[1, 2], [2, 3]], [3])).toNested(); // => [1, 4, 3]
 */
export function overlapAdd(y: TensorLike, size: Shape, options: WindowOptions = {}): Tensor {
  const tensor = toTensor(y, 'overlapAdd');
  const extents = givenShape(size, 'overlapAdd');
  const axes = extents.length;
  const first = tensor.shape.length - 2 * axes;
  const window = tensor.shape.slice(first + axes);
  const strides = perAxis(options.strides, axes, 'strides', 'overlapAdd');
  const dilations = perAxis(options.dilations, axes, 'dilations', 'overlapAdd');
  const fits =
    first >= 0 &&
    extents.every((each, axis) => {
      const room = plus(each, times(-1, dilated(window[axis] ?? 1, dilations[axis] ?? 1)));
      return equalIntegers(plus(floorDivide(room, strides[axis] ?? 1), 1), tensor.shape[first + axis] ?? 0);
    });
  if (!fits)
    throw shapeError(`overlapAdd: the operand holds no windows over ${printShape(extents)}`, [operandLine(tensor, 'operand')], {
      text: 'the axes must be [...batch, ...positions, ...window] with positions = floor((size - dilation x (window - 1) - 1) / stride) + 1',
    });
  return overlapAddNode(tensor, { window, strides, dilations }, [...tensor.shape.slice(0, first), ...extents]);
}

/** overlapAdd of windows over a tensor of this shape. */
export function overlapAddNode(y: Tensor, { window, strides, dilations }: WindowAttributes, shape: Shape): Tensor {
  const size = shape.slice(shape.length - window.length);
  return intern({ primitive: 'overlapAdd', inputs: [y], attributes: { window, strides, dilations, size }, shape, dtype: y.dtype });
}
