/**
 * Integers that are known when a program runs: numbers, and polynomials over named variables and floors.
 *
 * One algebra serves sizes (`H - 2`, `floor((W - 1) / 2)`) and, in the compiler, indices (`W*i + j + 1`).
 * Every value stands in normal form: terms sorted by key, no zero coefficient, a constant is a plain number.
 * Two integers are equal for all values of their variables if their keys are the same.
 */
export type Integer = number | Polynomial;

/** A sum of two or more terms, or of one term that is not a constant. */
export interface Polynomial {
  readonly kind: 'polynomial';
  readonly terms: readonly Term[];
  readonly key: string;
}

/** coefficient * product(factors). Without factors: the constant term. */
export interface Term {
  readonly coefficient: number;
  readonly factors: readonly Factor[];
  readonly key: string;
}

export type Factor = Variable | Floor | TableElement | Clamp | Reflected;

/** A named size of the user's, or a loop variable of the compiler's. The two kinds never meet under one key. */
export interface Variable {
  readonly kind: 'variable';
  readonly role: 'size' | 'loop';
  readonly name: string;
  readonly key: string;
}

/** floor(numerator / divisor), with divisor > 0. */
export interface Floor {
  readonly kind: 'floor';
  readonly numerator: Polynomial;
  readonly divisor: Integer;
  readonly key: string;
}

/** table[index]: an element of a list of integers that is known when the program is made. */
export interface TableElement {
  readonly kind: 'element';
  readonly table: readonly number[];
  readonly index: Polynomial;
  readonly key: string;
}

/** The number of 0 … limit that is nearest to value, with limit >= 0. */
export interface Clamp {
  readonly kind: 'clamp';
  readonly value: Integer;
  readonly limit: Integer;
  readonly key: string;
}

/** The element of an axis of `size` elements that stands at an index before or behind its ends: see `extend`. */
export interface Reflected {
  readonly kind: 'reflected';
  readonly mode: 'reflect' | 'symmetric';
  readonly index: Integer;
  readonly size: Integer;
  readonly key: string;
}
