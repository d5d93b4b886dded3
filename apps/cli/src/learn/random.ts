const mask = (1n << 64n) - 1n;

/**
 * Numbers that look drawn from [0, 1), each a whole multiple of 2^-53; the same seed gives the same numbers everywhere.
 *
 * @param seed a whole number; only its lowest 64 bits count
 * @see Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014, figure 17 (SplitMix64)
 */
export function* uniformNumbers(seed: number): Generator<number, never> {
  let state = BigInt(seed) & mask;
  for (;;) {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let bits = state;
    bits = ((bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    bits = ((bits ^ (bits >> 27n)) * 0x94d049bb133111ebn) & mask;
    bits ^= bits >> 31n;
    yield Number(bits >> 11n) / 2 ** 53;
  }
}
