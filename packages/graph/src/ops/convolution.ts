import type { OperandLine } from '../errors.ts';
import { givenOptions } from '../given.ts';
import { printInteger } from '../print-integer.ts';
import { equalShapes, printShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { correlateAs, type CorrelateOptions } from './correlate.ts';
import { add } from './elementwise.ts';
import { flip, reshape, transpose } from './movement.ts';
import { operandLine, shapeError, toTensors, type TensorLike } from './operand.ts';

type PlainOptions = Omit<CorrelateOptions, 'groups'>;

function plain2d(operation: string, x: TensorLike, k: TensorLike, options: PlainOptions, strict: boolean): Tensor {
  const [image, kernel] = toTensors<readonly [TensorLike, TensorLike]>([x, k], operation);
  const operands = (): readonly OperandLine[] => [operandLine(image, 'input', 'H W'), operandLine(kernel, 'kernel', 'H W')];
  if (image.shape.length !== 2 || kernel.shape.length !== 2)
    throw shapeError(`${operation}: an input of rank ${image.shape.length} and a kernel of rank ${kernel.shape.length}; both must have rank 2`, operands(), {
      text: 'both operands must have the axes H W; conv2d takes batches and channels',
    });
  const weight = strict ? flip(kernel) : kernel;
  const y = correlateAs(operation, reshape(image, [1, 1, ...image.shape]), reshape(weight, [1, 1, ...weight.shape]), options, {
    operands,
    channelAxis: 0,
    outputAxis: 0,
    spatialAxis: 0,
  });
  return reshape(y, y.shape.slice(2));
}

/**
 * Two-dimensional cross-correlation of an image with a kernel: the chapter's `corr2d`.
 *
 *   y[i, j] = sum over u, v of  x[i + u, j + v] * k[u, v]
 *
 * @param x  [H, W]
 * @param k  [h, w]
 * @returns  [H - h + 1, W - w + 1] without padding
 * @throws ShapeError when the kernel does not fit the padded image.
 * @see Dive into Deep Learning, "Convolutions for Images", section 1
 * @example
 * evaluate(corr2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])).toNested(); // => [[19, 25], [37, 43]]
 */
export function corr2d(x: TensorLike, k: TensorLike, options: PlainOptions = {}): Tensor {
  return plain2d('corr2d', x, k, options, false);
}

/**
 * Two-dimensional strict convolution: the kernel is flipped along both axes, then correlated.
 *
 *   y[i, j] = sum over u, v of  x[i + u, j + v] * k[h - 1 - u, w - 1 - v]
 *
 * @param x  [H, W]
 * @param k  [h, w]
 * @returns  [H - h + 1, W - w + 1] without padding
 * @throws ShapeError when the kernel does not fit the padded image.
 * @see Dive into Deep Learning, "Convolutions for Images", section 5
 * @example
 * evaluate(convolve2d([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[3, 2], [1, 0]])).toNested(); // => [[19, 25], [37, 43]]
 */
export function convolve2d(x: TensorLike, k: TensorLike, options: PlainOptions = {}): Tensor {
  return plain2d('convolve2d', x, k, options, true);
}

/** `NCHW`: input [N, C, H, W], kernel [O, I, h, w]. `NHWC`: input [N, H, W, C], kernel [h, w, I, O]. */
export type Layout = 'NCHW' | 'NHWC';

export interface Conv2dOptions extends CorrelateOptions {
  /** Default: `NCHW`. */
  readonly layout?: Layout;
  /** One number for each output channel: [O]. */
  readonly bias?: TensorLike;
}

/**
 * The two-dimensional layer operation of deep learning: a cross-correlation over batches and channels, plus a bias.
 *
 * @param x  [N, C, H, W], or [N, H, W, C] in the layout `NHWC`
 * @param w  [O, C / groups, h, w], or [h, w, C / groups, O] in the layout `NHWC`
 * @returns  [N, O, H', W'], or [N, H', W', O] in the layout `NHWC`
 * @throws ShapeError when ranks or channels do not match, or the window does not fit the padded input.
 * @see PyTorch `torch.nn.functional.conv2d`; Keras `keras.ops.conv`
 * @example
 * const x = reshape(arange(9), [1, 1, 3, 3]);
 * evaluate(conv2d(x, [[[[0, 1], [2, 3]]]], { bias: [1] })).toNested(); // => [[[[20, 26], [38, 44]]]]
 */
export function conv2d(x: TensorLike, w: TensorLike, options: Conv2dOptions = {}): Tensor {
  const { layout = 'NCHW', bias, ...rest } = givenOptions(options, 'conv2d', '{ padding: 1 }');
  const [image, weight] = toTensors<readonly [TensorLike, TensorLike]>([x, w], 'conv2d');
  const last = layout === 'NHWC';
  const operands = (): readonly OperandLine[] => [
    operandLine(image, 'input', last ? 'N H W C' : 'N C H W'),
    operandLine(weight, 'weight', last ? 'H W I O' : 'O I H W'),
  ];
  if (image.shape.length !== 4 || weight.shape.length !== 4)
    throw shapeError(`conv2d: an input of rank ${image.shape.length} and a weight of rank ${weight.shape.length}; both must have rank 4`, operands(), {
      text: 'corr2d takes a plain image and a plain kernel',
    });
  const y = correlateAs(
    'conv2d',
    last ? transpose(image, [0, 3, 1, 2]) : image,
    last ? transpose(weight, [3, 2, 0, 1]) : weight,
    rest,
    { operands, channelAxis: last ? 2 : 1, outputAxis: last ? 3 : 0, spatialAxis: last ? 0 : 2 },
  );
  const result = last ? transpose(y, [0, 2, 3, 1]) : y;
  if (bias === undefined) return result;
  const [, offsets] = toTensors<readonly [TensorLike, TensorLike]>([result, bias], 'conv2d');
  const outputs = weight.shape[last ? 3 : 0] ?? 1;
  if (!equalShapes(offsets.shape, [outputs]))
    throw shapeError(`conv2d: a bias of shape ${printShape(offsets.shape)} for ${printInteger(outputs)} output channels`, [...operands(), operandLine(offsets, 'bias', 'O')], {
      text: 'the bias must have one number for each output channel',
    });
  return add(result, last ? offsets : reshape(offsets, [...offsets.shape, 1, 1]));
}
