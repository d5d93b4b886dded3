import { add, constant, correlate, elementCount, flip, isNonNegative, minus, mul, plus, reshape, slice, transpose, windows, type Size, type Tensor } from '@xcorr/graph';

/** An image of one channel, as correlations take it. */
const asImage = (x: Tensor): Tensor => reshape(x, [1, 1, ...x.shape]);

/** What kernels [n, ...window] of one channel give of an image [...spatial]: [n, ...positions]. */
function responses(x: Tensor, kernels: Tensor): Tensor {
  const [count = 1, ...window] = kernels.shape;
  const all = correlate(asImage(x), reshape(kernels, [count, 1, ...window]));
  return reshape(all, all.shape.slice(1));
}

/**
 * G[q, r] = sum over p of x[p + q] x[p + r]: how the shifted copies of an image go together.
 *
 * @param x       [...spatial]
 * @param window  [...window], numbers
 * @returns       [...window, ...window]
 * @example
 * evaluate(gram(input('x', [3]), [2]), { x: [1, 2, 4] }).toNested(); // => [[5, 10], [10, 20]]
 */
export function gram(x: Tensor, window: readonly number[]): Tensor {
  const [height, width] = window;
  const [rows, columns] = x.shape;
  const inner = (size: Size | undefined, taps: number | undefined): Size => minus(size ?? 1, 2 * ((taps ?? 1) - 1));
  const isWide = window.length === 2 && [inner(rows, height), inner(columns, width)].every((size) => isNonNegative(minus(size, 1)));
  if (isWide && height !== undefined && width !== undefined && rows !== undefined && columns !== undefined) return gramOfPlane(x, [height, width], [rows, columns]);
  return gramOfWindows(x, window);
}

/** As it is written, over all positions: as many products a position as G has elements. */
function gramOfWindows(x: Tensor, window: readonly number[]): Tensor {
  const positions = x.shape.map((size, axis) => plus(minus(size, window[axis] ?? 1), 1));
  const shifted = windows(x, positions);
  return reshape(responses(x, reshape(shifted, [elementCount(window), ...positions])), [...window, ...window]);
}

/** 1 where a window that begins at p < taps - 1 and is shifted by q stays before element taps - 1: [taps, taps - 1]. */
function before(taps: number, isBehind: boolean): readonly (readonly number[])[] {
  return Array.from({ length: taps }, (_, q) => Array.from({ length: taps - 1 }, (_, p) => Number(p < taps - 1 - q !== isBehind)));
}

/**
 * G of a plane by what it is made of. With u = p + q, G[q, r] sums x[u] x[u + r - q] over a box that is another for each q,
 * but all of these boxes share the middle of the plane, and there the sum depends on r - q alone: (2 h - 1) (2 w - 1)
 * products a position are enough, not (h w)^2. What is left are strips along the four sides, h - 1 or w - 1 wide, of
 * which each q has a part.
 */
function gramOfPlane(x: Tensor, [h, w]: readonly [number, number], [H, W]: readonly [Size, Size]): Tensor {
  const [inY, inX]: readonly [Size, Size] = [plus(minus(H, h), 1), plus(minus(W, w), 1)];
  const middle = slice(x, { start: [h - 1, w - 1], stop: [inY, inX] });
  const offsets = responses(x, reshape(middle, [1, ...middle.shape]));
  // [2 h - 1, 2 w - 1] by r - q: windows of it by h - 1 - q and r.
  let total = flip(windows(reshape(offsets, [2 * h - 1, 2 * w - 1]), [h, w]), [0, 1]);
  for (const isLast of [false, true]) {
    if (h > 1) total = add(total, alongRows(slice(x, isLast ? { start: [minus(inY, h - 1), 0] } : { stop: [2 * (h - 1), W] }), [h, w], inX, isLast));
    if (w > 1) total = add(total, alongColumns(slice(x, isLast ? { start: [0, minus(inX, w - 1)] } : { stop: [H, 2 * (w - 1)] }), [h, w], [h - 1, inY], isLast));
  }
  return total;
}

/** The first or last rows, whole: windows that begin in h - 1 rows, of which those count that u stays outside the middle of. */
function alongRows(strip: Tensor, [h, w]: readonly [number, number], inX: Size, isLast: boolean): Tensor {
  const shifted = windows(strip, [h - 1, inX]);
  const counted = mul(shifted, reshape(constant(before(h, isLast), { dtype: strip.dtype }), [h, 1, h - 1, 1]));
  return reshape(responses(strip, reshape(counted, [h * w, h - 1, inX])), [h, w, h, w]);
}

/** The first or last columns of the rows between: there the sum depends on the rows' difference alone. */
function alongColumns(strip: Tensor, [h, w]: readonly [number, number], [top, bottom]: readonly [number, Size], isLast: boolean): Tensor {
  const between = minus(bottom, top);
  const rows = slice(strip, { start: [top, 0], stop: [bottom, 2 * (w - 1)] });
  const counted = mul(reshape(windows(rows, [between, w - 1]), [w, between, w - 1]), reshape(constant(before(w, isLast), { dtype: strip.dtype }), [w, 1, w - 1]));
  // [q along the row, difference of rows + h - 1, r along the row]
  const byDifference = responses(strip, counted);
  return transpose(flip(windows(transpose(byDifference, [0, 2, 1]), [h]), 2), [2, 0, 3, 1]);
}

/** How many products a position the making of G takes, about. */
export function gramWork(window: readonly number[]): number {
  return window.reduce((product, size) => product * (window.length === 2 ? 2 * size - 1 : size * size), 1);
}
