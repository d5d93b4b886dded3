import fc from 'fast-check';
import type { Channels, DeepPicture, Depth, Picture } from '../src/picture.ts';

/** fast-check draws the same examples in every run: a failure is there again when it is looked at. */
export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 20_261_122, numRuns };
}

export const anyDepth: fc.Arbitrary<Depth> = fc.constantFrom(8, 16);

/** A small picture of any form. */
export function anyPicture(depth: 8): fc.Arbitrary<Picture>;
export function anyPicture(depth: 16): fc.Arbitrary<DeepPicture>;
export function anyPicture(depth: Depth): fc.Arbitrary<Picture | DeepPicture>;
export function anyPicture(depth: Depth): fc.Arbitrary<Picture | DeepPicture> {
  const extents = fc.record({ width: fc.integer({ min: 1, max: 5 }), height: fc.integer({ min: 1, max: 5 }), channels: fc.constantFrom<Channels>(1, 2, 3, 4) });
  return extents.chain((extent): fc.Arbitrary<Picture | DeepPicture> => {
    const length = extent.width * extent.height * extent.channels;
    const between = { minLength: length, maxLength: length };
    return depth === 8 ? fc.uint8Array(between).map((data) => ({ ...extent, data })) : fc.uint16Array(between).map((data) => ({ ...extent, data }));
  });
}

/** Numbers from 0 to 1 that look random and are always the same (Mulberry32). */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
