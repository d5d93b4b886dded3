import { bindSizes, checkSizes, interpret, topologicalOrder, type Feeds, type NodeOf, type Tensor, type Values } from '@xcorr/graph';
import { boundedNode } from './rules.ts';
import type { Bounded } from './scope.ts';

export interface BoundsOptions {
  /** c: how many units each operation may err by. Algorithms that need more than 16 say so. Default: 16. */
  readonly errorConstant?: number;
}

/** Values of one tensor, and by how much a backend's may differ. */
export interface BoundedValues extends Bounded {
  /** 1 where the element is judged, 0 where its path crosses a jump nearer than its error. */
  readonly judged: Uint8Array;
}

/**
 * Interprets tensors one by one over fixed feeds, each node once: what was computed for one tensor serves the next.
 *
 * @param sources tensors from which every input and state that will be asked for can be reached
 * @throws FeedError as `interpret`
 * @example
 * const x = input('x', [2]);
 * boundedInterpreter([x], { x: [1, 2] })(x).bounds; // => Float64Array.of(0, 0)
 */
export function boundedInterpreter(sources: readonly Tensor[], feeds: Feeds = {}, { errorConstant = 16 }: BoundsOptions = {}): (tensor: Tensor) => Bounded {
  const nodes = topologicalOrder(sources).filter((node): node is NodeOf<'input' | 'state'> => node.primitive === 'input' || node.primitive === 'state');
  const fed = new Map<Tensor, Values>();
  interpret(nodes, feeds).forEach((values, position) => {
    const node = nodes[position];
    if (node !== undefined) fed.set(node, values);
  });
  const sizes = bindSizes(nodes.filter((node) => node.primitive === 'input').map((node) => ({ name: node.attributes.name, shape: node.shape, fed: fed.get(node)?.shape ?? [] })));
  const known = new Map<Tensor, Bounded>();
  const lookUp = <Found>(table: ReadonlyMap<Tensor, Found>, tensor: Tensor): Found => {
    const found = table.get(tensor);
    if (found === undefined) throw new TypeError(`boundedInterpreter: ${tensor.primitive} is not among the sources`);
    return found;
  };
  const unit = { float32: errorConstant * 2 ** -24, float64: errorConstant * 2 ** -53 };
  const scope = { sizes, source: (node: NodeOf<'input' | 'state'>) => lookUp(fed, node) };
  return (tensor) => {
    if (!known.has(tensor))
      for (const node of topologicalOrder([tensor])) {
        if (known.has(node)) continue;
        checkSizes([node], sizes);
        known.set(node, boundedNode(node, scope, (operand) => lookUp(known, operand), unit));
      }
    return lookUp(known, tensor);
  };
}

/**
 * The values of some tensors in float64, and for each element how far a backend's may lie from it.
 *
 * A bound is an absolute error that no backend exceeds which rounds each operation once, to the graph's dtype or
 * better. With u = 2^-24 for float32 and 2^-53 for float64, c = 16, and E(x) the bound of an operand x:
 *
 *   sources and movements                 E(y) = 0,  E(y) = E(x)
 *   element-wise y = f(x)                 E(y) = c u |y|  +  the most that f varies within E(x) of x
 *   sums and correlations of terms t      E(y) = c u sum |t|  +  sum E(t),  with E(a b) = |a| E(b) + |b| E(a) + E(a) E(b)
 *   sin, cos, exp, pow                    c u times what the reduction of their argument costs, instead of |y|
 *
 * The first lines are first-order error analysis; the variation of f is enclosed, not linearised, so that the bound
 * holds near the poles of division, log and pow. Where float32 can hold the result of a sum or product of operands
 * without error, no rounding happens and none is allowed: E(y) = 0.
 *
 * An element is not judged (its bound is Infinity) when the argument of sign, floor, a comparison, or the angle of
 * atan2 lies nearer to a jump than its bound, when a function leaves its domain within the bound, when the dtype may
 * not hold it, or when it was computed from such an element. A select whose condition is not judged is judged where
 * its two values are equal within their bounds. Min, max and abs have kinks and no jumps: they are judged
 * everywhere. A value that is not finite is judged, and must be met, where one element-wise operation makes it of
 * operands without error, unless the sign of a zero decides it.
 *
 * @param feeds values of inputs by name; a state may be fed too, and has its initial value otherwise
 * @throws FeedError when an input is not fed, a feed does not fit, or two inputs have one name.
 * @throws ShapeError when an axis vanishes for the sizes that are fed.
 * @see Higham, "Accuracy and Stability of Numerical Algorithms", chapters 3 and 4
 * @example
 * const [{ values, bounds, judged }] = interpretWithBounds([mul(input('x', [1]), 0.1)], { x: [3] });
 * Math.abs(Math.fround(values.data[0]) - values.data[0]) < bounds[0]; // => true
 * judged; // => Uint8Array.of(1)
 */
export function interpretWithBounds(roots: readonly Tensor[], feeds: Feeds = {}, options: BoundsOptions = {}): readonly BoundedValues[] {
  return roots.map(boundedInterpreter(roots, feeds, options)).map(({ values, bounds }) => ({
    values,
    bounds,
    judged: Uint8Array.from(bounds, (bound) => (bound < Infinity ? 1 : 0)),
  }));
}
