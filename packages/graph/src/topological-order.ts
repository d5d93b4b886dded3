import type { Tensor } from './tensor.ts';

/**
 * Every node that some roots need, operands before what uses them. The order depends on the structure alone:
 * equal graphs, whenever they were made, are walked alike.
 *
 * @example
 * const x = input('x', []);
 * topologicalOrder([mul(x, 2)]).map(({ primitive }) => primitive); // => ['input', 'constant', 'mul']
 */
export function topologicalOrder(roots: readonly Tensor[]): readonly Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  for (const root of roots) {
    // A stack of its own, since a graph may be deeper than the engine's: a node leaves it when its operands are done.
    const path: { readonly node: Tensor; next: number }[] = seen.has(root) ? [] : [{ node: root, next: 0 }];
    seen.add(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const operands: readonly Tensor[] = top.node.inputs;
      const operand = operands[top.next++];
      if (operand === undefined) {
        order.push(top.node);
        path.pop();
      } else if (!seen.has(operand)) {
        seen.add(operand);
        path.push({ node: operand, next: 0 });
      }
    }
  }
  return order;
}
