import {
  borderModes,
  constant,
  corr2d,
  correlate,
  extend,
  flip,
  isTensor,
  pad,
  printShape,
  reshape,
  ShapeError,
  transpose,
  ValueError,
  type BorderMode,
  type Size,
  type Tensor,
  type TensorLike,
} from '@xcorr/graph';
import { checkPair, shown } from './kernels/checks.ts';

/**
 * What stands beyond the border of a picture: `zero`, one value, or the picture's own elements in the order of a
 * border mode (see `extend` of @xcorr/graph).
 */
export type Border = 'zero' | BorderMode | { readonly constant: number };

export interface Filter2dOptions {
  /**
   * `same`: an element for each of the picture. `valid`: where the kernel lies inside, so the border does not matter.
   * `full`: wherever kernel and picture meet. Default: `same`.
   */
  readonly size?: 'same' | 'valid' | 'full';
  /** Default: `reflect`, so that a constant picture stays one. */
  readonly border?: Border;
  /**
   * Which tap lies on the element that is computed: row floor(h / 2) + origin[0], column floor(w / 2) + origin[1].
   * Default: [0, 0], the middle. Only `same` asks.
   */
  readonly origin?: readonly [number, number];
  /** Strict convolution: the kernel is flipped on both axes, and the origin with it. Default: false. */
  readonly convolve?: boolean;
}

/**
 * A picture filtered with a kernel, each channel by itself: a cross-correlation, or the strict convolution.
 *
 *   y[i, j] = sum over u, v of kernel[u, v] x[i + u - a, j + v - b],  where tap [a, b] is the origin
 *
 * @param image   [H, W] or [H, W, C]
 * @param kernel  [h, w], of literal sizes
 * @returns  [H, W], [H - h + 1, W - w + 1] or [H + h - 1, W + w - 1]; and C behind, if the image has it
 * @throws ShapeError when ranks, sizes or dtypes do not fit, ValueError for an origin that is not two whole
 *   numbers or lies outside the kernel, and for an unknown size or border.
 * @see SciPy, `scipy.ndimage.correlate` and `convolve` (same), `scipy.signal.correlate2d` and `convolve2d` (valid, full)
 * @example
 * evaluate(filter2d([[1, 2, 4]], [[1, 0, -1]])).toNested(); // => [[0, -3, 0]]
 * evaluate(filter2d([[1, 2, 4]], [[1, 0, -1]], { border: 'zero', convolve: true })).toNested(); // => [[2, 3, -2]]
 */
export function filter2d(image: TensorLike, kernel: TensorLike, options: Filter2dOptions = {}): Tensor {
  const [picture, taps] = operandsOf(image, kernel);
  const [height, width, ...more] = taps.shape;
  if (typeof height !== 'number' || typeof width !== 'number' || more.length > 0)
    throw new ShapeError(`filter2d: a kernel [h, w] with numbers for sizes is expected, not ${printShape(taps.shape)}`);
  if (picture.shape.length !== 2 && picture.shape.length !== 3) throw new ShapeError(`filter2d: a picture [H, W] or [H, W, C] is expected, not ${printShape(picture.shape)}`);
  const { low, high } = margins([height, width], options);
  if (options.size === 'valid' && [height, width].some((taps, axis) => taps > literal(picture.shape[axis])))
    throw new ShapeError(`filter2d: a kernel ${printShape(taps.shape)} lies nowhere inside a picture ${printShape(picture.shape)}\n  take a smaller kernel, or the size same or full`);
  return channelwise(bordered(picture, options.border ?? 'reflect', low, high), options.convolve === true ? flip(taps) : taps);
}

/** Both as tensors; lists take the dtype of the other. */
function operandsOf(image: TensorLike, kernel: TensorLike): readonly [picture: Tensor, taps: Tensor] {
  const dtype = isTensor(image) ? image.dtype : isTensor(kernel) ? kernel.dtype : 'float32';
  const [picture, taps] = [isTensor(image) ? image : constant(image, { dtype }), isTensor(kernel) ? kernel : constant(kernel, { dtype })];
  if (picture.dtype !== taps.dtype) throw new ShapeError(`filter2d: a picture of ${picture.dtype} and a kernel of ${taps.dtype} do not mix\n  both must have one dtype: cast one of them`);
  return [picture, taps];
}

/** A size that is a number; one that is named has room for any kernel until it is known. */
function literal(size: Size | undefined): number {
  return typeof size === 'number' ? size : Infinity;
}

/** Rows and columns that a filter needs before and behind a picture. */
function margins(window: readonly [number, number], { size = 'same', origin, convolve = false }: Filter2dOptions): { readonly low: readonly number[]; readonly high: readonly number[] } {
  if (size !== 'same') {
    if (size !== 'valid' && size !== 'full') throw new ValueError(`filter2d: there is no size ${JSON.stringify(size)}\n  it is same, valid or full`);
    if (origin !== undefined) throw new ValueError(`filter2d: an origin for the size ${size}\n  only same asks which tap lies on an element; leave the origin out`);
    const around = window.map((taps) => (size === 'full' ? taps - 1 : 0));
    return { low: around, high: around };
  }
  if (origin !== undefined) checkPair('filter2d', 'the origin', origin, '[row, column], how far from the middle tap the origin lies\n  give two whole numbers');
  const shifts = origin ?? [0, 0];
  const before = window.map((taps, axis) => {
    const shift = shifts[axis] ?? Number.NaN;
    const tap = Math.floor(taps / 2) + shift;
    if (!Number.isInteger(shift) || tap < 0 || tap >= taps)
      throw new ValueError(
        `filter2d: the origin ${shown(shifts[axis])} of axis ${axis} puts no tap of ${taps} on the element\n  it is a whole number from ${-Math.floor(taps / 2)} to ${Math.ceil(taps / 2) - 1}`,
      );
    return tap;
  });
  const behind = window.map((taps, axis) => taps - 1 - (before[axis] ?? 0));
  return convolve ? { low: behind, high: before } : { low: before, high: behind };
}

/**
 * A picture with a border on its two first axes.
 *
 * @param image  [H, W] or [H, W, C]
 * @param low   rows above, columns to the left
 * @param high  rows below, columns to the right
 * @throws ValueError for an unknown border, or one value that is not a finite number.
 * @example
 * evaluate(bordered([[1, 2]], 'wrap', [0, 1], [0, 2])).toNested(); // => [[2, 1, 2, 1, 2]]
 */
export function bordered(image: TensorLike, border: Border, low: readonly number[], high: readonly number[]): Tensor {
  if (border === 'zero') return pad(image, { low, high });
  if (typeof border === 'object' && border !== null) {
    if (!Number.isFinite(border.constant)) throw new ValueError(`filter2d: a border of ${String(border.constant)}\n  { constant: value } takes a finite number`);
    return pad(image, { low, high, value: border.constant });
  }
  if (!borderModes.includes(border)) throw new ValueError(`filter2d: there is no border ${JSON.stringify(border)}\n  it is zero, { constant: value }, ${borderModes.join(', ')}`);
  return extend(image, { mode: border, low, high });
}

/** The correlation of [H, W], or of each channel of [H, W, C], with a kernel. */
function channelwise(picture: Tensor, kernel: Tensor): Tensor {
  const [height = 1, width = 1, channels] = picture.shape;
  if (channels === undefined) return corr2d(picture, kernel);
  const planes = reshape(transpose(picture, [2, 0, 1]), [channels, 1, height, width]);
  const filtered = correlate(planes, reshape(kernel, [1, 1, ...kernel.shape]));
  const [, , rows = 1, columns = 1] = filtered.shape;
  return transpose(reshape(filtered, [channels, rows, columns]), [1, 2, 0]);
}
