import { bytesOf } from '../dtype.ts';
import { isNonNegative, minus, plus, times } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import { binaryNames, unaryNames } from '../primitives.ts';
import { elementCount, printShape, type Shape, type Size } from '../shape.ts';
import { tabulate } from '../table.ts';
import { applyRule, labelOf, type NodeOf, type RuleTable, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { columns } from './columns.ts';

/** Arithmetic and memory, each a number or an expression over named sizes. */
export interface Cost {
  /** Elements that are learned: those of states. */
  readonly parameters: Size;
  /** Products that are added up. */
  readonly multiplyAdds: Size;
  /** Other operations: a number made of one or two others, an element added to a sum. A sine counts as much as a sum. */
  readonly operations: Size;
  /** What the value takes where it is stored. Movements are index maps, and take nothing. */
  readonly bytes: Size;
}

/** What one node costs. */
export interface NodeCost extends Cost {
  readonly node: Tensor;
  /** The user's name for it, the result's name, or its place: `%3`. */
  readonly name: string;
  /** The feature map's shape. */
  readonly shape: Shape;
}

export interface Costs {
  /** Operands before what uses them. */
  readonly nodes: readonly NodeCost[];
  readonly total: Cost;
}

/** What a node of a primitive does, apart from what it holds. */
interface Work {
  readonly kind: 'source' | 'movement' | 'arithmetic';
  readonly multiplyAdds?: Size;
  readonly operations?: Size;
}

const source = (): Work => ({ kind: 'source' });
const movement = (): Work => ({ kind: 'movement' });
const elementwise = ({ shape }: Tensor): Work => ({ kind: 'arithmetic', operations: elementCount(shape) });
/** Every element of the operand is compared with, or added to, what was gathered of the others. */
const gathering = ({ inputs: [x], shape }: NodeOf<'sum' | 'reduceMax'>): Work => ({ kind: 'arithmetic', operations: minus(elementCount(x.shape), elementCount(shape)) });
const adding = ({ inputs: [x] }: NodeOf<'scatter' | 'foldBack' | 'overlapAdd'>): Work => ({ kind: 'arithmetic', operations: elementCount(x.shape) });

/** The smaller one, where that is known of all values of the named sizes; the first otherwise. */
function smaller(a: Size, b: Size): Size {
  return isNonNegative(minus(a, b)) ? b : a;
}

const work: RuleTable<readonly [], Work> = {
  ...tabulate(unaryNames, () => elementwise),
  ...tabulate(binaryNames, () => elementwise),
  input: source,
  state: source,
  constant: source,
  size: source,
  select: elementwise,
  broadcast: movement,
  reshape: movement,
  transpose: movement,
  flip: movement,
  slice: movement,
  pad: movement,
  extend: movement,
  cast: movement,
  stopGradient: movement,
  concat: movement,
  take: movement,
  windows: movement,
  scatter: adding,
  foldBack: adding,
  overlapAdd: adding,
  reduceMax: gathering,
  sum: gathering,
  // Along an axis a tap meets at most every position of the result, and at most every element of the input: taps on
  // padding count where the result is the smaller one, zeros between spread elements never.
  correlate: ({ inputs: [x, w], shape }) => {
    const [batch = 1, outputs = 1, ...positions] = shape;
    const [, perGroup = 1, ...window] = w.shape;
    const met = positions.map((size, axis) => times(smaller(size, x.shape[axis + 2] ?? size), window[axis] ?? 1));
    return { kind: 'arithmetic', multiplyAdds: [batch, outputs, perGroup, ...met].reduce<Size>(times, 1) };
  },
};

/** Bytes of one element of a stored value. */
function elementBytes(node: Tensor): number {
  return bytesOf[node.primitive === 'input' ? node.attributes.storage : node.dtype];
}

/**
 * What each node of a graph costs: the shape of its feature map, its parameters, multiply-adds, other operations and bytes.
 * It is the graph as written that is counted; a compiler fuses nodes and stores fewer of them. Gradients are nodes too:
 * with them among the roots, the cost of a training step is counted.
 *
 * @param roots the graph's results, by name
 * @example
 * const K = state('K', [[1, -1]]);
 * const y = corr2d(input('X', [6, 8]), K);
 * costs({ y }).total; // => { parameters: 2, multiplyAdds: 84, operations: 0, bytes: 368 }
 */
export function costs(roots: Readonly<Record<string, Tensor>>): Costs {
  const results = new Map(Object.entries(roots).map(([name, root]) => [root, name]));
  const nodes = topologicalOrder(Object.values(roots)).map((node, position): NodeCost => {
    const { kind, multiplyAdds = 0, operations = 0 } = applyRule(work, node);
    return {
      node,
      name: labelOf(node) ?? results.get(node) ?? `%${position}`,
      shape: node.shape,
      parameters: node.primitive === 'state' ? elementCount(node.shape) : 0,
      multiplyAdds,
      operations,
      bytes: kind === 'movement' ? 0 : times(elementBytes(node), elementCount(node.shape)),
    };
  });
  const sum = (of: (cost: Cost) => Size): Size => plus(...nodes.map(of));
  return {
    nodes,
    total: {
      parameters: sum(({ parameters }) => parameters),
      multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
      operations: sum(({ operations }) => operations),
      bytes: sum(({ bytes }) => bytes),
    },
  };
}

export interface PrintCostsOptions {
  /** Shows movements too, which cost nothing. Default: false. */
  readonly movements?: boolean;
}

/**
 * Costs as a table: a row for each node that costs something, and the total.
 *
 * @example
 * const y = corr2d(input('X', ['H', 8]), state('K', [[1, -1]]));
 * printCosts(costs({ y })).split('\n').at(-1)?.split(/ {2,}/); // => ['total', '2', '14*H', '0', '60*H + 8']
 */
export function printCosts({ nodes, total }: Costs, { movements = false }: PrintCostsOptions = {}): string {
  const numbers = ({ parameters, multiplyAdds, operations, bytes }: Cost): readonly string[] => [parameters, multiplyAdds, operations, bytes].map(printInteger);
  const shown = nodes.filter(({ bytes }) => movements || bytes !== 0);
  return columns(
    [
      ['node', 'primitive', 'shape', 'parameters', 'multiply-adds', 'operations', 'bytes'],
      ...shown.map((cost) => [cost.name, cost.node.primitive, printShape(cost.shape), ...numbers(cost)]),
      ['total', '', '', ...numbers(total)],
    ],
    [3, 4, 5, 6],
  ).join('\n');
}
