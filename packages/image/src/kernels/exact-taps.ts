/** numerator / denominator in lowest terms, the denominator above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The weights w_k of samples at whole offsets o_k that measure a derivative at 0, exactly:
 *
 *   sum over k of  w_k o_k^m  =  d! if m = d, else 0      for m = 0, 1, ..., n - 1
 *
 * Those n moments have one solution, the d-th derivatives at 0 of Lagrange's polynomials, which are 1 at their own
 * offset and 0 at the others:
 *
 *   w_k = d! [x^d]  product over j != k of  (x - o_j) / (o_k - o_j)
 *
 * @param offsets different from each other, more than d of them
 * @see Fornberg, "Generation of Finite Difference Formulas on Arbitrarily Spaced Grids", 1988
 */
export function exactTaps(derivative: number, offsets: readonly number[]): readonly Rational[] {
  return offsets.map((own, k) => {
    const others = offsets.filter((_, j) => j !== k).map(BigInt);
    const coefficient = withRoots(others)[derivative] ?? 0n;
    const scale = others.reduce((product, other) => product * (BigInt(own) - other), 1n);
    return rational(factorial(derivative) * coefficient, scale);
  });
}

/** The coefficients of the product of (x - root), the constant first. */
function withRoots(roots: readonly bigint[]): readonly bigint[] {
  let polynomial = [1n];
  for (const root of roots) {
    const before = polynomial;
    polynomial = [0n, ...before].map((timesX, power) => timesX - root * (before[power] ?? 0n));
  }
  return polynomial;
}

function factorial(n: number): bigint {
  return Array.from({ length: n }, (_, index) => BigInt(index + 1)).reduce((product, factor) => product * factor, 1n);
}

export function rational(numerator: bigint, denominator: bigint): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Euclid's. Above 0 unless both are 0. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [magnitude(a), magnitude(b)];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function timesRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/**
 * The float64 next to a rational, ties to even.
 *
 * The quotient is taken with at least 56 bits, the last of them 1 where anything is left over: it stands on the same
 * side of every halfway point as the rational, so that the one rounding, `Number(quotient)`, goes the same way.
 */
export function nearest({ numerator, denominator }: Rational): number {
  const size = magnitude(numerator);
  const shift = Math.max(0, 56 + bits(denominator) - bits(size));
  const scaled = size << BigInt(shift);
  const quotient = scaled / denominator;
  const rounded = Number(scaled % denominator === 0n ? quotient : quotient | 1n) / 2 ** shift;
  return numerator < 0n ? -rounded : rounded;
}

function bits(value: bigint): number {
  return value.toString(2).length;
}
