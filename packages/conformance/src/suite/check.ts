import type { DType } from '@xcorr/graph';
import type { AnyBackend } from '../judge/runner.ts';

/** What a check looks at: a backend, in one dtype. */
export interface Subject {
  readonly backend: AnyBackend;
  readonly dtype: DType;
  /** c: how many units a sum may err by. */
  readonly errorConstant: number;
  readonly extent: Extent;
}

/** How much is drawn at random. */
export interface Extent {
  readonly seed: number;
  /** Random graphs of each set. */
  readonly graphs: number;
  /** Which part of them is certified at every stage of compilation: 0 to 1. */
  readonly certified: number;
}

/** The largest error that an operation was seen to make, and what it may be. */
export interface Measurement {
  readonly operation: string;
  readonly dtype: DType;
  /**
   * `ulp`: units in the last place, of an element-wise function. `c`: of what sums,
   * |got - want| <= c u sum |terms|, with u = 2^-24 for float32 and 2^-53 for float64.
   */
  readonly measure: 'ulp' | 'c';
  /** The operands over which it was measured, in words. */
  readonly domain: string;
  readonly largest: number;
  readonly allowed: number;
}

/** What came of a check. */
export interface Finding {
  /** What is wrong, a sentence each; none where the promise is kept. */
  readonly problems: readonly string[];
  readonly measured?: readonly Measurement[];
  /** Why nothing was looked at. */
  readonly notRun?: string;
  /** What else is to be read, not judged. */
  readonly text?: string;
}

/** A promise, and how it is put to the test. */
export interface Check {
  /** The promise in a sentence. */
  readonly promise: string;
  readonly runs: 'for each dtype' | 'once';
  readonly run: (subject: Subject) => Promise<Finding>;
}

export const dtypes: readonly DType[] = ['float32', 'float64'];

/** The unit roundoff of each dtype. */
export const unitRoundoff: Readonly<Record<DType, number>> = { float32: 2 ** -24, float64: 2 ** -53 };
