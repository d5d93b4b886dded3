/** A divisor, as a polynomial of at most this degree. One object for one value. */
export interface Divisor {
  readonly degree: number;
}

/** A product of powers of divisors, and its degree. */
export interface Denominator {
  readonly degree: number;
  readonly exponents: ReadonlyMap<Divisor, number>;
}

/** Of what was not divided. */
export const one: Denominator = { degree: 0, exponents: new Map() };

/** More divisors than these are held for a single one: what they have in common with others is not known any more. */
const mostDivisors = 64;

function made(exponents: ReadonlyMap<Divisor, number>, degree: number): Denominator {
  return { degree, exponents: exponents.size > mostDivisors ? new Map([[{ degree }, 1]]) : exponents };
}

/** Divides by a divisor. */
export const over = (divisor: Divisor): Denominator => made(new Map([[divisor, 1]]), divisor.degree);

/** The exponents of one changed by those of another. */
function combined(a: Denominator, b: Denominator, combine: (exponent: number, other: number) => number): Denominator {
  const [more, fewer] = a.exponents.size < b.exponents.size ? [b, a] : [a, b];
  let exponents: Map<Divisor, number> | undefined;
  let { degree } = more;
  for (const [divisor, exponent] of fewer.exponents) {
    const before = more.exponents.get(divisor) ?? 0;
    const after = combine(before, exponent);
    if (after === before) continue;
    exponents ??= new Map(more.exponents);
    exponents.set(divisor, after);
    degree += (after - before) * divisor.degree;
  }
  return exponents === undefined ? more : made(exponents, degree);
}

/** The least common multiple: over it, sums are written. */
export const commonMultiple = (a: Denominator, b: Denominator): Denominator => (a === b ? a : combined(a, b, Math.max));

export const productOfDenominators = (a: Denominator, b: Denominator): Denominator => combined(a, b, (exponent, other) => exponent + other);

export function powerOfDenominator({ degree, exponents }: Denominator, exponent: number): Denominator {
  return exponents.size === 0 ? one : { degree: degree * exponent, exponents: new Map([...exponents].map(([divisor, each]) => [divisor, each * exponent])) };
}
