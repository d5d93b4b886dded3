import { compile, type Backend } from '@xcorr/compiler';
import { quadraticForms } from '@xcorr/compiler/hoist';
import { add, corr2d, div, input, matmul, mul, NdArray, reshape, square, state, sub, sum, type Tensor } from '@xcorr/graph';
import { minimise, type Learning, type Optimiser } from '@xcorr/nn';
import { planeInput, type Form } from './moments.ts';
import type { Pair } from './pair.ts';

/** What is learned, from what. */
export interface Descent {
  readonly pair: Pair;
  /** What is taken off the squared error over all places: of those that are left out, and by a bias. */
  readonly taken: Form;
  /** How many places count. */
  readonly count: number;
  /** [K] */
  readonly initial: Float64Array;
  readonly optimiser: Optimiser;
}

export interface Descended {
  /** [K] */
  readonly kernel: Float64Array;
  /** The mean squared error before each step, in squared grey levels. */
  readonly losses: Float64Array;
  readonly ranOn: string;
}

/** A step as a program, and what it is fed. */
export interface StealingStep {
  readonly spec: {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly state: { readonly kernel: Tensor };
    readonly outputs: { readonly loss: Tensor };
    readonly updates: Learning['updates'];
  };
  readonly feeds: Readonly<Record<string, NdArray>>;
}

/**
 * A step of the optimiser on the mean squared error of the whole pair:
 *
 *   loss = (sum of (correlate(x, k) - y)^2 over all places - (k'(A k - 2 c) + v)) / n
 *
 * with what is taken off fed as a form. It says nothing of Gram matrices: those are the pass's doing.
 */
export function stealingStep({ pair: { planes, kernel }, taken, count, initial, optimiser }: Descent): StealingStep {
  const dtype = 'float64';
  const K = state('kernel', new NdArray(kernel, initial), { dtype });
  const pictures = planes.map(({ before, after }, channel) => ({ x: planeInput(`before ${channel}`, before), y: planeInput(`after ${channel}`, after) }));
  const [A, c, v] = [input('matrix', [taken.taps, taken.taps], { dtype }), input('product', [taken.taps, 1], { dtype }), input('squares', [], { dtype })];
  const column = reshape(K, [taken.taps, 1]);
  const all = pictures.map(({ x, y }) => sum(square(sub(corr2d(x, K), y)))).reduce((total, each) => add(total, each));
  const loss = div(sub(all, add(sum(mul(column, sub(matmul(A, column), mul(2, c)))), v)), count);
  const { updates } = minimise(loss, { kernel: K }, optimiser);
  const inputs = Object.fromEntries([...pictures.flatMap(({ x, y }, channel) => [[`x${channel}`, x], [`y${channel}`, y]] as const), ['A', A], ['c', c], ['v', v]]);
  const feeds = Object.fromEntries([
    ...planes.flatMap(({ before, after }, channel) => [[`x${channel}`, before], [`y${channel}`, after]] as const),
    ['A', new NdArray([taken.taps, taken.taps], taken.matrix)],
    ['c', new NdArray([taken.taps, 1], taken.product)],
    ['v', new NdArray([], Float64Array.of(taken.squares))],
  ]);
  return { spec: { inputs, state: { kernel: K }, outputs: { loss }, updates }, feeds };
}

/** Makes the steps in one call: pictures are swept over once, and a step costs the same whatever their size. */
export async function descend(descent: Descent, steps: number, backend: Backend<'async'>, isHoisted = true): Promise<Descended> {
  const { spec, feeds } = stealingStep(descent);
  const program = await compile(spec, backend, isHoisted ? { passes: [quadraticForms({ times: steps })] } : {});
  const { loss } = await program.run(feeds, { times: steps, record: ['loss'] });
  return { kernel: Float64Array.from((await program.state.kernel).data), losses: Float64Array.from(loss.data), ranOn: program.ranOn };
}

/**
 * A bound on the largest eigenvalue of a symmetric matrix, from above: for every v > 0 it is at most the largest
 * (|A| v)[q] / v[q]. Of the eigenvector of |A|, which v comes near to, the bound is the largest eigenvalue of |A|; products
 * of grey levels are not negative, and there |A| is A.
 *
 * @see Horn, Johnson, "Matrix Analysis", 2013, theorems 8.1.18 and 8.1.26
 * @example
 * largestEigenvalue({ taps: 2, matrix: Float64Array.of(2, 1, 1, 2), product: new Float64Array(2), squares: 0 }); // => 3
 */
export function largestEigenvalue({ taps, matrix }: Form): number {
  const vector = new Float64Array(taps).fill(1);
  let bound = Infinity;
  for (let round = 0; round < 30; round++) {
    const image = Float64Array.from({ length: taps }, (_, q) => {
      let total = 0;
      for (let r = 0; r < taps; r++) total += Math.abs(matrix[q * taps + r] ?? 0) * (vector[r] ?? 0);
      return total;
    });
    bound = Math.min(bound, image.reduce((most, each, q) => Math.max(most, each / (vector[q] ?? 1)), 0));
    const most = Math.max(...image);
    if (!(most > 0)) return 0;
    // Kept above 0, where the theorem holds.
    for (let q = 0; q < taps; q++) vector[q] = Math.max((image[q] ?? 0) / most, 1e-6);
  }
  return bound;
}
