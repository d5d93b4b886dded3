import { checkMemory } from '../memory-limit.ts';
import { checkSizes } from '../check-sizes.ts';
import { roundTo, type DType } from '../dtype.ts';
import { describeOperands, FeedError } from '../errors.ts';
import { bindSizes, readFeed, type Feed } from '../feeds.ts';
import { topologicalOrder } from '../topological-order.ts';
import { evaluateInteger } from '../integer-value.ts';
import { NdArray } from '../ndarray.ts';
import { operandLine, toTensor, type TensorLike } from '../ops/operand.ts';
import { literalShape } from '../shape.ts';
import { suggest } from '../suggest.ts';
import { applyRule, type NodeOf, type Tensor } from '../tensor.ts';
import { meaning } from './meaning.ts';
import type { Values } from './values.ts';

/** Concrete values for inputs and states, by name. */
export type Feeds = Readonly<Record<string, Feed>>;

/** A feed names an input or a state: two of one name could not be told apart. */
function checkNames(nodes: readonly Tensor[]): void {
  const named = new Map<string, Tensor>();
  for (const node of nodes) {
    if (node.primitive !== 'input' && node.primitive !== 'state') continue;
    const { name } = node.attributes;
    const other = named.get(name);
    if (other !== undefined)
      throw new FeedError(
        describeOperands(`evaluate: two tensors are named ${JSON.stringify(name)}`, [operandLine(other, other.primitive), operandLine(node, node.primitive)], {
          text: 'a feed could not tell them apart; give each its own name, or use one tensor twice',
        }),
      );
    named.set(name, node);
  }
}

/** The feed that may have been meant for an input that has none. Others are no mistake: a gradient may need fewer inputs. */
function misspelt(name: string, feeds: Feeds): string {
  const near = suggest(name, Object.keys(feeds), 'feeds');
  return near.startsWith('did you mean') ? `; ${near.replace('did you mean', 'it is fed as').replace('?', '')}` : '';
}

function rounded(data: ArrayLike<number>, dtype: DType): Float64Array {
  return Float64Array.from(data, roundTo[dtype]);
}

/**
 * The values of some tensors in float64: the definition of every primitive, against which backends are judged.
 * Feeds and constants are rounded to the graph's dtype first; nothing after them is rounded.
 *
 * @param feeds values of inputs by name; a state may be fed too, and has its initial value otherwise
 * @throws FeedError when an input is not fed, a feed does not fit, or two inputs have one name.
 * @throws ShapeError when an axis vanishes for the sizes that are fed.
 * @throws XcorrError when the values would take more than 4 GiB, before any is computed.
 * @example
 * const x = input('x', [2]);
 * interpret([mul(x, 2), sum(x)], { x: [1, 2] }).map(({ data }) => Array.from(data)); // => [[2, 4], [3]]
 */
export function interpret(roots: readonly Tensor[], feeds: Feeds = {}): readonly Values[] {
  const order = topologicalOrder(roots);
  checkNames(order);
  const sources = new Map<Tensor, Values>();
  const inputs = order.filter((node) => node.primitive === 'input');
  for (const node of inputs) {
    const { name } = node.attributes;
    if (!Object.hasOwn(feeds, name))
      throw new FeedError(
        `evaluate: the input ${JSON.stringify(name)} is not fed\n  give its value: evaluate(tensor, { ${JSON.stringify(name)}: … })${misspelt(name, feeds)}`,
      );
    const fed = readFeed(name, node.shape, node.attributes.storage, feeds[name]);
    sources.set(node, { shape: fed.shape, data: rounded(fed.data, node.dtype) });
  }
  const sizes = bindSizes(inputs.map((node) => ({ name: node.attributes.name, shape: node.shape, fed: sources.get(node)?.shape ?? [] })));
  for (const node of order) {
    if (node.primitive === 'state') {
      const { name, initial } = node.attributes;
      const fed = Object.hasOwn(feeds, name) ? readFeed(name, node.shape, node.dtype, feeds[name]) : undefined;
      const data = fed === undefined ? initial : rounded(fed.data, node.dtype);
      sources.set(node, { shape: literalShape(node.shape) ?? [], data });
    }
  }
  checkSizes(order, sizes);
  checkMemory(
    'evaluate',
    order.map((node) => {
      const shape = node.shape.map((size) => evaluateInteger(size, sizes));
      return { label: `the value of ${node.primitive}`, shape, bytes: shape.reduce((product, size) => product * size, 8) };
    }),
  );

  const computed = new Map<Tensor, Values>();
  const known = (table: ReadonlyMap<Tensor, Values>, tensor: Tensor): Values => {
    const values = table.get(tensor);
    if (values === undefined) throw new TypeError(`interpret: ${tensor.primitive} is used before it is computed`);
    return values;
  };
  const scope = {
    sizes,
    operand: (tensor: Tensor) => known(computed, tensor),
    source: (tensor: NodeOf<'input' | 'state'>) => known(sources, tensor),
  };
  for (const node of order) computed.set(node, applyRule(meaning, node, scope));
  return roots.map((root) => known(computed, root));
}

/**
 * The value of a tensor, computed by the reference interpreter: exact and slow, nothing is compiled.
 *
 * @param feeds values of inputs (and of states, instead of their initial values) by name
 * @throws FeedError when an input is not fed, a feed does not fit, or two inputs have one name.
 * @throws ShapeError when an axis vanishes for the sizes that are fed.
 * @example
 * const X = input('X', [2]);
 * evaluate(mul(X, 2), { X: [1, 2] }).toNested(); // => [2, 4]
 */
export function evaluate(tensor: TensorLike, feeds: Feeds = {}): NdArray {
  const root = toTensor(tensor, 'evaluate');
  const [values] = interpret([root], feeds);
  if (values === undefined) throw new TypeError('evaluate: no value');
  // A copy in either case: a constant's own data must never reach the caller.
  return new NdArray(values.shape, root.dtype === 'float32' ? Float32Array.from(values.data) : Float64Array.from(values.data));
}
