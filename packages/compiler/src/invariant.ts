import { expressionsIn, walk, type LoopNest } from './nest.ts';
import type { Buffer } from './program.ts';

const loads = (nest: LoopNest): readonly string[] => [...expressionsIn(nest.body)].flatMap((each) => (each.kind === 'load' ? [each.buffer] : []));

const stores = (nest: LoopNest): readonly string[] => [...walk(nest.body)].flatMap(([each]) => (each.kind === 'store' ? [each.buffer] : []));

/** Nests in order, those first whose results are the same at all times of a call. */
export interface Partition {
  readonly nests: readonly LoopNest[];
  /** How many of the first are. */
  readonly invariant: number;
}

/**
 * Puts the nests first that depend on no state: feeds and constants are the same at all times of a call, and so is what
 * they make of them. A program without updates has no need of it: its times are all alike.
 */
export function invariantFirst({ buffers, nests }: { readonly buffers: readonly Buffer[]; readonly nests: readonly LoopNest[] }): Partition {
  if (buffers.every(({ role }) => role !== 'next')) return { nests, invariant: 0 };
  const varying = new Set(buffers.flatMap(({ id, role }) => (role === 'state' ? [id] : [])));
  const [first, others]: [LoopNest[], LoopNest[]] = [[], []];
  for (const nest of nests) {
    const varies = loads(nest).some((buffer) => varying.has(buffer));
    if (varies) for (const buffer of stores(nest)) varying.add(buffer);
    (varies ? others : first).push(nest);
  }
  // What a state becomes is copied into it behind each time: a nest in which nothing varies may still write it once.
  return { nests: [...first, ...others], invariant: first.length };
}
