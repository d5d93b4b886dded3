import { topologicalOrder } from './grad.ts';
import { printInteger } from './integer.ts';
import { nest } from './nested.ts';
import { binaryNames, unaryNames } from './primitives.ts';
import { literalShape, printShape, type Shape } from './shape.ts';
import { tabulate } from './table.ts';
import { applyRule, type RuleTable, type Tensor } from './tensor.ts';

const numbers = (list: readonly number[]): string => `[${list.join(', ')}]`;
const pairs = (list: readonly Shape[]): string => `[${list.map(printShape).join(', ')}]`;
const none = (): string => '';

function values(data: Float64Array, shape: Shape): string {
  const literal = literalShape(shape);
  if (literal === undefined || data.length > 64) return `${data.length} values`;
  return JSON.stringify(nest(data, literal)).replaceAll(',', ', ');
}

/** The attributes of each primitive as text. */
const attributeText: RuleTable<readonly [], string> = {
  ...tabulate(unaryNames, () => none),
  ...tabulate(binaryNames, () => none),
  input: ({ attributes: { name } }) => JSON.stringify(name),
  state: ({ attributes: { name, initial }, shape }) => `${JSON.stringify(name)}, ${values(initial, shape)}`,
  constant: ({ attributes: { data }, shape }) => values(data, shape),
  size: ({ attributes: { value } }) => printInteger(value),
  select: none,
  broadcast: none,
  reshape: none,
  transpose: ({ attributes: { permutation } }) => numbers(permutation),
  flip: ({ attributes: { axes } }) => numbers(axes),
  slice: ({ attributes: { start, stop, step } }) => `start=${printShape(start)}, stop=${printShape(stop)}, step=${numbers(step)}`,
  pad: ({ attributes: { low, high, interior, value } }) =>
    `low=${printShape(low)}, high=${printShape(high)}, interior=${numbers(interior)}, value=${value}`,
  cast: none,
  stopGradient: none,
  concat: ({ attributes: { axis } }) => `axis=${axis}`,
  take: ({ attributes: { axis, map } }) => `axis=${axis}, map=${numbers(map)}`,
  scatter: ({ attributes: { axis, map, size } }) => `axis=${axis}, map=${numbers(map)}, size=${size}`,
  windows: ({ attributes: { window, strides, dilations } }) =>
    `window=${printShape(window)}, strides=${numbers(strides)}, dilations=${numbers(dilations)}`,
  overlapAdd: ({ attributes: { size, strides, dilations } }) =>
    `size=${printShape(size)}, strides=${numbers(strides)}, dilations=${numbers(dilations)}`,
  reduceMax: ({ attributes: { axes } }) => numbers(axes),
  sum: ({ attributes: { axes } }) => numbers(axes),
  correlate: ({ attributes: { strides, padding, dilations, inputDilations, groups } }) =>
    `strides=${numbers(strides)}, padding=${pairs(padding)}, dilations=${numbers(dilations)}, inputDilations=${numbers(inputDilations)}, groups=${groups}`,
};

/**
 * A graph as text: one line a node, operands before what uses them.
 *
 * @param roots the graph's results, by name
 * @example
 * print({ y: mul(input('X', [2]), 3) }).split('\n')[0]; // => '%0 = input("X") : float32 [2]'
 */
export function print(roots: Readonly<Record<string, Tensor>>): string {
  const order = topologicalOrder(Object.values(roots));
  const names = new Map<Tensor, string>(order.map((node, position) => [node, `%${position}`]));
  const name = (node: Tensor): string => names.get(node) ?? '%?';
  const lines = order.map((node) => {
    const operands: readonly Tensor[] = node.inputs;
    const parts = [...operands.map(name), applyRule(attributeText, node)].filter((part) => part !== '');
    return `${name(node)} = ${node.primitive}(${parts.join(', ')}) : ${node.dtype} ${printShape(node.shape)}`;
  });
  const results = Object.entries(roots).map(([key, root]) => `${JSON.stringify(key)}: ${name(root)}`);
  return `${lines.join('\n')}\nreturn { ${results.join(', ')} }\n`;
}
