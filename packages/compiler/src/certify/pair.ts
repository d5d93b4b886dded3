import { inverse, negative, power, product, sum } from './prime-field.ts';

/** The elements that a value has at two points. */
export interface Pair {
  readonly first: bigint;
  readonly second: bigint;
}

/** The same at all points. */
export const both = (element: bigint): Pair => ({ first: element, second: element });

export const isSame = (a: Pair, b: Pair): boolean => a.first === b.first && a.second === b.second;

/** A number that no other pair has. */
export const keyOf = ({ first, second }: Pair): bigint => (first << 64n) | second;

export const sumOf = (a: Pair, b: Pair): Pair => ({ first: sum(a.first, b.first), second: sum(a.second, b.second) });

export const productOf = (a: Pair, b: Pair): Pair => ({ first: product(a.first, b.first), second: product(a.second, b.second) });

export const negativeOf = ({ first, second }: Pair): Pair => ({ first: negative(first), second: negative(second) });

export const powerOf = ({ first, second }: Pair, exponent: number): Pair => ({ first: power(first, BigInt(exponent)), second: power(second, BigInt(exponent)) });

/** undefined where one of them is 0. */
export const inverseOf = ({ first, second }: Pair): Pair | undefined => (first === 0n || second === 0n ? undefined : { first: inverse(first), second: inverse(second) });
