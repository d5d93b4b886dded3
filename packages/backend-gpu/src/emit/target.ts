import type { TypedArray } from '@xcorr/graph';

// What expressions and statements become. In a backend that makes text, a value is a `string`, a step is lines, and
// names are texts too: after a change here the compiler lists every entry that is to be written anew.

/** What a running program works on. */
export interface Frame {
  /** One array for each buffer of the program, in its order. */
  readonly buffers: readonly TypedArray[];
  /** The values of the program's named sizes, in its order. */
  readonly sizes: readonly number[];
  /** Loop variables, locals and accumulators, each at its slot, in double precision. */
  readonly slots: Float64Array;
}

/** What an expression becomes. */
export type Value = (frame: Frame) => number;

/** What a statement becomes. */
export type Step = (frame: Frame) => void;

/** Where what a nest names is found in a frame. */
export interface Names {
  /** The position of a buffer. */
  readonly buffer: (id: string) => number;
  /** The position of a named size. */
  readonly size: (name: string) => number;
  /** Gives a loop variable, a local or an accumulator its slots, and tells the first. */
  readonly declare: (name: string, count: number) => number;
  /** The first slot of what is declared. */
  readonly slot: (name: string) => number;
}

type Kinded = { readonly kind: string };

/** The members of a union that have this kind. */
export type OfKind<Union extends Kinded, Kind extends Union['kind']> = { readonly [K in Kind]: Extract<Union, { readonly kind: K }> & { readonly kind: K } }[Kind];

/** A rule for every kind of a union: a table that lacks one does not compile. */
export type Rules<Union extends Kinded, Result> = { readonly [K in Union['kind']]: (each: OfKind<Union, K>, names: Names) => Result };

/** What the table's rule for its kind makes of a member of a union. */
export function applyRule<Union extends Kinded, Result, Kind extends Union['kind'] = Union['kind']>(
  rules: { readonly [K in Kind]: (each: OfKind<Union, K>, names: Names) => Result },
  each: OfKind<Union, Kind>,
  names: Names,
): Result {
  const rule: (each: OfKind<Union, Kind>, names: Names) => Result = rules[each.kind];
  return rule(each, names);
}
