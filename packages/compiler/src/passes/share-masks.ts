import { less, rebuild, topologicalOrder, type NodeOf, type Tensor } from '@xcorr/graph';
import { remade, type Pass } from './rewrite.ts';
import { uniform } from './uniform.ts';

/** What is asked whether it is positive, by a comparison. */
function askedOf(tensor: Tensor): Tensor | undefined {
  return tensor.primitive === 'less' && uniform(tensor.inputs[0]) === 0 ? tensor.inputs[1] : undefined;
}

/** True for select(0 < x, x, 0). */
function isRectified(tensor: Tensor): tensor is NodeOf<'select'> {
  if (tensor.primitive !== 'select') return false;
  const [condition, whenTrue, whenFalse] = tensor.inputs;
  return askedOf(condition) === whenTrue && uniform(whenFalse) === 0;
}

/**
 * Where x is positive relu(x) is, and nowhere else: what is masked by x is masked by the result, and nothing keeps x.
 *
 *   0 < x  =  0 < relu(x)
 */
export const shareMasks: Pass = {
  name: 'share masks',
  run: (roots) => {
    const order = topologicalOrder(roots);
    const rectified = new Map<Tensor, Tensor>();
    for (const node of order) if (isRectified(node)) rectified.set(node.inputs[0], node);
    if (rectified.size === 0) return roots;
    const make: Parameters<typeof remade>[1] = (node, result) =>
      rebuild(node, (operand) => {
        const known = rectified.get(operand);
        if (known === undefined || known === node || operand.primitive !== 'less') return result(operand);
        return less(result(operand.inputs[0]), rebuild(known, result));
      });
    return remade(roots, make, order);
  },
};
