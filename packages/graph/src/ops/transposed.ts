import type { OperandLine } from '../errors.ts';
import { equalIntegers, minus, plus, times } from '../integer.ts';
import type { Tensor } from '../tensor.ts';
import { correlate, type Padding, resolvePadding } from './correlate.ts';
import { flip, reshape, transpose } from './movement.ts';
import { operandLine, shapeError, toTensors, type TensorLike } from './operand.ts';
import { dilated, perAxis, type PerAxis } from './window.ts';

/** [O, C / groups, ...] -> [C, O / groups, ...]: the channel axes of a kernel exchanged within each group. */
export function exchangeChannels(w: Tensor, groups: number): Tensor {
  const [outputs = 1, inputs = 1, ...window] = w.shape;
  const perGroup = typeof outputs === 'number' ? outputs / groups : outputs;
  const split = reshape(w, [groups, perGroup, inputs, ...window]);
  const swapped = transpose(split, [0, 2, 1, ...window.map((_, axis) => axis + 3)]);
  return reshape(swapped, [times(inputs, groups), perGroup, ...window]);
}

/** The attributes of the correlation whose adjoint is wanted. */
export interface TransposedOptions {
  /** Distance at which neighbouring elements of the input are put into the output. Default: 1. */
  readonly strides?: PerAxis;
  /** What the correlation pads, and this one therefore crops: `valid`, `full`, numbers or pairs. Default: `valid`. */
  readonly padding?: Exclude<Padding, 'same'>;
  /** Distance of neighbouring taps. Default: 1. */
  readonly dilations?: PerAxis;
  /** Default: 1. */
  readonly groups?: number;
  /** Rows added behind each spatial axis, for those that the correlation's stride passed over. Default: 0. */
  readonly outputPadding?: number | readonly number[];
}

/**
 * Transposed cross-correlation: the adjoint of `correlate` with the same kernel and options, for every x and y
 *
 *   <y, correlate(x, w)> = <correlateTransposed(y, w), x>
 *
 * @param y  [N, O, ...spatial]
 * @param w  [O, C / groups, ...window], the kernel of the correlation
 * @returns  [N, C, ...(size - 1) * stride + dilation * (window - 1) + 1 - low - high + outputPadding]
 * @throws ShapeError when channels do not match, or nothing would be left.
 * @see PyTorch `conv_transpose2d`; ONNX `ConvTranspose`
 * @example
 * evaluate(correlateTransposed([[[[2]]]], [[[[1, -1]]]])).toNested(); // => [[[[2, -2]]]]
 */
export function correlateTransposed(y: TensorLike, w: TensorLike, options: TransposedOptions = {}): Tensor {
  const operation = 'correlateTransposed';
  const [image, weight] = toTensors<readonly [TensorLike, TensorLike]>([y, w], operation);
  const rank = image.shape.length - 2;
  const operands = (): readonly OperandLine[] => [operandLine(image, 'input', 'N O …'), operandLine(weight, 'weight', 'O I …')];
  if (rank < 0 || weight.shape.length !== rank + 2 || !equalIntegers(image.shape[1] ?? 0, weight.shape[0] ?? 0))
    throw shapeError(`${operation}: the input and the weight do not match`, operands(), {
      text: 'both must have the same number of axes, and axis 1 of the input the size of axis 0 of the weight',
      axis: 0,
    });
  const { groups = 1 } = options;
  const [outputs = 1] = weight.shape;
  if (!Number.isSafeInteger(groups) || groups < 1 || (typeof outputs === 'number' ? outputs % groups !== 0 : groups !== 1))
    throw shapeError(`${operation}: groups ${groups} does not split the output channels`, operands(), { text: 'groups must divide O', axis: 0 });
  const strides = perAxis(options.strides, rank, 'strides', operation);
  const dilations = perAxis(options.dilations, rank, 'dilations', operation);
  const reach = weight.shape.slice(2).map((size, axis) => dilated(size, dilations[axis] ?? 1));
  const padding = resolvePadding(options.padding ?? 'valid', image.shape.slice(2), reach, strides, operation);
  const added = options.outputPadding ?? 0;
  const extra = typeof added === 'number' ? reach.map(() => added) : added;
  const flipped = flip(weight, reach.map((_, axis) => axis + 2));
  return correlate(image, exchangeChannels(flipped, groups), {
    inputDilations: strides,
    dilations,
    groups,
    padding: reach.map((size, axis) => {
      const [low, high] = padding[axis] ?? [0, 0];
      return [minus(minus(size, 1), low), plus(size, -1, times(-1, high), extra[axis] ?? 0)];
    }),
  });
}
