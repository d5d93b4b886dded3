/** fast-check draws the same examples in every run: a failure is there again when it is looked at. */
export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 20_261_121, numRuns };
}

/** Numbers from -1 to 1 that look random and are always the same (Mulberry32). */
export function pseudoRandom(count: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}
