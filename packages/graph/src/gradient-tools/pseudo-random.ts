/** Numbers from -1 to 1 that look random and are the same for the same seed (Mulberry32). */
export function pseudoRandom(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

/** All of 0, …, count - 1, or as many of them as are wanted, in ascending order. */
export function chosen(count: number, wanted: number, seed: number): readonly number[] {
  const keys = count > wanted ? pseudoRandom(count, seed) : new Float64Array(count);
  const order = Array.from(keys.keys()).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
  return order.slice(0, wanted).sort((a, b) => a - b);
}
