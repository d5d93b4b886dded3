import { compile, type Backend } from '@xcorr/compiler';
import { gram } from '@xcorr/compiler/hoist';
import { corr2d, input, ones, square, sum, type NdArray, type Tensor } from '@xcorr/graph';
import { isClipped, type Plane, type Size } from './pair.ts';

/**
 * All that the squared error of a kernel k with the bias b depends on, over some places p:
 *
 *   sum over p of (sum over q of k[q] x[p + q] + b - y[p])^2 = k'(G k - 2 c + 2 b s) + n b^2 - 2 b t + v
 */
export type Moments = {
  /** K: how many taps. */
  readonly taps: number;
  /** n */
  readonly count: number;
  /** G[q, r], the sum of x[p + q] x[p + r]: [K, K] */
  readonly gram: Float64Array;
  /** c[q], the sum of x[p + q] y[p] */
  readonly product: Float64Array;
  /** s[q], the sum of x[p + q] */
  readonly sums: Float64Array;
  /** t, the sum of y */
  readonly total: number;
  /** v, the sum of y^2 */
  readonly squares: number;
};

function nothing(taps: number): Moments {
  return { taps, count: 0, gram: new Float64Array(taps * taps), product: new Float64Array(taps), sums: new Float64Array(taps), total: 0, squares: 0 };
}

/** a + factor b */
function combined(a: Moments, b: Moments, factor: number): Moments {
  const along = (left: Float64Array, right: Float64Array): Float64Array => left.map((each, at) => each + factor * (right[at] ?? 0));
  return {
    taps: a.taps,
    count: a.count + factor * b.count,
    gram: along(a.gram, b.gram),
    product: along(a.product, b.product),
    sums: along(a.sums, b.sums),
    total: a.total + factor * b.total,
    squares: a.squares + factor * b.squares,
  };
}

/** Sums over all places by a compiled program, less those over places that are left out. Of bytes all are whole numbers below 2^53, and exact. */
export function momentsByProgram(planes: readonly Plane[], kernel: Size, leaveClippedOut: boolean, backend: Backend<'sync'>): Moments {
  const taps = kernel[0] * kernel[1];
  const [first] = planes;
  if (first === undefined) return nothing(taps);
  const [x, y] = [planeInput('before', first.before), planeInput('after', first.after)];
  const [rows = 1, columns = 1] = first.after.shape;
  // Along rows first, and down what is left: w sums a place, not h w.
  const sums = corr2d(corr2d(x, ones([1, columns], { dtype: 'float64' })), ones([rows, 1], { dtype: 'float64' }));
  const outputs = { gram: gram(x, kernel), product: corr2d(x, y), sums, total: sum(y), squares: sum(square(y)) };
  const program = compile({ inputs: { x, y }, outputs }, backend);
  return planes.reduce((all, plane) => {
    const found = program.run({ x: plane.before, y: plane.after });
    const own: Moments = {
      taps,
      count: plane.after.data.length,
      gram: Float64Array.from(found.gram.data),
      product: Float64Array.from(found.product.data),
      sums: Float64Array.from(found.sums.data),
      total: found.total.item(),
      squares: found.squares.item(),
    };
    return leaveClippedOut ? combined(combined(all, own, 1), ofPlaces(plane, kernel, isClipped), -1) : combined(all, own, 1);
  }, nothing(taps));
}

/** The same sums by a loop that is written here: about four times as many steps, and far fewer than closures would take. */
export function momentsByLoop(planes: readonly Plane[], kernel: Size, leaveClippedOut: boolean): Moments {
  const counts = leaveClippedOut ? (level: number): boolean => !isClipped(level) : (): boolean => true;
  return planes.reduce((all, plane) => combined(all, ofPlaces(plane, kernel, counts), 1), nothing(kernel[0] * kernel[1]));
}

function planeInput(name: string, { shape, data }: NdArray): Tensor {
  return input(name, shape, { dtype: 'float64', ...(data instanceof Uint8Array ? { storage: 'uint8' as const } : {}) });
}

/** Over the places whose level in AFTER counts. */
function ofPlaces({ before, after }: Plane, [rows, columns]: Size, counts: (level: number) => boolean): Moments {
  const found = nothing(rows * columns);
  const { taps, gram: products, product, sums } = found;
  const [width = 0, inside = 1] = [before.shape[1], after.shape[1]];
  const seen = new Float64Array(taps);
  const offsets = Int32Array.from({ length: taps }, (_, q) => Math.floor(q / columns) * width + (q % columns));
  let [count, total, squares] = [0, 0, 0];
  for (let place = 0; place < after.data.length; place++) {
    const level = after.data[place] ?? 0;
    if (!counts(level)) continue;
    const corner = Math.floor(place / inside) * width + (place % inside);
    for (let q = 0; q < taps; q++) seen[q] = before.data[corner + (offsets[q] ?? 0)] ?? 0;
    count++;
    total += level;
    squares += level * level;
    for (let q = 0; q < taps; q++) {
      const own = seen[q] ?? 0;
      product[q] = (product[q] ?? 0) + own * level;
      sums[q] = (sums[q] ?? 0) + own;
      for (let r = q, at = q * taps + q; r < taps; r++, at++) products[at] = (products[at] ?? 0) + own * (seen[r] ?? 0);
    }
  }
  for (let q = 0; q < taps; q++) for (let r = 0; r < q; r++) products[q * taps + r] = products[r * taps + q] ?? 0;
  return { ...found, count, total, squares };
}
