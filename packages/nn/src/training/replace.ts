import { rebuild, topologicalOrder, type Tensor } from '@xcorr/graph';

/** The same graph with some of its sources replaced, by tensors of their shapes and dtypes. */
export function replaced(roots: readonly Tensor[], by: ReadonlyMap<Tensor, Tensor>): (tensor: Tensor) => Tensor {
  const done = new Map(by);
  const now = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  for (const node of topologicalOrder(roots)) if (!done.has(node)) done.set(node, rebuild(node, now));
  return now;
}
