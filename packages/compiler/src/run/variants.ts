import { specialise, topologicalOrder, type NodeOf, type Tensor } from '@xcorr/graph';
import type { Graph } from '../lower/lower.ts';
import type { Program } from '../program.ts';
import type { MemorySpace } from './memory-space.ts';

/** A program as it runs for one binding of the named sizes: the one for any size, or one made for these. */
export interface Variant<Kernel> {
  readonly sizes: ReadonlyMap<string, number>;
  readonly program: Program;
  readonly kernel: Kernel;
  readonly space: MemorySpace;
}

/** A cache that forgets what was not asked for longest. */
export interface Bounded<Value> {
  readonly get: (key: string, make: () => Value) => Value;
  readonly values: () => readonly Value[];
}

export function createBounded<Value>(limit: number): Bounded<Value> {
  const known = new Map<string, Value>();
  return {
    get: (key, make) => {
      const value = known.get(key) ?? make();
      known.delete(key);
      known.set(key, value);
      const [oldest] = known.keys();
      if (known.size > limit && oldest !== undefined) known.delete(oldest);
      return value;
    },
    values: () => [...known.values()],
  };
}

/** The graph with numbers for its named sizes; states keep their identity, and everything its place. */
export function specialiseGraph(graph: Graph, sizes: ReadonlyMap<string, number>): Graph {
  const roots = [...graph.outputs.map((each) => each.tensor), ...graph.updates.map((each) => each.next), ...graph.inputs];
  const done = specialise(topologicalOrder(roots), sizes);
  const by = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';
  return {
    inputs: graph.inputs.map(by).filter(isInput),
    states: graph.states,
    outputs: graph.outputs.map((each) => ({ ...each, tensor: by(each.tensor) })),
    updates: graph.updates.map((each) => ({ ...each, next: by(each.next) })),
  };
}
