import { compile, type Backend } from '@xcorr/compiler';
import { gram } from '@xcorr/compiler/hoist';
import { corr2d, input, ones, square, sum, type NdArray, type Tensor } from '@xcorr/graph';
import type { Pair, Plane, Size } from './pair.ts';

/**
 * All that the squared error of a filter k with the bias b depends on, over some places p:
 *
 *   sum over p of (sum over q of k[q] x[p + q] + b - y[p])^2 = k'(G k - 2 c + 2 b s) + n b^2 - 2 b t + v
 */
export interface Moments {
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
}

/** A plane as an input of programs in float64. */
export function planeInput(name: string, { shape, data }: NdArray): Tensor {
  return input(name, shape, { dtype: 'float64', ...(data instanceof Uint8Array ? { storage: 'uint8' as const } : {}) });
}

function zero(taps: number): Moments {
  return { taps, count: 0, gram: new Float64Array(taps * taps), product: new Float64Array(taps), sums: new Float64Array(taps), total: 0, squares: 0 };
}

/** a + factor b */
export function combined(a: Moments, b: Moments, factor: number): Moments {
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

/** Of all places at which windows lie inside. Of bytes every sum is a whole number below 2^53, and exact. */
export async function momentsOf({ planes, kernel }: Pair, backend: Backend<'async'>): Promise<Moments> {
  const taps = kernel[0] * kernel[1];
  const [first] = planes;
  if (first === undefined) return zero(taps);
  const [x, y] = [planeInput('before', first.before), planeInput('after', first.after)];
  const one = ones(first.after.shape, { dtype: 'float64' });
  const outputs = { gram: gram(x, kernel), product: corr2d(x, y), sums: corr2d(x, one), total: sum(y), squares: sum(square(y)) };
  const program = await compile({ inputs: { x, y }, outputs }, backend);
  let all = zero(taps);
  for (const { before, after } of planes) {
    const found = await program.run({ x: before, y: after });
    const part = { gram: Float64Array.from(found.gram.data), product: Float64Array.from(found.product.data), sums: Float64Array.from(found.sums.data) };
    all = combined(all, { taps, count: after.data.length, ...part, total: found.total.item(), squares: found.squares.item() }, 1);
  }
  return all;
}

/** Of the places that are left out. */
export function momentsLeftOut({ planes, kernel }: Pair): Moments {
  return planes.reduce((sum, plane) => combined(sum, ofPlaces(plane, kernel), 1), zero(kernel[0] * kernel[1]));
}

function ofPlaces({ before, after, leftOut }: Plane, [rows, columns]: Size): Moments {
  const found = zero(rows * columns);
  const { taps, gram: products, product, sums } = found;
  const [width, inside] = [before.shape[1] ?? 0, after.shape[1] ?? 0];
  const seen = new Float64Array(taps);
  let [total, squares] = [0, 0];
  for (const place of leftOut) {
    const corner = Math.floor(place / inside) * width + (place % inside);
    for (let q = 0; q < taps; q++) seen[q] = before.data[corner + Math.floor(q / columns) * width + (q % columns)] ?? 0;
    const level = after.data[place] ?? 0;
    total += level;
    squares += level * level;
    for (let q = 0; q < taps; q++) {
      const own = seen[q] ?? 0;
      product[q] = (product[q] ?? 0) + own * level;
      sums[q] = (sums[q] ?? 0) + own;
      for (let r = q; r < taps; r++) products[q * taps + r] = (products[q * taps + r] ?? 0) + own * (seen[r] ?? 0);
    }
  }
  for (let q = 0; q < taps; q++) for (let r = 0; r < q; r++) products[q * taps + r] = products[r * taps + q] ?? 0;
  return { ...found, count: leftOut.length, total, squares };
}

/** A squared error as a quadratic form of the taps alone: k'(A k - 2 c) + v. */
export interface Form {
  readonly taps: number;
  /** A: [K, K] */
  readonly matrix: Float64Array;
  /** c */
  readonly product: Float64Array;
  /** v */
  readonly squares: number;
}

/** What the best bias takes off: of n places, the square of their errors' sum, by n. */
export function takenByBias({ taps, count, sums, total }: Moments): Form {
  return {
    taps,
    matrix: Float64Array.from({ length: taps * taps }, (_, at) => ((sums[Math.floor(at / taps)] ?? 0) * (sums[at % taps] ?? 0)) / count),
    product: sums.map((each) => (each * total) / count),
    squares: (total * total) / count,
  };
}

/** The squared error over the places of the moments: with a bias that is the best for each kernel, or without any. */
export function formOf(moments: Moments, bias: boolean): Form {
  const { taps, gram: matrix, product, squares } = moments;
  if (!bias) return { taps, matrix, product, squares };
  const taken = takenByBias(moments);
  return {
    taps,
    matrix: matrix.map((each, at) => each - (taken.matrix[at] ?? 0)),
    product: product.map((each, at) => each - (taken.product[at] ?? 0)),
    squares: squares - taken.squares,
  };
}

/** The bias that is best for a kernel. */
export function bestBias({ count, sums, total }: Moments, kernel: Float64Array): number {
  return (total - kernel.reduce((sum, tap, q) => sum + tap * (sums[q] ?? 0), 0)) / count;
}
