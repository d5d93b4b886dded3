import { digestOf } from '../digest.ts';
import { printInteger } from '../print-integer.ts';
import { binaryNames, unaryNames } from '../primitives.ts';
import { literalShape, printShape, type Shape } from '../shape.ts';
import { tabulate } from '../table.ts';
import { applyRule, type RuleTable, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { encodeTable } from './tables.ts';

/** Data of more elements than this stands in a table behind the program, under its digest. */
const inlineElements = 64;

const number = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
const numbers = (list: readonly number[]): string => `[${list.map(number).join(', ')}]`;
const pairs = (list: readonly Shape[]): string => `[${list.map(printShape).join(', ')}]`;
const none = (): string => '';

/** Row-major data as nested lists. */
function nested(data: Float64Array, shape: readonly number[]): string {
  const [size, ...rest] = shape;
  if (size === undefined) return number(data[0] ?? Number.NaN);
  const stride = data.length / size;
  return `[${Array.from({ length: size }, (_, index) => nested(data.subarray(index * stride, (index + 1) * stride), rest)).join(', ')}]`;
}

function isLarge(data: Float64Array): boolean {
  return data.length > inlineElements;
}

function values(data: Float64Array, shape: Shape): string {
  return isLarge(data) ? `#${digestOf(data)}` : nested(data, literalShape(shape) ?? [data.length]);
}

/** The attributes of each primitive as text; parse reads what stands here. */
const attributeText: RuleTable<readonly [], string> = {
  ...tabulate(unaryNames, () => none),
  ...tabulate(binaryNames, () => none),
  input: ({ attributes: { name, storage }, dtype }) => `${JSON.stringify(name)}${storage === dtype ? '' : `, storage=${storage}`}`,
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
    `low=${printShape(low)}, high=${printShape(high)}, interior=${numbers(interior)}, value=${number(value)}`,
  extend: ({ attributes: { mode, low, high } }) => `mode="${mode}", low=${printShape(low)}, high=${printShape(high)}`,
  foldBack: ({ attributes: { axis, mode, low, high } }) => `axis=${axis}, mode="${mode}", low=${printInteger(low)}, high=${printInteger(high)}`,
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

export interface PrintOptions {
  /** Writes large data behind the program, so that it can be parsed. Default: true. */
  readonly tables?: boolean;
}

/**
 * A graph as text: one line a node, operands before what uses them; large data behind, under its digest.
 * `print(parse(print(g))) === print(g)`.
 *
 * @param roots the graph's results, by name
 * @example
 * print({ y: mul(input('X', [2]), 3) }).split('\n')[0]; // => '%0 = input("X") : float32 [2]'
 */
export function print(roots: Readonly<Record<string, Tensor>>, { tables = true }: PrintOptions = {}): string {
  const order = topologicalOrder(Object.values(roots));
  const names = new Map<Tensor, string>(order.map((node, position) => [node, `%${position}`]));
  const name = (node: Tensor): string => names.get(node) ?? '%?';
  const lines = order.map((node) => {
    const operands: readonly Tensor[] = node.inputs;
    const parts = [...operands.map(name), applyRule(attributeText, node)].filter((part) => part !== '');
    return `${name(node)} = ${node.primitive}(${parts.join(', ')}) : ${node.dtype} ${printShape(node.shape)}`;
  });
  const results = Object.entries(roots).map(([key, root]) => `${JSON.stringify(key)}: ${name(root)}`);
  const large = new Map<string, Float64Array>();
  for (const node of tables ? order : []) {
    const data = node.primitive === 'constant' ? node.attributes.data : node.primitive === 'state' ? node.attributes.initial : undefined;
    if (data !== undefined && isLarge(data)) large.set(digestOf(data), data);
  }
  const behind = [...large].map(([digest, data]) => `#${digest} = ${encodeTable(data)}`);
  return [...lines, `return { ${results.join(', ')} }`, ...behind, ''].join('\n');
}
