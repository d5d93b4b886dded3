import type { Integer, Tensor } from '@xcorr/graph';
import { nominal } from './ranges.ts';

/** A loop before it has a body. */
export interface DraftLoop {
  readonly variable: string;
  readonly extent: Integer;
}

/** A tensor that a nest computes into a buffer, or copies into one that it does not own. */
export interface Root {
  readonly tensor: Tensor;
  readonly buffer: string;
  readonly mode: 'compute' | 'copy';
}

/**
 * A loop nest before it is built. `map`: one loop for each axis of its root, which is stored element by element.
 * `sweep`: loops over what reductions of equal extents gather, each into accumulators; then come the epilogues,
 * small maps that use the sums while they are still in registers.
 */
export interface Draft {
  readonly id: number;
  readonly kind: 'map' | 'sweep';
  readonly loops: readonly DraftLoop[];
  readonly roots: Root[];
  readonly epilogues: Draft[];
}

/** A place at which a tensor is read. */
export interface Site {
  readonly draft: Draft;
  readonly index: readonly Integer[];
  /** The loops around the reading, down to the innermost on which the index depends. */
  readonly loops: readonly DraftLoop[];
  /** True when it is read in loops that gather, whatever its index depends on. */
  isInSum: boolean;
  /** True when every reading of this index stands under a condition. */
  guarded: boolean;
  /** How many users read here. */
  readers: number;
}

/** How often the value at a site is computed if it is computed there. */
export function trips(site: Site): number {
  return site.loops.reduce((product, loop) => product * nominal(loop.extent), 1);
}
