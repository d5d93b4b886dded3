import { elementCount, type Tensor } from '@xcorr/graph';
import type { Draft } from './draft.ts';
import type { Placement } from './place.ts';

/** A small map behind a sweep has at most this many elements. */
const epilogueElements = 256;

/** Which drafts each draft reads from. */
type Producers = ReadonlyMap<Draft, Set<Draft>>;

function producersOf({ drafts, buffers, sites, swept }: Placement): Producers {
  const producers = new Map<Draft, Set<Draft>>(drafts.map((draft) => [draft, new Set<Draft>()]));
  const makers = new Map<Tensor, Draft>(swept);
  for (const draft of drafts) for (const root of draft.roots) if (root.mode === 'compute') makers.set(root.tensor, draft);
  for (const [tensor, places] of sites) {
    const maker = buffers.has(tensor) ? makers.get(tensor) : undefined;
    if (maker === undefined) continue;
    for (const site of places) if (site.draft !== maker) producers.get(site.draft)?.add(maker);
  }
  return producers;
}

function dependsOn(draft: Draft, other: Draft, producers: Producers): boolean {
  const pending = [...(producers.get(draft) ?? [])];
  const seen = new Set<Draft>();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === other) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(producers.get(next) ?? []));
  }
  return false;
}

/**
 * The sweep behind which a small map may run: it reads from it, and nothing else that it reads comes after it. What states
 * change does not go behind sums that they do not: these are taken once in a call.
 */
function sweepBefore(draft: Draft, producers: Producers, varying: ReadonlySet<Tensor>): Draft | undefined {
  if (draft.kind !== 'map') return undefined;
  const elements = elementCount(draft.loops.map((loop) => loop.extent));
  if (typeof elements !== 'number' || elements > epilogueElements) return undefined;
  const read = [...(producers.get(draft) ?? [])];
  const varies = ({ roots }: Draft): boolean => roots.some(({ tensor }) => varying.has(tensor));
  return read.find(
    (sweep) => sweep.kind === 'sweep' && (varies(sweep) || !varies(draft)) && read.every((other) => other === sweep || !dependsOn(other, sweep, producers)),
  );
}

/**
 * Puts small maps behind the sweeps whose sums they use, where the sums are still in registers, and orders the
 * drafts so that each comes after all that it reads.
 */
export function fuseEpilogues(placement: Placement): readonly Draft[] {
  const producers = producersOf(placement);
  const kept = new Set(placement.drafts);
  for (const draft of placement.drafts) {
    const sweep = sweepBefore(draft, producers, placement.varying);
    if (sweep === undefined) continue;
    sweep.epilogues.push(draft);
    kept.delete(draft);
    const own = producers.get(sweep);
    for (const producer of producers.get(draft) ?? []) if (producer !== sweep) own?.add(producer);
    for (const [user, read] of producers) if (read.delete(draft) && user !== sweep) read.add(sweep);
  }
  return inOrder([...kept], producers);
}

/** Drafts so that each comes after all that it reads. A stack of its own, since programs may be deeper than the engine's. */
function inOrder(drafts: readonly Draft[], producers: Producers): readonly Draft[] {
  const ordered = new Set<Draft>();
  const entered = new Set<Draft>();
  const pending = [...drafts].reverse();
  for (let draft = pending.at(-1); draft !== undefined; draft = pending.at(-1)) {
    const before = entered.has(draft) ? [] : [...(producers.get(draft) ?? [])].filter((producer) => !ordered.has(producer));
    entered.add(draft);
    if (before.length > 0) pending.push(...before.reverse());
    else {
      ordered.add(draft);
      pending.pop();
    }
  }
  return [...ordered];
}
