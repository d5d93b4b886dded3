import type { Matrix } from '../page/matrix-text.ts';
import type { Sides } from './problem.ts';
import type { AfterChoice, BeforeChoice } from './state.ts';
import type { Pair } from './work/pair.ts';

/** How near a filter comes to AFTER, in grey levels from 0 to 255. */
export type Residual = {
  /** Over what counts: 1 - squared errors / squared differences of AFTER from its mean; undefined where AFTER is flat. */
  readonly explained?: number;
  /** What BEFORE explains as it is. */
  readonly explainedBefore?: number;
  readonly rootMeanSquare: number;
  readonly largest: number;
  /** Of the result in 8 bits, over all samples: the share that is AFTER's, and the largest difference. */
  readonly equalShare: number;
  readonly largestWritten: number;
  /** By what differences are multiplied in their picture. */
  readonly gain: number;
};

/** Where programs ran. */
export type RanOn = 'loops' | 'closures' | 'gpu';

/** A filter that turns BEFORE into AFTER as well as one can, and how well that is. */
export type Learned = {
  readonly before: BeforeChoice;
  readonly after: AfterChoice;
  readonly kernel: Matrix;
  /** In grey levels; undefined where none was sought. */
  readonly bias?: number;
  readonly about: Pick<Pair, 'seen' | 'size' | 'isCropped' | 'clipped' | 'samples' | 'isClippedLeftOut' | 'areEqual'> & { readonly used: Sides };
  /** How many samples of AFTER were learned from, of an area of this size. */
  readonly fitted: number;
  readonly learnedFrom: Sides;
  /** Places at which windows lie inside BEFORE, and those of them that were measured. */
  readonly places: Sides;
  readonly measured: Sides;
  readonly isOnly: boolean;
  /** Two standard errors of the tap that is known least; undefined where taps are not told apart. */
  readonly uncertainty?: number;
  readonly residual: Residual;
  readonly ranOn: RanOn;
  readonly milliseconds: number;
};

/** What rounding to 8 bits alone leaves, root mean square. */
export const rounding: number = Math.sqrt(1 / 12);

/** How much of AFTER a linear filter is. */
export type Verdict = 'equal' | 'flat' | 'all' | 'most' | 'little';

/** Below this, AFTER is not called a linear filter of BEFORE. */
const mostlyExplained = 0.9;

/** More than this times the rounding is not left by rounding. */
const roundingTolerance = 1.5;

/** High shares alone say little: what is left is compared with what rounding leaves. */
export function verdictOf({ about, residual: { explained, rootMeanSquare } }: Pick<Learned, 'about' | 'residual'>): Verdict {
  if (about.areEqual) return 'equal';
  if (explained === undefined) return 'flat';
  if (rootMeanSquare <= roundingTolerance * rounding) return 'all';
  return explained >= mostlyExplained ? 'most' : 'little';
}

/** A share in percent, never rounded up to all or down to nothing. */
export function percent(share: number): string {
  return `${share === 1 ? '100' : (Math.trunc(share * 1e4) / 100).toFixed(2)} %`;
}

/** A tap as short as it can be while it is known as well as it is. */
export function shortTap(tap: number): number {
  return Number(tap.toPrecision(6)) + 0;
}
