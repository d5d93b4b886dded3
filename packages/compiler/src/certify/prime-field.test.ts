import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { elementOf, inverse, negative, power, prime, product, reduced, sum } from './prime-field.ts';

test('it is a prime: by Miller and Rabin with the bases that decide below 3.3e24', () => {
  const twos = (prime - 1n).toString(2).length - (prime - 1n).toString(2).replace(/0+$/, '').length;
  const odd = (prime - 1n) >> BigInt(twos);
  for (const base of [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n]) {
    const squares = Array.from({ length: twos }, (_, times) => power(base, odd << BigInt(times)));
    expect(squares[0] === 1n || squares.includes(prime - 1n)).toBe(true);
  }
  expect(prime.toString(2)).toHaveLength(61);
});

/** The vectors of a lattice that are about the shortest. */
function shortVectors(first: readonly [bigint, bigint], second: readonly [bigint, bigint]): readonly (readonly [bigint, bigint])[] {
  const dot = ([a, b]: readonly [bigint, bigint], [c, d]: readonly [bigint, bigint]): bigint => a * c + b * d;
  let [short, long] = [first, second];
  for (;;) {
    if (dot(short, short) > dot(long, long)) [short, long] = [long, short];
    const twice = 2n * dot(short, long) + dot(short, short);
    const divisor = 2n * dot(short, short);
    // Rounded to the nearest, by the floor of a quotient.
    const nearest = (twice - (((twice % divisor) + divisor) % divisor)) / divisor;
    const next: readonly [bigint, bigint] = [long[0] - nearest * short[0], long[1] - nearest * short[1]];
    if (dot(next, next) >= dot(long, long)) break;
    long = next;
  }
  const factors = [-3n, -2n, -1n, 0n, 1n, 2n, 3n];
  return factors.flatMap((a) => factors.map((b) => [a * short[0] + b * long[0], a * short[1] + b * long[1]] as const)).filter(([a, b]) => a !== 0n || b !== 0n);
}

test('no two numbers of float32 are one element: where m 2^k = n, one of m and n has more than 24 bits', () => {
  const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
  // From the largest number of float32 to the smallest there are 2^277; up to 2^36 both sides are less than the prime.
  for (let halvings = 37; halvings <= 277; halvings++) {
    const vectors = shortVectors([1n, power(2n, BigInt(halvings))], [0n, prime]);
    const least = vectors.map(([m, n]) => (magnitude(m) > magnitude(n) ? magnitude(m) : magnitude(n))).reduce((a, b) => (a < b ? a : b));
    expect(least).toBeGreaterThan(2n ** 24n);
  }
});

test('numbers are what they are: sums and products that lose nothing, and quotients by two', () => {
  const digits = fc.tuple(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.integer({ min: -20, max: 20 })).map(([whole, twos]) => whole * 2 ** twos);
  fc.assert(
    fc.property(digits, digits, (a, b) => {
      expect(elementOf(a * b)).toBe(product(elementOf(a), elementOf(b)));
      expect(elementOf(-a)).toBe(negative(elementOf(a)));
      expect(elementOf(Math.trunc(a) + Math.trunc(b))).toBe(sum(elementOf(Math.trunc(a)), elementOf(Math.trunc(b))));
      expect(product(elementOf(a / 2 ** 30), power(2n, 30n))).toBe(elementOf(a));
    }),
    seeded(300),
  );
  expect([elementOf(Number.MIN_VALUE), elementOf(2 ** 1000)]).toEqual([inverse(power(2n, 1074n)), power(2n, 1000n)]);
});

test('every element but 0 has an inverse', () => {
  for (const x of [1n, 2n, prime - 1n, 123_456_789_123n, elementOf(0.1)]) expect(product(x, inverse(x))).toBe(1n);
  expect([reduced(-1n), reduced(prime), negative(0n), sum(prime - 1n, 1n)]).toEqual([prime - 1n, 0n, 0n, 0n]);
});
