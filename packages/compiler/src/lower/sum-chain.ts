import type { Accumulate, Loop } from '../nest.ts';

/** A loop whose extent is a number. */
export interface CountedLoop extends Loop {
  readonly extent: number;
}

export const isCounted = (loop: Loop): loop is CountedLoop => typeof loop.extent === 'number';

/** The loops from one that reduces down to the statement that gathers into an accumulator. */
export function chainTo(name: string, loop: Loop): { readonly loops: readonly CountedLoop[]; readonly accumulate: Accumulate } | undefined {
  if (loop.role !== 'reduce' || !isCounted(loop)) return undefined;
  for (const each of loop.body) {
    if (each.kind === 'accumulate' && each.name === name) return { loops: [loop], accumulate: each };
    if (each.kind !== 'loop') continue;
    const inner = chainTo(name, each);
    if (inner !== undefined) return { loops: [loop, ...inner.loops], accumulate: inner.accumulate };
  }
  return undefined;
}

export function countOf(loops: readonly CountedLoop[]): number {
  return loops.reduce((product, { extent }) => product * extent, 1);
}

/** The length of the bands of an axis, at most `most`: a divisor of the extent where one is not much shorter, else as even as can be. */
function bandLength(extent: number, most: number): number {
  for (let length = most; length > most / 2; length--) if (extent % length === 0) return length;
  return Math.ceil(extent / Math.ceil(extent / most));
}

/** How the loops of a sum are divided: what is outside makes bands, and what is inside is summed in each of them. */
export interface Division {
  /** Loops that count bands alone. */
  readonly outer: readonly CountedLoop[];
  /** The loop that is cut into bands of this length, if one is. */
  readonly cut: { readonly loop: CountedLoop; readonly length: number } | undefined;
}

export function divide(gathering: readonly CountedLoop[], longest: number): Division {
  let inside = 1;
  for (let position = gathering.length - 1; position >= 0; position--) {
    const loop = gathering[position];
    if (loop === undefined) break;
    if (inside * loop.extent > longest) {
      const most = Math.floor(longest / inside);
      const length = most >= 2 ? bandLength(loop.extent, most) : 1;
      // A condition keeps the terms of a last band that is not whole; other statements it does not reach.
      const isPlain = gathering.slice(position).every(({ body }) => body.length === 1);
      const cut = length > 1 && (isPlain || loop.extent % length === 0) ? { loop, length } : undefined;
      return { outer: gathering.slice(0, cut === undefined ? position + 1 : position), cut };
    }
    inside *= loop.extent;
  }
  return { outer: [], cut: undefined };
}
