import { topologicalOrder, type Tensor } from '@xcorr/graph';

/** A graph with what reads each of its nodes. */
export interface Consumers {
  readonly order: readonly Tensor[];
  /** Each that reads it, once. */
  readonly of: (tensor: Tensor) => readonly Tensor[];
  readonly isRoot: (tensor: Tensor) => boolean;
  /** Whether this node is all that reads the tensor. */
  readonly isOnly: (tensor: Tensor) => boolean;
}

export function consumersOf(roots: readonly Tensor[]): Consumers {
  const order = topologicalOrder(roots);
  const readers = new Map<Tensor, Tensor[]>();
  const results = new Set(roots);
  for (const node of order)
    for (const operand of new Set<Tensor>(node.inputs)) {
      const known = readers.get(operand);
      if (known === undefined) readers.set(operand, [node]);
      else known.push(node);
    }
  const of = (tensor: Tensor): readonly Tensor[] => readers.get(tensor) ?? [];
  return { order, of, isRoot: (tensor) => results.has(tensor), isOnly: (tensor) => !results.has(tensor) && of(tensor).length === 1 };
}
