import type { Backend } from '@xcorr/compiler';
import type { Pixels } from '../../compute/read-picture.ts';
import { rounding, type Learned, type RanOn } from '../learned.ts';
import type { Problem } from '../problem.ts';
import { placesToFilter, placesToLearn } from './budget.ts';
import { leastSquares, type Solution } from './least-squares.ts';
import { measure, type ImageBytes } from './measure.ts';
import { momentsByLoop, momentsByProgram } from './moments.ts';
import { middleOf, middlePart, pairOf, placesWithin, type Pair, type Size } from './pair.ts';

/** What programs run on: sums of learning on the processor, in double precision, filters wherever is best. */
export type Places = {
  /** Undefined where loops may not be made at run time. */
  readonly compiled: Backend<'sync'> | undefined;
  readonly filters: Backend<'async'>;
  readonly ranOn: RanOn;
};

export type Sought = { readonly kernel: Size; readonly bias: boolean; readonly everywhere: boolean };

export type Found = { readonly learned: Omit<Learned, 'before' | 'after' | 'milliseconds'>; readonly again: ImageBytes; readonly difference: ImageBytes };

/** Finds the kernel of the least squared error between two photographs, and measures what it explains. */
export async function learn(before: Pixels, after: Pixels, { kernel: size, bias: withBias, everywhere }: Sought, { compiled, filters, ranOn }: Places): Promise<Found | Problem> {
  const pair = pairOf(before, after, size);
  if ('kind' in pair) return pair;
  if (!pair.areEqual && pair.planes.every((plane) => isFlat(plane.before.data))) return { kind: 'flat' };
  const inside: Size = [pair.used[0] - size[0] + 1, pair.used[1] - size[1] + 1];
  const leftOut = pair.isClippedLeftOut ? pair.clipped / pair.samples : 0;
  const places = placesWithin(inside, everywhere ? Infinity : placesToLearn(size, pair.planes.length, leftOut, compiled !== undefined));
  const planes = middlePart(pair, places);
  const moments = compiled === undefined ? momentsByLoop(planes, size, pair.isClippedLeftOut) : momentsByProgram(planes, size, pair.isClippedLeftOut, compiled);
  const unknowns = moments.taps + Number(withBias);
  if (!pair.areEqual && moments.count < unknowns) return { kind: 'too-few', unknowns, samples: moments.count };
  const solution = pair.areEqual ? identity(size) : leastSquares(moments, size, withBias);
  const measuredPlaces = placesWithin(inside, placesToFilter(size, pair.planes.length, ranOn));
  const { residual, again, difference } = await measure(middlePart(pair, measuredPlaces), pair, solution.kernel, solution.bias, filters);
  // Of what is rounded, errors are no smaller than the rounding.
  const noise = Math.max(residual.rootMeanSquare, rounding) * Math.sqrt(moments.count / Math.max(1, moments.count - unknowns));
  const learned: Found['learned'] = {
    kernel: Array.from({ length: size[0] }, (_, row) => Array.from(solution.kernel.subarray(row * size[1], (row + 1) * size[1]))),
    ...(withBias ? { bias: solution.bias } : {}),
    about: aboutOf(pair),
    fitted: moments.count,
    learnedFrom: [places[1], places[0]],
    places: [inside[1], inside[0]],
    measured: [measuredPlaces[1], measuredPlaces[0]],
    isOnly: solution.isOnly,
    ...(solution.variance === undefined ? {} : { uncertainty: 2 * noise * Math.sqrt(solution.variance) }),
    residual,
    ranOn,
  };
  return { learned, again, difference };
}

function aboutOf({ seen, size, used, isCropped, clipped, samples, isClippedLeftOut, areEqual }: Pair): Learned['about'] {
  return { seen, size, used: [used[1], used[0]], isCropped, clipped, samples, isClippedLeftOut, areEqual };
}

/** Of equal pictures, which need not tell the taps of a kernel apart. */
function identity(size: Size): Solution {
  const [row, column] = middleOf(size);
  return { kernel: Float64Array.from({ length: size[0] * size[1] }, (_, at) => Number(at === row * size[1] + column)), bias: 0, isOnly: true };
}

function isFlat(levels: Readonly<ArrayLike<number>>): boolean {
  for (let at = 1; at < levels.length; at++) if (levels[at] !== levels[0]) return false;
  return true;
}
