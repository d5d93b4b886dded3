import { applyRule, intern, type NodeOf, type RuleTable, type Tensor } from './tensor.ts';
import { binaryNames, unaryNames, type BinaryName, type UnaryName } from './primitives.ts';
import { tabulate } from './table.ts';

type Replace = (operand: Tensor) => Tensor;

const unaryRule = () => (node: NodeOf<UnaryName>, by: Replace): Tensor => intern({ ...node, inputs: [by(node.inputs[0])] });
const binaryRule = () => (node: NodeOf<BinaryName>, by: Replace): Tensor =>
  intern({ ...node, inputs: [by(node.inputs[0]), by(node.inputs[1])] });
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
  broadcast: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  reshape: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  transpose: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  flip: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  slice: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  pad: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  sum: (node, by) => intern({ ...node, inputs: [by(node.inputs[0])] }),
  correlate: (node, by) => intern({ ...node, inputs: [by(node.inputs[0]), by(node.inputs[1])] }),
};

/** The node with each operand replaced; the replacements must have the operands' shapes and dtypes. */
export function rebuild(node: Tensor, by: Replace): Tensor {
  const operands: readonly Tensor[] = node.inputs;
  return operands.every((operand) => by(operand) === operand) ? node : applyRule(rules, node, by);
}
