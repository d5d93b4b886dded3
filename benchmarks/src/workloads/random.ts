/** Uniform numbers in [0, 1), the same for the same seed (Steele and Vigna's mixing of a counter). */
export function seeded(seed: number): () => number {
  let counter = Math.imul(seed + 1, 0x9e3779b9);
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = counter ^ (counter >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
}

/** `length` numbers in [low, high), in single precision. */
export function uniform(length: number, seed: number, low = -1, high = 1): Float32Array {
  const next = seeded(seed);
  return Float32Array.from({ length }, () => low + (high - low) * next());
}
