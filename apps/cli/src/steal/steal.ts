import type { Backend } from '@xcorr/compiler';
import { CommandError } from '../command-error.ts';
import { whileComputing } from '../interruption.ts';
import { optimiserFor, type OptimiserName as DescentName } from '../learn/optimisers.ts';
import { descend, largestEigenvalue } from './descend.ts';
import { bestBias, combined, formOf, momentsLeftOut, momentsOf, takenByBias, type Form, type Moments } from './moments.ts';
import { middleOf, pairOf, type Pair, type Photograph, type Size } from './pair.ts';
import { residualOf, type Residual } from './residual.ts';
import { solve } from './solve.ts';

export type OptimiserName = 'solve' | DescentName;

/** How a filter is to be found. */
export interface StealOptions {
  readonly kernel: Size;
  readonly optimiser: OptimiserName;
  readonly steps: number;
  readonly bias?: boolean | undefined;
}

/** Steps of an optimiser: mean squared errors in squared grey levels. */
export interface Steps {
  readonly count: number;
  readonly first: number;
  /** Before the last step. */
  readonly last: number;
  /** The least that any kernel of this size has. */
  readonly least: number;
}

/** A filter that turns BEFORE into AFTER as well as one can, and how well that is. */
export interface Stolen {
  readonly before: Photograph;
  readonly after: Photograph;
  readonly options: StealOptions;
  readonly pair: Pair;
  /** [K], as float32 holds them: with these `xcorr filter` computes. */
  readonly kernel: Float64Array;
  /** What is added to every element, in grey levels; 0 where none was asked for. */
  readonly bias: number;
  /** How many samples of AFTER were fitted. */
  readonly fitted: number;
  readonly residual: Residual;
  /** How many independent directions of the kernel BEFORE tells apart: as many as taps, where it is the only best one. */
  readonly rank: number;
  /** Two standard errors of the tap that is known least; undefined where taps are not told apart. */
  readonly uncertainty?: number;
  readonly steps?: Steps;
  readonly milliseconds: number;
}

/**
 * Finds the filter that turns one photograph into another: the kernel of the least squared error.
 *
 * @throws CommandError when sizes do not fit, BEFORE is flat, or there are fewer places than taps.
 */
export async function steal(before: Photograph, after: Photograph, options: StealOptions, backend: Backend<'async'>): Promise<Stolen> {
  const pair = pairOf(before, after, options.kernel);
  const begin = performance.now();
  return whileComputing(async () => {
    const stolen = pair.areEqual ? await nothingToSteal(pair, backend) : await fitted(before, pair, options, backend);
    return { before, after, options, pair, ...stolen, milliseconds: performance.now() - begin };
  });
}

type Found = Pick<Stolen, 'kernel' | 'bias' | 'fitted' | 'residual' | 'rank' | 'uncertainty' | 'steps'>;

/** Of equal pictures, which need not tell the taps of a kernel apart. */
async function nothingToSteal(pair: Pair, backend: Backend<'async'>): Promise<Found> {
  const moments = await keptMoments(pair, backend);
  const kernel = identity(pair.kernel);
  return { kernel, bias: 0, fitted: moments.kept.count, residual: await residualOf(pair, moments.kept, kernel, 0, backend), rank: kernel.length };
}

function identity(size: Size): Float64Array {
  const [row, column] = middleOf(size);
  return Float64Array.from({ length: size[0] * size[1] }, (_, at) => Number(at === row * size[1] + column));
}

async function keptMoments(pair: Pair, backend: Backend<'async'>): Promise<{ readonly kept: Moments; readonly leftOut: Moments }> {
  const leftOut = momentsLeftOut(pair);
  return { kept: combined(await momentsOf(pair, backend), leftOut, -1), leftOut };
}

async function fitted(before: Photograph, pair: Pair, options: StealOptions, backend: Backend<'async'>): Promise<Found> {
  if (pair.planes.every((plane) => isFlat(plane.before.data)))
    throw new CommandError(`${before.name} is flat: every filter whose taps have one sum makes the same of it\n  give a photograph with something in it`);
  const { kept, leftOut } = await keptMoments(pair, backend);
  const bias = options.bias === true;
  const unknowns = kept.taps + Number(bias);
  if (kept.count < unknowns)
    throw new CommandError(`${unknowns} numbers are sought, and ${kept.count} samples of AFTER say something of them\n  take a smaller --kernel, or larger photographs`);
  const form = formOf(kept, bias);
  const solution = solve(form);
  const steps = options.optimiser === 'solve' ? undefined : await descended(pair, { kept, leftOut, form, least: errorOf(form, solution.kernel) / kept.count }, options.optimiser, options, backend);
  const kernel = (steps?.kernel ?? solution.kernel).map((tap) => Math.fround(tap) + 0);
  const level = bias ? bestBias(kept, kernel) : 0;
  const residual = await residualOf(pair, kept, kernel, level, backend);
  // Of what is rounded, errors are no smaller than the rounding.
  const variance = Math.max((residual.rootMeanSquare ** 2 * kept.count) / Math.max(1, kept.count - unknowns), pair.rounding ** 2);
  return {
    kernel,
    bias: level,
    fitted: kept.count,
    residual,
    rank: solution.rank,
    ...(solution.variances === undefined || steps !== undefined ? {} : { uncertainty: 2 * Math.sqrt(variance * Math.max(...solution.variances)) }),
    ...(steps === undefined ? {} : { steps: steps.about }),
  };
}

interface Given {
  readonly kept: Moments;
  readonly leftOut: Moments;
  /** The squared error of what is kept. */
  readonly form: Form;
  readonly least: number;
}

async function descended(pair: Pair, { kept, leftOut, form, least }: Given, optimiser: DescentName, { steps, bias }: StealOptions, backend: Backend<'async'>): Promise<{ readonly kernel: Float64Array; readonly about: Steps }> {
  const most = (2 * largestEigenvalue(form)) / kept.count;
  const taken = takenOff(kept, leftOut, bias === true);
  const { kernel, losses } = await descend({ pair, taken, count: kept.count, initial: identity(pair.kernel), optimiser: optimiserFor({ optimiser, steps }, { least: 0, most }) }, steps, backend);
  if (!kernel.every(Number.isFinite)) throw new CommandError(`--optimiser ${optimiser}: the kernel did not stay finite\n  take --optimiser solve, or nesterov`);
  return { kernel, about: { count: steps, first: losses[0] ?? 0, last: losses.at(-1) ?? 0, least } };
}

/** What the squared error over all places has too much. */
export function takenOff(kept: Moments, leftOut: Moments, bias: boolean): Form {
  const { taps, gram: matrix, product, squares } = leftOut;
  if (!bias) return { taps, matrix, product, squares };
  const best = takenByBias(kept);
  return {
    taps,
    matrix: matrix.map((each, at) => each + (best.matrix[at] ?? 0)),
    product: product.map((each, at) => each + (best.product[at] ?? 0)),
    squares: squares + best.squares,
  };
}

/** k'(A k - 2 c) + v, which rounding may leave below 0. */
function errorOf({ taps, matrix, product, squares }: Form, kernel: Float64Array): number {
  let total = squares;
  for (let q = 0; q < taps; q++) {
    let image = -2 * (product[q] ?? 0);
    for (let r = 0; r < taps; r++) image += (matrix[q * taps + r] ?? 0) * (kernel[r] ?? 0);
    total += image * (kernel[q] ?? 0);
  }
  return Math.max(0, total);
}

function isFlat(levels: Readonly<ArrayLike<number>>): boolean {
  for (let at = 1; at < levels.length; at++) if (levels[at] !== levels[0]) return false;
  return true;
}
