import { ShapeError, ValueError } from '../errors.ts';
import { floorDivide, minus, plus, times } from '../integer.ts';
import { broadcastShapes, equalShapes, isEmptySize, printShape, type Size } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { select } from './elementwise.ts';
import { broadcastTo, pad } from './movement.ts';
import { toTensor, type TensorLike } from './operand.ts';
import { full } from './source.ts';
import { dilated } from './window.ts';

/** One axis of a region: an index, or Python's `start:stop:step` with any part left out; negative ones count from the end. */
export type Range = number | string;

interface Span {
  readonly start: Size;
  readonly stop: Size;
  readonly step: number;
}

function readRange(range: Range, size: Size, axis: number): Span {
  const wrong = (): never => {
    throw new ValueError(`setSlice: the range ${JSON.stringify(range)} of axis ${axis} is not read; give an index, ':', 'start:stop' or 'start:stop:step' with a step of at least 1`);
  };
  const parts = String(range).split(':').map((part) => part.trim());
  if (parts.length > 3 || !parts.every((part) => /^(-?\d+)?$/.test(part))) return wrong();
  const bound = (text: string | undefined, otherwise: Size): Size => {
    if (text === undefined || text === '') return otherwise;
    const value = Number(text);
    return value < 0 ? plus(size, value) : value;
  };
  if (parts.length === 1) {
    if (parts[0] === '') return wrong();
    const start = bound(parts[0], 0);
    return { start, stop: plus(start, 1), step: 1 };
  }
  const step = parts[2] === undefined || parts[2] === '' ? 1 : Number(parts[2]);
  return step < 1 ? wrong() : { start: bound(parts[0], 0), stop: bound(parts[1], size), step };
}

/**
 * The tensor with a region replaced: NumPy's `x[:, 2:6] = value`, as a new tensor.
 *
 * @param ranges one for each axis; axes behind the last are taken whole
 * @param value  broadcast to the region
 * @throws ValueError when a range is not read.
 * @throws ShapeError when the region is empty or leaves the tensor, or the value does not broadcast to it.
 * @example
 * evaluate(setSlice(ones([2, 4]), [':', '1:3'], 0)).toNested(); // => [[1, 0, 0, 1], [1, 0, 0, 1]]
 */
export function setSlice(x: TensorLike, ranges: readonly Range[], value: TensorLike): Tensor {
  const tensor = toTensor(x, 'setSlice');
  if (ranges.length > tensor.shape.length)
    throw new ShapeError(`setSlice: ${ranges.length} ranges for a tensor of rank ${tensor.shape.length}; give at most one for each axis`);
  const spans = tensor.shape.map((size, axis) => readRange(ranges[axis] ?? ':', size, axis));
  const region = spans.map(({ start, stop, step }, axis) => {
    const size = tensor.shape[axis] ?? 1;
    if (isEmptySize(minus(stop, start)) || isEmptySize(plus(start, 1)) || isEmptySize(plus(size, 1, times(-1, stop))))
      throw new ShapeError(`setSlice: the range ${JSON.stringify(ranges[axis] ?? ':')} takes nothing from axis ${axis} of ${printShape(tensor.shape)} or leaves it; 0 <= start < stop <= size must hold`);
    return plus(floorDivide(plus(stop, times(-1, start), -1), step), 1);
  });
  const replacement = toTensor(value, 'setSlice', tensor.dtype);
  const common = broadcastShapes(replacement.shape, region);
  if (common === undefined || !equalShapes(common, region))
    throw new ShapeError(`setSlice: a value of shape ${printShape(replacement.shape)} for a region of shape ${printShape(region)}; the value must broadcast to the region`);
  const place = {
    low: spans.map(({ start }) => start),
    interior: spans.map(({ step }) => step - 1),
    high: spans.map(({ start, step }, axis) => minus(minus(tensor.shape[axis] ?? 1, start), dilated(region[axis] ?? 1, step))),
  };
  const inside = pad(full(region, 1, { dtype: tensor.dtype }), place);
  return select(inside, pad(broadcastTo(replacement, region), place), tensor);
}
