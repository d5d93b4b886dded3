import { specialise, topologicalOrder, type NodeOf, type Tensor } from '@xcorr/graph';
import type { ReadyVariant } from '../executable.ts';
import type { Graph } from '../lower/lower.ts';

/** A program as it runs for one binding of the named sizes: the one for any size, or one made for these. */
export interface Variant<Ready> extends ReadyVariant {
  /** What runs. */
  readonly ready: Ready;
}

/** A cache that forgets what was not asked for longest. */
export interface Bounded<Value> {
  readonly get: (key: string, make: () => Value) => Value;
  readonly values: () => readonly Value[];
}

export function createBounded<Value>(limit: number, forget: (value: Value) => void = () => undefined): Bounded<Value> {
  const known = new Map<string, Value>();
  return {
    get: (key, make) => {
      const value = known.get(key) ?? make();
      known.delete(key);
      known.set(key, value);
      const [oldest] = known;
      if (known.size > limit && oldest !== undefined) {
        known.delete(oldest[0]);
        forget(oldest[1]);
      }
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
