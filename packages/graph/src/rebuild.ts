import { isPolynomial } from './integer.ts';
import { evaluateInteger, variablesOf } from './integer-value.ts';
import { sizeValue } from './ops/source.ts';
import type { Shape, Size } from './shape.ts';
import { intern, type Tensor } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

/** What may stand in the place of a node's own: as many operands, and attributes with sizes where there were sizes. */
interface Parts {
  readonly inputs?: readonly Tensor[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly shape?: Shape;
}

function withParts<Node extends Tensor>(node: Node, parts: Parts): Node {
  return { ...node, ...parts };
}

/**
 * The node with each operand replaced; the replacements must have the operands' shapes and dtypes.
 *
 * @example
 * const [x, z] = [input('x', [2]), input('z', [2])];
 * rebuild(mul(x, 2), (operand) => (operand === x ? z : operand)) === mul(z, 2); // => true
 */
export function rebuild(node: Tensor, by: (operand: Tensor) => Tensor): Tensor {
  const operands: readonly Tensor[] = node.inputs;
  const inputs = operands.map(by);
  return inputs.every((operand, position) => operand === operands[position]) ? node : intern(withParts(node, { inputs }));
}

/**
 * The same graph with numbers in the place of its named sizes. Inputs with named sizes become new inputs.
 *
 * @param sizes a number for each named size
 * @returns what became of each node
 * @example
 * const y = mean(input('x', ['H', 3]));
 * print({ y: specialise([y], new Map([['H', 2]])).get(y) }).split('\n')[2]; // => '%2 = constant(6) : float32 []'
 */
export function specialise(roots: readonly Tensor[], sizes: ReadonlyMap<string, number>): ReadonlyMap<Tensor, Tensor> {
  const done = new Map<Tensor, Tensor>();
  const by = (tensor: Tensor): Tensor => done.get(tensor) ?? tensor;
  const sized = (size: Size): Size => (variablesOf(size).length === 0 ? size : evaluateInteger(size, sizes));
  /** Sizes in attributes stand alone, in lists, and in lists of pairs. */
  const specialised = (value: unknown): unknown => {
    if (isPolynomial(value)) return sized(value);
    return Array.isArray(value) ? Array.from<unknown, unknown>(value, specialised) : value;
  };
  for (const node of topologicalOrder(roots)) {
    const operands: readonly Tensor[] = node.inputs;
    const inputs = operands.map(by);
    const isNamed = node.shape.some((size) => typeof size !== 'number');
    if (node.primitive === 'size') done.set(node, sizeValue(sized(node.attributes.value), node.dtype));
    else if (!isNamed && inputs.every((operand, position) => operand === operands[position])) done.set(node, node);
    else {
      const attributes = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, specialised(value)]));
      done.set(node, intern(withParts(node, { inputs, attributes, shape: node.shape.map(sized) })));
    }
  }
  return done;
}
