/**
 * How a nest runs: data beside it, never part of it. No directive changes what is computed or the order
 * in which a sum is taken, so no schedule can change a result.
 */
export type Schedule = readonly Directive[];

export type Directive =
  /** The loop's body is written once for each iteration. */
  | { readonly kind: 'unroll'; readonly loop: string }
  /**
   * `factor` neighbouring iterations of a parallel loop run together: the loop takes steps of `factor`, its body
   * and the loops inside hold all of them at once, and a second loop takes the rest.
   */
  | { readonly kind: 'block'; readonly loop: string; readonly factor: number };

export function printDirective(directive: Directive): string {
  return directive.kind === 'unroll' ? `unroll ${directive.loop}` : `block ${directive.loop} by ${directive.factor}`;
}
