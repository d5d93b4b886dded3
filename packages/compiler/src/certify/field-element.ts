import type { Denominator } from './denominator.ts';
import type { ExactSum } from './exact-sum.ts';
import type { Pair } from './pair.ts';

/** Elements of the field at two points, and what they are as a rational function of everything that is random. */
export interface FieldElement {
  readonly elements: Pair;
  /** The number, where it is made of literal numbers alone. */
  readonly literal: number | undefined;
  /** A sum of literal numbers that no number is. */
  readonly exact: ExactSum | undefined;
  /** The degree of the numerator, at most. */
  readonly degree: number;
  readonly denominator: Denominator;
}
