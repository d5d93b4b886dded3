import { equalIntegers, floorDivide, isPolynomial, minus, plus, times } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import type { CorrelateAttributes } from '../primitives.ts';
import { isEmptySize, type Shape, type Size } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { dilated, perAxis, type PerAxis } from './window.ts';
import { operandLine, shapeError, toTensors, type TensorLike } from './operand.ts';
import { ShapeError, type OperandLine } from '../errors.ts';
import { givenOptions } from '../given.ts';

/**
 * `valid`: none. `same`: the output has ceil(size / stride) elements, the odd element of padding at the end
 * (TensorFlow's convention). `full`: every overlap of at least one element. A number pads both ends of every axis;
 * a list gives both ends of each axis, or [low, high] of each. Negative pads crop.
 */
export type Padding = 'valid' | 'same' | 'full' | Size | readonly (Size | readonly [Size, Size])[];

export interface CorrelateOptions {
  /** Distance of neighbouring output elements in the padded input. Default: 1. */
  readonly strides?: PerAxis;
  /** Default: `valid`. */
  readonly padding?: Padding;
  /** Distance of neighbouring taps in the padded input. Default: 1. */
  readonly dilations?: PerAxis;
  /** The input is spread before padding: inputDilation - 1 zeros between neighbours. Default: 1. */
  readonly inputDilations?: PerAxis;
  /** Channels are split into this many groups, each with its own part of the output channels. Default: 1. */
  readonly groups?: number;
}

const axisLetters: Readonly<Record<number, string>> = { 0: '', 1: 'W', 2: 'H W', 3: 'D H W' };

function spatialLetters(rank: number): string {
  return axisLetters[rank] ?? Array.from({ length: rank }, (_, axis) => `S${axis}`).join(' ');
}

function samePadding(size: Size, window: Size, stride: number, operation: string): readonly [Size, Size] {
  const covered = times(minus(floorDivide(plus(size, stride - 1), stride), 1), stride);
  const missing = plus(covered, window, times(-1, size));
  const total = typeof missing === 'number' ? Math.max(0, missing) : missing;
  if (typeof total !== 'number' && typeof window === 'number' && window < stride)
    throw new ShapeError(`${operation}: padding 'same' with a stride of ${stride} above the window's ${window} depends on the named size ${printInteger(size)}; give the padding as numbers`);
  const low = floorDivide(total, 2);
  return [low, minus(total, low)];
}

/** Padding as asked for, as [low, high] of each spatial axis. */
export function resolvePadding(
  padding: Padding,
  spatial: Shape,
  window: Shape,
  strides: readonly number[],
  operation: string,
): readonly (readonly [Size, Size])[] {
  if (padding === 'valid') return spatial.map(() => [0, 0]);
  if (padding === 'full') return window.map((size) => [minus(size, 1), minus(size, 1)]);
  if (padding === 'same')
    return spatial.map((size, axis) => samePadding(size, window[axis] ?? 1, strides[axis] ?? 1, operation));
  const entries = isList(padding) ? padding : spatial.map(() => padding);
  if (entries.length !== spatial.length)
    throw new ShapeError(`${operation}: padding has ${entries.length} entries for ${spatial.length} spatial axes; give one entry for each axis`);
  return entries.map((entry) => {
    const [low, high, ...more] = isList(entry) ? entry : [entry, entry];
    if (!isExtent(low) || !isExtent(high) || more.length > 0)
      throw new ShapeError(`${operation}: padding ${JSON.stringify(entry)} is unknown; give 'valid', 'same', 'full', a whole number, or [low, high] for each axis`);
    return [low, high];
  });
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function isExtent(value: unknown): value is Size {
  return typeof value === 'number' ? Number.isSafeInteger(value) : isPolynomial(value);
}

/**
 * Cross-correlation over any number of spatial axes.
 *
 *   y[n, o, p] = sum over c, u of  x[n, c, p * stride + u * dilation - low] * w[o, c, u]
 *
 * x is first spread by inputDilation, then padded by low and high with zeros (negative pads crop). With groups,
 * output channel o sees the input channels of its own group. Without spatial axes it is a matrix product.
 *
 * @param x  [N, C, ...spatial]
 * @param w  [O, C / groups, ...window]
 * @returns  [N, O, ...floor((padded - dilation * (window - 1) - 1) / stride) + 1]
 * @throws ShapeError when C differs from I x groups, or the window does not fit the padded input.
 * @example
 * const x = reshape(arange(9), [1, 1, 3, 3]);
 * evaluate(correlate(x, [[[[0, 1], [2, 3]]]])).toNested(); // => [[[[19, 25], [37, 43]]]]
 */
export function correlate(x: TensorLike, w: TensorLike, options: CorrelateOptions = {}): Tensor {
  return correlateAs('correlate', x, w, options);
}

/** How the operands of an operation built on correlate are to be shown in its errors. */
export interface Shown {
  readonly operands: () => readonly OperandLine[];
  /** The axis of the last operand that holds I. */
  readonly channelAxis: number;
  /** The axis of the last operand that holds O. */
  readonly outputAxis: number;
  /** Axes of the first spatial axis in the last operand. */
  readonly spatialAxis: number;
}

/** correlate under another name; errors speak of that operation and show its own operands. */
export function correlateAs(operation: string, x: TensorLike, w: TensorLike, options: CorrelateOptions, shown?: Shown): Tensor {
  givenOptions(options, operation, '{ padding: 1 }');
  const [image, weight] = toTensors<readonly [TensorLike, TensorLike]>([x, w], operation);
  const rank = image.shape.length - 2;
  const letters = spatialLetters(Math.max(0, rank));
  const { operands, channelAxis, outputAxis, spatialAxis } = shown ?? {
    operands: () => [operandLine(image, 'input', `N C ${letters}`.trim()), operandLine(weight, 'weight', `O I ${letters}`.trim())],
    channelAxis: 1,
    outputAxis: 0,
    spatialAxis: 2,
  };
  if (rank < 0 || weight.shape.length !== rank + 2)
    throw shapeError(`${operation}: an input of rank ${image.shape.length} and a weight of rank ${weight.shape.length} do not match`, operands(), {
      text: 'both must have two channel axes and the same number of spatial axes',
    });
  const strides = perAxis(options.strides, rank, 'strides', operation);
  const dilations = perAxis(options.dilations, rank, 'dilations', operation);
  const inputDilations = perAxis(options.inputDilations, rank, 'inputDilations', operation);
  const groups = options.groups ?? 1;
  if (!Number.isSafeInteger(groups) || groups < 1) throw new ShapeError(`${operation}: groups ${groups} is not a whole number of at least 1`);

  const [batch, channels, ...spatial] = image.shape;
  const [outputs, perGroup, ...window] = weight.shape;
  if (batch === undefined || channels === undefined || outputs === undefined || perGroup === undefined)
    throw new ShapeError(`${operation}: operands without channel axes`);
  if (!equalIntegers(channels, times(perGroup, groups)))
    throw shapeError(
      `${operation}: the input has ${printInteger(channels)} channels, the kernel expects ${printInteger(times(perGroup, groups))} (groups ${groups})`,
      operands(),
      { text: 'I x groups must equal C', axis: channelAxis },
    );
  if (typeof outputs === 'number' ? outputs % groups !== 0 : groups !== 1)
    throw shapeError(`${operation}: ${printInteger(outputs)} output channels do not split into ${groups} groups`, operands(), {
      text: 'groups must divide O',
      axis: outputAxis,
    });

  const spread = spatial.map((size, axis) => dilated(size, inputDilations[axis] ?? 1));
  const reach = window.map((size, axis) => dilated(size, dilations[axis] ?? 1));
  const padding = resolvePadding(options.padding ?? 'valid', spread, reach, strides, operation);
  const positions = spread.map((size, axis) => {
    const [low, high] = padding[axis] ?? [0, 0];
    const padded = plus(size, low, high);
    const room = minus(padded, reach[axis] ?? 1);
    if (isEmptySize(plus(room, 1)))
      throw shapeError(
        `${operation}: the kernel covers ${printInteger(reach[axis] ?? 1)} elements of spatial axis ${axis}, the padded input has ${printInteger(padded)}`,
        operands(),
        { text: 'dilation x (window - 1) + 1 must not exceed the padded input; pad more, or take a smaller kernel', axis: spatialAxis + axis },
      );
    return plus(floorDivide(room, strides[axis] ?? 1), 1);
  });
  return correlateNode(image, weight, { strides, padding, dilations, inputDilations, groups }, positions);
}

function correlateNode(x: Tensor, w: Tensor, attributes: CorrelateAttributes, positions: Shape): Tensor {
  const shape = [x.shape[0] ?? 1, w.shape[0] ?? 1, ...positions];
  return intern({ primitive: 'correlate', inputs: [x, w], attributes, shape, dtype: x.dtype });
}
