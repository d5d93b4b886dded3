/**
 * How a nest runs: data beside it, never part of it. No directive changes what is computed or the order
 * in which a sum is taken, so no schedule can change a result.
 */
export type Schedule = readonly Directive[];

/** The first `low` and the last `high` iterations of a loop stand in loops of their own: most conditions fail there alone. */
export interface Peel {
  readonly kind: 'peel';
  readonly loop: string;
  readonly low: number;
  readonly high: number;
}

/** What is said of a peeled loop beside its peeling is said of the iterations between the first and the last ones. */
export type Directive =
  | Peel
  /** The loop's body is written once for each iteration. */
  | { readonly kind: 'unroll'; readonly loop: string }
  /**
   * `factor` neighbouring iterations of a parallel loop run together: the loop takes steps of `factor`, its body
   * and the loops inside hold all of them at once, and a second loop takes the rest.
   */
  | { readonly kind: 'block'; readonly loop: string; readonly factor: number };

export function printDirective(directive: Directive): string {
  if (directive.kind === 'peel') return `peel ${directive.loop} by ${directive.low} and ${directive.high}`;
  return directive.kind === 'unroll' ? `unroll ${directive.loop}` : `block ${directive.loop} by ${directive.factor}`;
}
