/**
 * The largest prime below pi 2^59: of 61 bits. In the field of 2^61 - 1 elements 2^61 is 1, and a value that is scaled
 * wrongly could not be told from the right one. In this one no two numbers of float32 are the same element.
 */
export const prime = 1_811_004_864_519_280_693n;

/** The remainder of division by the prime, never negative. */
export function reduced(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** The sum of two elements. */
export function sum(a: bigint, b: bigint): bigint {
  const total = a + b;
  return total >= prime ? total - prime : total;
}

export const negative = (a: bigint): bigint => (a === 0n ? a : prime - a);

export const product = (a: bigint, b: bigint): bigint => (a * b) % prime;

export function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = product(result, square);
    square = product(square, square);
  }
  return result;
}

/** By Fermat, x^(p - 2) x = 1 for every x but 0. */
export const inverse = (x: bigint): bigint => power(x, prime - 2n);

const half = inverse(2n);

/** A finite number as the element that it is: every one is an integer times a power of two. */
export function elementOf(value: number): bigint {
  let [whole, halvings] = [value, 0];
  while (!Number.isInteger(whole)) {
    whole *= 2;
    halvings++;
  }
  const element = reduced(BigInt(whole));
  return halvings === 0 ? element : product(element, power(half, BigInt(halvings)));
}
