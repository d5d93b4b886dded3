import { applyRule, intern, type NodeOf, type RuleTable, type Tensor } from './tensor.ts';
import { binaryNames, unaryNames, type BinaryName, type UnaryName } from './primitives.ts';
import { tabulate } from './table.ts';

type Replace = (operand: Tensor) => Tensor;

const unaryRule = () => (node: NodeOf<UnaryName>, by: Replace): Tensor => intern({ ...node, inputs: [by(node.inputs[0])] });
const binaryRule = () => (node: NodeOf<BinaryName>, by: Replace): Tensor =>
  intern({ ...node, inputs: [by(node.inputs[0]), by(node.inputs[1])] });
/** Primitives with one operand and any attributes. */
const oneOperandNames = [
  'broadcast', 'reshape', 'transpose', 'flip', 'slice', 'pad', 'cast', 'stopGradient',
  'take', 'scatter', 'windows', 'overlapAdd', 'reduceMax', 'sum',
] as const;
const oneOperand = () => (node: NodeOf<(typeof oneOperandNames)[number]>, by: Replace): Tensor =>
  intern({ ...node, inputs: [by(node.inputs[0])] });
const itself = (node: Tensor): Tensor => node;

/** The same node over other operands of the same shapes. */
const rules: RuleTable<readonly [by: Replace], Tensor> = {
  ...tabulate(unaryNames, unaryRule),
  ...tabulate(binaryNames, binaryRule),
  input: itself,
  state: itself,
  constant: itself,
  size: itself,
  select: (node, by) => intern({ ...node, inputs: [by(node.inputs[0]), by(node.inputs[1]), by(node.inputs[2])] }),
  ...tabulate(oneOperandNames, oneOperand),
  concat: (node, by) => intern({ ...node, inputs: node.inputs.map(by) }),
  correlate: (node, by) => intern({ ...node, inputs: [by(node.inputs[0]), by(node.inputs[1])] }),
};

/** The node with each operand replaced; the replacements must have the operands' shapes and dtypes. */
export function rebuild(node: Tensor, by: Replace): Tensor {
  const operands: readonly Tensor[] = node.inputs;
  return operands.every((operand) => by(operand) === operand) ? node : applyRule(rules, node, by);
}
