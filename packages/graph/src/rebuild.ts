import { evaluateInteger, variablesOf } from './integer-value.ts';
import { sizeValue } from './ops/source.ts';
import { binaryNames, unaryNames, type BinaryName, type UnaryName } from './primitives.ts';
import type { Shape, Size } from './shape.ts';
import { tabulate } from './table.ts';
import { applyRule, intern, type NodeOf, type RuleTable, type Tensor } from './tensor.ts';
import { topologicalOrder } from './topological-order.ts';

/** What takes the place of a node's operands, and of the sizes in its shape and attributes. */
interface Change {
  readonly by: (operand: Tensor) => Tensor;
  readonly sized: (shape: Shape) => Shape;
}

/** Primitives with one operand, whose attributes hold no sizes. */
const plainNames = ['transpose', 'flip', 'cast', 'stopGradient', 'take', 'scatter', 'reduceMax', 'sum'] as const;

const unaryRule =
  () =>
  (node: NodeOf<UnaryName>, { by, sized }: Change): Tensor =>
    intern({ ...node, shape: sized(node.shape), inputs: [by(node.inputs[0])] });
const binaryRule =
  () =>
  (node: NodeOf<BinaryName>, { by, sized }: Change): Tensor =>
    intern({ ...node, shape: sized(node.shape), inputs: [by(node.inputs[0]), by(node.inputs[1])] });
const plainRule =
  () =>
  (node: NodeOf<(typeof plainNames)[number]>, { by, sized }: Change): Tensor =>
    intern({ ...node, shape: sized(node.shape), inputs: [by(node.inputs[0])] });
const pairs = (list: readonly (readonly [Size, Size])[], sized: Change['sized']): readonly (readonly [Size, Size])[] =>
  list.map(([low, high]) => {
    const [first = low, second = high] = sized([low, high]);
    return [first, second];
  });

const rules: RuleTable<readonly [change: Change], Tensor> = {
  ...tabulate(unaryNames, unaryRule),
  ...tabulate(binaryNames, binaryRule),
  ...tabulate(plainNames, plainRule),
  input: (node, { sized }) => intern({ ...node, shape: sized(node.shape) }),
  state: (node) => node,
  constant: (node) => node,
  size: ({ attributes: { value }, dtype }, { sized }) => sizeValue(sized([value])[0] ?? value, dtype),
  select: (node, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), inputs: [by(node.inputs[0]), by(node.inputs[1]), by(node.inputs[2])] }),
  broadcast: (node, { by, sized }) => {
    const shape = sized(node.shape);
    return intern({ ...node, shape, attributes: { shape }, inputs: [by(node.inputs[0])] });
  },
  reshape: (node, { by, sized }) => {
    const shape = sized(node.shape);
    return intern({ ...node, shape, attributes: { shape }, inputs: [by(node.inputs[0])] });
  },
  slice: ({ attributes: { start, stop, step }, ...node }, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), attributes: { start: sized(start), stop: sized(stop), step }, inputs: [by(node.inputs[0])] }),
  pad: ({ attributes: { low, high, interior, value }, ...node }, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), attributes: { low: sized(low), high: sized(high), interior, value }, inputs: [by(node.inputs[0])] }),
  extend: ({ attributes: { mode, low, high }, ...node }, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), attributes: { mode, low: sized(low), high: sized(high) }, inputs: [by(node.inputs[0])] }),
  foldBack: ({ attributes: { axis, mode, low, high }, ...node }, { by, sized }) => {
    const [before = low, behind = high] = sized([low, high]);
    return intern({ ...node, shape: sized(node.shape), attributes: { axis, mode, low: before, high: behind }, inputs: [by(node.inputs[0])] });
  },
  concat: (node, { by, sized }) => intern({ ...node, shape: sized(node.shape), inputs: node.inputs.map(by) }),
  windows: ({ attributes: { window, strides, dilations }, ...node }, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), attributes: { window: sized(window), strides, dilations }, inputs: [by(node.inputs[0])] }),
  overlapAdd: ({ attributes: { window, strides, dilations, size }, ...node }, { by, sized }) =>
    intern({ ...node, shape: sized(node.shape), attributes: { window: sized(window), strides, dilations, size: sized(size) }, inputs: [by(node.inputs[0])] }),
  correlate: ({ attributes, ...node }, { by, sized }) =>
    intern({
      ...node,
      shape: sized(node.shape),
      attributes: {
        strides: attributes.strides,
        padding: pairs(attributes.padding, sized),
        dilations: attributes.dilations,
        inputDilations: attributes.inputDilations,
        groups: attributes.groups,
      },
      inputs: [by(node.inputs[0]), by(node.inputs[1])],
    }),
};

const asItIs = (shape: Shape): Shape => shape;

/**
 * The node with each operand replaced; the replacements must have the operands' shapes and dtypes.
 *
 * @example
 * const [x, z] = [input('x', [2]), input('z', [2])];
 * rebuild(mul(x, 2), (operand) => (operand === x ? z : operand)) === mul(z, 2); // => true
 */
export function rebuild(node: Tensor, by: (operand: Tensor) => Tensor): Tensor {
  const operands: readonly Tensor[] = node.inputs;
  return operands.every((operand) => by(operand) === operand) ? node : applyRule(rules, node, { by, sized: asItIs });
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
  const sized = (shape: Shape): Shape => shape.map((size) => (variablesOf(size).length === 0 ? size : evaluateInteger(size, sizes)));
  for (const node of topologicalOrder(roots)) {
    const operands: readonly Tensor[] = node.inputs;
    const named = [...node.shape, ...(node.primitive === 'size' ? [node.attributes.value] : [])].some((size) => typeof size !== 'number');
    const changed = named || operands.some((operand) => by(operand) !== operand);
    done.set(node, changed ? applyRule(rules, node, { by, sized }) : node);
  }
  return done;
}
