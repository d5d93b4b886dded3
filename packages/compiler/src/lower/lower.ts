import type { NodeOf, Storage, Tensor } from '@xcorr/graph';
import { createExpressions, type Expression } from '../expression.ts';
import { withLaws } from '../laws.ts';
import type { LoopNest } from '../nest.ts';
import type { Machine } from '../backend.ts';
import type { Buffer } from '../program.ts';
import { buildNest } from './build.ts';
import type { Draft } from './draft.ts';
import { foldSymmetric } from './fold-symmetric.ts';
import { fuseEpilogues } from './fuse.ts';
import { flatten, type Index } from './index-maps.ts';
import { createNames } from './names.ts';
import { place, type PlannedRoot } from './place.ts';

/** A graph as the compiler takes it: what is fed, what lives inside, what comes out, what states become. */
export interface Graph {
  readonly inputs: readonly NodeOf<'input'>[];
  readonly states: readonly NodeOf<'state'>[];
  readonly outputs: readonly { readonly name: string; readonly tensor: Tensor; readonly storage: Storage }[];
  readonly updates: readonly { readonly state: NodeOf<'state'>; readonly next: Tensor }[];
}

export interface Lowered {
  readonly buffers: readonly Buffer[];
  readonly nests: readonly LoopNest[];
}

/** From a graph to loop nests in order and the buffers that they work on. */
export function lower(graph: Graph, { elementThreads }: Pick<Machine, 'elementThreads'> = {}): Lowered {
  const names = createNames();
  const make = withLaws(createExpressions());
  const buffers: Buffer[] = [];
  const ids = new Map<Tensor, string>();
  const addBuffer = (tensor: Tensor, rest: Omit<Buffer, 'id' | 'shape' | 'storage'> & { readonly storage?: Storage }): string => {
    const id = names.buffer();
    buffers.push({ id, shape: tensor.shape, storage: tensor.dtype, ...rest });
    return id;
  };
  for (const each of graph.inputs) ids.set(each, addBuffer(each, { role: 'input', label: each.attributes.name, storage: each.attributes.storage }));
  for (const each of graph.states) ids.set(each, addBuffer(each, { role: 'state', label: each.attributes.name, data: each.attributes.initial }));
  const roots: PlannedRoot[] = [
    ...graph.outputs.map(({ name, tensor, storage }) => ({ tensor, buffer: addBuffer(tensor, { role: 'output', label: name, storage }), storage })),
    ...graph.updates.map(({ state, next }) => ({
      tensor: next,
      buffer: addBuffer(next, { role: 'next', label: state.attributes.name, state: ids.get(state) ?? '' }),
      storage: next.dtype,
    })),
  ];

  const placement = place(roots, names, elementThreads !== undefined);
  const rootBuffers = new Set(roots.map((root) => root.buffer));
  const load = (source: NodeOf<'input' | 'state' | 'constant'>, index: Index): Expression => {
    if (source.primitive === 'constant') {
      const [value] = source.attributes.data;
      if (source.attributes.data.length === 1 && value !== undefined) return make.constant(value);
    }
    const id = ids.get(source) ?? addBuffer(source, { role: 'constant', label: '', ...(source.primitive === 'constant' ? { data: source.attributes.data } : {}) });
    ids.set(source, id);
    return make.load(id, flatten(index, source.shape));
  };
  const isStored = (tensor: Tensor, draft: Draft): boolean => {
    const buffer = placement.buffers.get(tensor);
    if (buffer !== undefined && rootBuffers.has(buffer)) return true;
    const own = new Set<Draft>([draft, ...draft.epilogues]);
    return (placement.sites.get(tensor) ?? []).some((site) => !own.has(site.draft));
  };

  const drafts = fuseEpilogues(placement);
  const nests = drafts.map((draft) => buildNest(draft, placement, { make, names, load, isStored }));
  const known = new Set(buffers.map((buffer) => buffer.id));
  for (const draft of drafts.flatMap((each) => [each, ...each.epilogues]))
    for (const { tensor, buffer } of draft.roots)
      if (!known.has(buffer) && (draft.kind === 'map' || isStored(tensor, draft)))
        buffers.push({ id: buffer, role: 'temporary', shape: tensor.shape, storage: tensor.dtype, label: '' });
  return elementThreads?.splitSums({ buffers, nests }, names, make) ?? { buffers, nests: foldSymmetric(nests, buffers, make) };
}
