import { givenList, givenOptions } from '../given.ts';
import { equalIntegers, floorDivide, isNonNegative, keyOf, minus, plus, times } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import { broadcastShapes, elementCount, equalShapes, isEmptySize, printShape, type Dimension, type Shape, type Size } from '../shape.ts';
import { intern, type NodeOf, type Tensor } from '../tensor.ts';
import { givenShape, operandLine, resolveAxes, shapeError, toTensor, type TensorLike } from './operand.ts';

/** As broadcast, for a shape that is known to fit or is checked by the caller; the tensor itself where nothing repeats. */
export function broadcastTo(tensor: Tensor, shape: Shape): Tensor {
  if (equalShapes(tensor.shape, shape)) return tensor;
  return intern({ primitive: 'broadcast', inputs: [tensor], attributes: { shape }, shape, dtype: tensor.dtype });
}

/**
 * Repeats unit axes, and missing leading axes, until the tensor has this shape (NumPy's `broadcast_to`).
 *
 * @throws ShapeError when a size other than 1 would have to change.
 * @example
 * evaluate(broadcast([1, 2], [2, 2])).toNested(); // => [[1, 2], [1, 2]]
 */
export function broadcast(x: TensorLike, shape: readonly Dimension[]): Tensor {
  const tensor = toTensor(x, 'broadcast');
  const target = givenShape(shape, 'broadcast');
  const common = broadcastShapes(tensor.shape, target);
  if (common === undefined || !equalShapes(common, target))
    throw shapeError(`broadcast: ${printShape(tensor.shape)} does not repeat to ${printShape(target)}`, [operandLine(tensor, 'operand')], {
      text: 'aligned at the last axis, sizes must be equal or 1 in the operand',
    });
  return broadcastTo(tensor, target);
}

/**
 * The same elements in row-major order under another shape.
 *
 * @throws ShapeError when the numbers of elements differ.
 * @example
 * evaluate(reshape([[1, 2], [3, 4]], [4])).toNested(); // => [1, 2, 3, 4]
 */
export function reshape(x: TensorLike, shape: readonly Dimension[]): Tensor {
  const tensor = toTensor(x, 'reshape');
  const target = givenShape(shape, 'reshape');
  if (equalShapes(tensor.shape, target)) return tensor;
  const have = elementCount(tensor.shape);
  const want = elementCount(target);
  if (!equalIntegers(have, want))
    throw shapeError(
      `reshape: ${printShape(tensor.shape)} has ${printInteger(have)} elements, ${printShape(target)} has ${printInteger(want)}`,
      [operandLine(tensor, 'operand')],
      { text: 'a reshape keeps the number of elements' },
    );
  return intern({ primitive: 'reshape', inputs: [tensor], attributes: { shape: target }, shape: target, dtype: tensor.dtype });
}

/**
 * Axis k of the result is axis permutation[k] of the operand; without a permutation the axes are reversed.
 *
 * @throws ShapeError when the permutation does not name every axis once.
 * @example
 * evaluate(transpose([[1, 2], [3, 4]])).toNested(); // => [[1, 3], [2, 4]]
 */
export function transpose(x: TensorLike, permutation?: readonly number[]): Tensor {
  const tensor = toTensor(x, 'transpose');
  const rank = tensor.shape.length;
  const order = permutation === undefined ? tensor.shape.map((_, axis) => rank - 1 - axis) : givenList(permutation, 'transpose: the permutation', 'give the axes in their new order: [1, 0]');
  if (order.length !== rank || tensor.shape.some((_, axis) => !order.includes(axis)))
    throw shapeError(`transpose: [${order.join(', ')}] is no permutation of ${rank} axes`, [operandLine(tensor, 'operand')], {
      text: `each of the axes 0 to ${rank - 1} must be named once`,
    });
  if (order.every((axis, position) => axis === position)) return tensor;
  return intern({
    primitive: 'transpose',
    inputs: [tensor],
    attributes: { permutation: [...order] },
    shape: order.map((axis) => tensor.shape[axis] ?? 1),
    dtype: tensor.dtype,
  });
}

/**
 * Reverses the axes; without axes, all of them.
 *
 * @throws ShapeError when an axis does not exist or is named twice.
 * @example
 * evaluate(flip([[1, 2], [3, 4]])).toNested(); // => [[4, 3], [2, 1]]
 */
export function flip(x: TensorLike, axes?: number | readonly number[]): Tensor {
  const tensor = toTensor(x, 'flip');
  const resolved = resolveAxes(axes, tensor, 'flip').filter((axis) => tensor.shape[axis] !== 1);
  if (resolved.length === 0) return tensor;
  return intern({ primitive: 'flip', inputs: [tensor], attributes: { axes: resolved }, shape: tensor.shape, dtype: tensor.dtype });
}

export interface SliceOptions {
  /** First index of each axis; negative counts from the end. Default: 0. */
  readonly start?: readonly Size[];
  /** Index behind the last of each axis; negative counts from the end. Default: the size. */
  readonly stop?: readonly Size[];
  /** Distance of the elements taken, at least 1. Default: 1. */
  readonly step?: readonly number[];
}

/**
 * Elements start, start + step, … below stop, on every axis.
 *
 * @returns an axis of floor((stop - start - 1) / step) + 1 elements for each
 * @throws ShapeError when a bound lies outside the axis or nothing is left.
 * @example
 * evaluate(slice([0, 1, 2, 3, 4], { start: [1], step: [2] })).toNested(); // => [1, 3]
 */
export function slice(x: TensorLike, options: SliceOptions): Tensor {
  const tensor = toTensor(x, 'slice');
  checkEntries('slice', tensor, { ...givenOptions(options, 'slice', '{ start: [1] }') });
  const fromEnd = (index: Size, size: Size): Size => (typeof index === 'number' && index < 0 ? plus(size, index) : index);
  const start = tensor.shape.map((size, axis) => fromEnd(options.start?.[axis] ?? 0, size));
  const stop = tensor.shape.map((size, axis) => fromEnd(options.stop?.[axis] ?? size, size));
  const step = tensor.shape.map((_, axis) => options.step?.[axis] ?? 1);
  const shape = tensor.shape.map((size, axis) => {
    const [from, to, by] = [start[axis] ?? 0, stop[axis] ?? size, step[axis] ?? 1];
    const wrong = !isWhole(from) || !isWhole(to) || isNegative(from) || isNegative(minus(size, to)) || isEmptySize(minus(to, from)) || !Number.isInteger(by) || by < 1;
    if (wrong)
      throw shapeError(`slice: axis ${axis} has ${printInteger(size)} elements, and ${printInteger(from)} to ${printInteger(to)} by ${by} is asked for`, [operandLine(tensor, 'operand')], {
        text: `0 <= start < stop <= ${printInteger(size)} and step >= 1 must hold`,
        axis,
      });
    return plus(floorDivide(plus(to, times(-1, from), -1), by), 1);
  });
  return sliceNode(tensor, { start, stop, step }, shape);
}

/** A slice that is known to have this shape; the tensor itself where it is the tensor's own. */
export function sliceNode(x: Tensor, attributes: NodeOf<'slice'>['attributes'], shape: Shape): Tensor {
  if (equalShapes(shape, x.shape)) return x;
  return intern({ primitive: 'slice', inputs: [x], attributes, shape, dtype: x.dtype });
}

/** Axes behind the entries keep their defaults; an entry without an axis is a mistake. */
function checkEntries(operation: string, tensor: Tensor, lists: Readonly<Record<string, readonly Size[]>>): void {
  const rank = tensor.shape.length;
  for (const [name, list] of Object.entries(lists))
    if (givenList(list, `${operation}: ${name}`, 'give an entry for each axis: [1, 1]').length > rank)
      throw shapeError(`${operation}: ${name} has ${list.length} entries for ${rank} axes`, [operandLine(tensor, 'operand')], {
        text: 'entries belong to the axes from the outermost on',
      });
}

function isWhole(size: Size): boolean {
  return typeof size !== 'number' || Number.isSafeInteger(size);
}

/** Negative for every binding of the named sizes. */
function isNegative(size: Size): boolean {
  return isNonNegative(minus(-1, size));
}

export interface PadOptions {
  /** Elements added before each axis; negative crops. Default: 0. */
  readonly low?: readonly Size[];
  /** Elements added behind each axis; negative crops. Default: 0. */
  readonly high?: readonly Size[];
  /** Elements put between neighbours of each axis, at least 0. Default: 0. */
  readonly interior?: readonly number[];
  /** What is added. Default: 0. */
  readonly value?: number;
}

/**
 * Adds elements of one value at the ends of each axis and between its elements (XLA's `Pad`).
 * Negative low and high crop, after the interior is spread.
 *
 * @returns axes of (size - 1) * (interior + 1) + 1 + low + high elements
 * @throws ShapeError when an axis would vanish.
 * @example
 * evaluate(pad([1, 2], { low: [1], interior: [1] })).toNested(); // => [0, 1, 0, 2]
 */
export function pad(x: TensorLike, options: PadOptions): Tensor {
  const tensor = toTensor(x, 'pad');
  const { value: added = 0, ...extents } = givenOptions(options, 'pad', '{ low: [1] }');
  checkEntries('pad', tensor, extents);
  const low = tensor.shape.map((_, axis) => options.low?.[axis] ?? 0);
  const high = tensor.shape.map((_, axis) => options.high?.[axis] ?? 0);
  const interior = tensor.shape.map((_, axis) => options.interior?.[axis] ?? 0);
  const shape = tensor.shape.map((size, axis) => {
    const [before, behind, between] = [low[axis] ?? 0, high[axis] ?? 0, interior[axis] ?? 0];
    const result = plus(times(minus(size, 1), between + 1), 1, before, behind);
    if (isEmptySize(result) || !isWhole(before) || !isWhole(behind) || !Number.isInteger(between) || between < 0)
      throw shapeError(`pad: ${printInteger(before)} before, ${printInteger(behind)} behind and ${between} between leave ${printInteger(result)} elements of axis ${axis}`, [operandLine(tensor, 'operand')], {
        text: 'pads must be whole, interior at least 0, and one element must be left',
        axis,
      });
    return result;
  });
  const nothing = [...low, ...high, ...interior].every((each) => keyOf(each) === '0');
  if (nothing) return tensor;
  const value = tensor.dtype === 'float32' ? Math.fround(added) : added;
  return intern({ primitive: 'pad', inputs: [tensor], attributes: { low, high, interior, value }, shape, dtype: tensor.dtype });
}
