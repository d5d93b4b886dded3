import type { Curvatures } from '@xcorr/nn';
import { isDescent, largestRate, roundedDown } from './optimiser.ts';
import type { LearnState } from './state.ts';

/** What is known of the rate before any step. */
export type Prospect =
  /** Descent converges below `limit`; at a rate above it the error along the steepest direction grows with every step. */
  | { readonly kind: 'bounded'; readonly most: number; readonly least: number; readonly limit: number; readonly exceeds: boolean }
  /** Steps do not grow with the gradient. */
  | { readonly kind: 'adaptive'; readonly most: number; readonly least: number };

/** Below this share of the largest curvature, the least one is rounding. */
const negligible = 1e-9;

export function prospectOf({ optimiser, rate, momentum }: Pick<LearnState, 'optimiser' | 'rate' | 'momentum'>, curvatures: Curvatures): Prospect {
  const { most } = curvatures;
  const least = curvatures.least > negligible * most ? curvatures.least : 0;
  const limit = largestRate(optimiser, momentum, curvatures);
  if (limit === undefined) return { kind: 'adaptive', most, least };
  return { kind: 'bounded', most, least, limit: roundedDown(limit), exceeds: rate >= limit };
}

/** Why a loss went out of bounds, in numbers. */
export type Divergence = {
  readonly optimiser: LearnState['optimiser'];
  readonly rate: number;
  readonly momentum: number;
  readonly most: number;
  /** The rate that was too large is at least this one; undefined where no bound is known. */
  readonly limit: number | undefined;
  /** Of plain descent: what each step multiplies the error along the steepest direction by. */
  readonly factor: number | undefined;
  /** A rate to try in its place. */
  readonly instead: number;
};

export function divergenceOf({ optimiser, rate, momentum }: Pick<LearnState, 'optimiser' | 'rate' | 'momentum'>, curvatures: Curvatures): Divergence {
  const limit = largestRate(optimiser, momentum, curvatures);
  const explains = limit !== undefined && rate >= limit;
  return {
    optimiser,
    rate,
    momentum,
    most: curvatures.most,
    limit: explains ? roundedDown(limit) : undefined,
    factor: explains && optimiser === 'sgd' ? Math.abs(1 - rate * curvatures.most) : undefined,
    // Half the bound is 1 / L for plain descent: there the error along the steepest direction is gone after one step.
    instead: roundedDown(isDescent(optimiser) && limit !== undefined ? Math.min(limit / 2, rate / 2) : rate / 10),
  };
}
