import { inverse, negative, prime, product, sum } from '../src/certify/prime-field.ts';

/** A polynomial in one variable over the field: coefficients, lowest first, the last one not 0. */
export type Polynomial = readonly bigint[];

/** A quotient of two polynomials without a common factor. */
export interface Quotient {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

export const degreeOf = (polynomial: Polynomial): number => Math.max(0, polynomial.length - 1);

function trimmed(coefficients: Polynomial): Polynomial {
  let { length } = coefficients;
  while (length > 0 && coefficients[length - 1] === 0n) length--;
  return coefficients.slice(0, length);
}

export const constantOf = (value: bigint): Polynomial => trimmed([((value % prime) + prime) % prime]);

function plus(a: Polynomial, b: Polynomial): Polynomial {
  return trimmed(Array.from({ length: Math.max(a.length, b.length) }, (_, power) => sum(a[power] ?? 0n, b[power] ?? 0n)));
}

function times(a: Polynomial, b: Polynomial): Polynomial {
  const result = Array.from({ length: a.length + b.length }, () => 0n);
  a.forEach((left, at) => b.forEach((right, power) => (result[at + power] = sum(result[at + power] ?? 0n, product(left, right)))));
  return trimmed(result);
}

/** Quotient and remainder. */
function dividedBy(a: Polynomial, b: Polynomial): readonly [Polynomial, Polynomial] {
  const leading = inverse(b.at(-1) ?? 1n);
  const quotient: bigint[] = [];
  let rest = a;
  while (rest.length >= b.length) {
    const factor = product(rest.at(-1) ?? 0n, leading);
    const power = rest.length - b.length;
    quotient[power] = factor;
    const term = [...Array.from({ length: power }, () => 0n), factor];
    rest = plus(rest, times(b, term).map(negative));
  }
  return [trimmed(Array.from(quotient, (each) => each ?? 0n)), rest];
}

function commonFactor(a: Polynomial, b: Polynomial): Polynomial {
  return b.length === 0 ? a : commonFactor(b, dividedBy(a, b)[1]);
}

/** Without what numerator and denominator have in common. */
function quotientOf(numerator: Polynomial, denominator: Polynomial): Quotient {
  const common = commonFactor(numerator, denominator);
  return { numerator: dividedBy(numerator, common)[0], denominator: dividedBy(denominator, common)[0] };
}

export const added = (a: Quotient, b: Quotient): Quotient => quotientOf(plus(times(a.numerator, b.denominator), times(b.numerator, a.denominator)), times(a.denominator, b.denominator));

export const negated = ({ numerator, denominator }: Quotient): Quotient => ({ numerator: numerator.map(negative), denominator });

export const multiplied = (a: Quotient, b: Quotient): Quotient => quotientOf(times(a.numerator, b.numerator), times(a.denominator, b.denominator));

/** undefined of 0. */
export const inverted = ({ numerator, denominator }: Quotient): Quotient | undefined => (numerator.length === 0 ? undefined : { numerator: denominator, denominator: numerator });
