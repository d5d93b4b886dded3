import {
  applyRule,
  binaryNames,
  evaluateInteger,
  extend,
  input,
  meaning,
  tabulate,
  take,
  topologicalOrder,
  unaryNames,
  windows,
  type BinaryName,
  type NodeOf,
  type RuleTable,
  type Shape,
  type Tensor,
  type UnaryName,
} from '@xcorr/graph';
import { isFoldable } from '../passes/fold-constants.ts';
import type { Scalars } from './scalars.ts';

/** Row-major elements of a node. */
export type Elements<Value> = readonly Value[];

/** What a graph is evaluated with. */
export interface Evaluation<Value> {
  readonly scalars: Scalars<Value>;
  readonly sizes: ReadonlyMap<string, number>;
  readonly source: (source: NodeOf<'input' | 'state'>, count: number) => Elements<Value>;
  /** What movements do at these sizes, by their nodes, as far as it is known: it is the same over all scalars. */
  readonly moves: Map<Tensor, Float64Array>;
}

interface Scope<Value> extends Evaluation<Value> {
  readonly operand: (tensor: Tensor) => Elements<Value>;
}

function at<Value>(elements: Elements<Value>, position: number): Value {
  const value = elements[position];
  if (value === undefined) throw new RangeError(`element ${position} of ${elements.length}`);
  return value;
}

const literal = (shape: Shape, sizes: ReadonlyMap<string, number>): readonly number[] => shape.map((size) => evaluateInteger(size, sizes));
const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Which element of its operands, one behind the other, each element of a movement is: what the movement does to their positions. */
function sources(node: Tensor, sizes: ReadonlyMap<string, number>): Float64Array {
  const offsets = new Map<Tensor, number>();
  let behind = 0;
  const operands: readonly Tensor[] = node.inputs;
  for (const operand of operands) {
    if (offsets.has(operand)) continue;
    offsets.set(operand, behind);
    behind += countOf(literal(operand.shape, sizes));
  }
  const operand = (tensor: Tensor): { readonly shape: readonly number[]; readonly data: Float64Array } => {
    const shape = literal(tensor.shape, sizes);
    return { shape, data: Float64Array.from({ length: countOf(shape) }, (_, position) => position + (offsets.get(tensor) ?? 0)) };
  };
  return applyRule(meaning, node, { sizes, operand, source: operand }).data;
}

/** The elements of a movement; what stands where no element of its operands does is -1 as a position. */
function moved<Value>(node: Tensor, { operand, sizes, moves }: Scope<Value>, positions: Tensor = node, outside?: Value): Elements<Value> {
  const operands: readonly Tensor[] = node.inputs;
  const all = [...new Set(operands)].flatMap((each) => [...operand(each)]);
  const known = moves.get(node) ?? sources(positions, sizes);
  moves.set(node, known);
  return Array.from(known, (source) => (source < 0 && outside !== undefined ? outside : at(all, source)));
}

/** Gathers each element into the place that `target` names, in order. */
function gathered<Value>(count: number, elements: Elements<Value>, target: (position: number) => number, initial: Value, gather: (total: Value, element: Value) => Value): Elements<Value> {
  const totals = Array.from({ length: count }, () => initial);
  elements.forEach((element, position) => {
    totals[target(position)] = gather(at(totals, target(position)), element);
  });
  return totals;
}

/** The adjoint of a movement: each element is added to the one that the movement would have taken it from, in an order of all of them. */
function addedBack<Value>(
  node: NodeOf<'scatter' | 'overlapAdd' | 'foldBack'>,
  movement: (target: Tensor) => Tensor,
  { operand, sizes, moves, scalars }: Scope<Value>,
  inOrder = (place: number): number => place,
): Elements<Value> {
  const shape = literal(node.shape, sizes);
  const targets = moves.get(node) ?? sources(movement(input('target', shape)), sizes);
  moves.set(node, targets);
  const elements = operand(node.inputs[0]);
  const ordered = elements.map((_, place) => at(elements, inOrder(place)));
  return gathered(countOf(shape), ordered, (place) => targets[inOrder(place)] ?? -1, scalars.number(0), scalars.gathered);
}

function overAxes<Value>(node: NodeOf<'sum' | 'reduceMax'>, { operand, sizes, scalars }: Scope<Value>): Elements<Value> {
  const [x] = node.inputs;
  const from = literal(x.shape, sizes);
  const kept = from.map((size, axis) => (node.attributes.axes.includes(axis) ? 1 : size));
  const target = (position: number): number => {
    let [rest, index, stride] = [position, 0, 1];
    for (let axis = from.length - 1; axis >= 0; axis--) {
      const size = from[axis] ?? 1;
      if (kept[axis] !== 1) index += (rest % size) * stride;
      rest = Math.floor(rest / size);
      stride *= kept[axis] ?? 1;
    }
    return index;
  };
  if (node.primitive === 'sum') return gathered(countOf(kept), operand(x), target, scalars.number(0), scalars.gathered);
  return gathered(countOf(kept), operand(x), target, scalars.number(-Infinity), (total, element) => scalars.binary('max', total, element));
}

/** Every position of a shape, row-major. */
function positions([size, ...rest]: readonly number[]): readonly (readonly number[])[] {
  if (size === undefined) return [[]];
  const inner = positions(rest);
  return Array.from({ length: size }, (_, index) => inner.map((each) => [index, ...each])).flat();
}

function correlation<Value>({ inputs: [x, w], attributes, shape }: NodeOf<'correlate'>, { operand, sizes, scalars }: Scope<Value>): Elements<Value> {
  const { strides, dilations, inputDilations, groups } = attributes;
  const [image, weight] = [operand(x), operand(w)];
  const [[, channels = 1, ...extents], weightShape] = [literal(x.shape, sizes), literal(w.shape, sizes)];
  const [outputs = 1, perGroup = 1, ...window] = weightShape;
  const low = literal(attributes.padding.map(([before]) => before), sizes);
  const [batch = 1, , ...results] = literal(shape, sizes);
  const taps = positions([perGroup, ...window]);
  const places = positions(results);
  const zero = scalars.number(0);
  /** The element of a channel that a tap meets at a place, or -1 outside. */
  const source = (place: readonly number[], tap: readonly number[]): number => {
    let index = 0;
    for (let axis = 0; axis < extents.length; axis++) {
      const spread = (place[axis] ?? 0) * (strides[axis] ?? 1) + (tap[axis + 1] ?? 0) * (dilations[axis] ?? 1) - (low[axis] ?? 0);
      const at = spread / (inputDilations[axis] ?? 1);
      const extent = extents[axis] ?? 1;
      if (!Number.isInteger(at) || at < 0 || at >= extent) return -1;
      index = index * extent + at;
    }
    return index;
  };
  const meeting = places.map((place) => taps.map((tap) => source(place, tap)));
  const inChannel = countOf(extents);
  const channelOf = taps.map(([c = 0]) => c);
  const perOutput = taps.length;
  return Array.from({ length: batch * outputs * places.length }, (_, position) => {
    const [place, map] = [position % places.length, Math.floor(position / places.length)];
    const [o, n] = [map % outputs, Math.floor(map / outputs)];
    const first = n * channels + Math.floor(o / (outputs / groups)) * perGroup;
    let total = zero;
    meeting[place]?.forEach((index, tap) => {
      if (index < 0) return;
      const element = at(image, (first + (channelOf[tap] ?? 0)) * inChannel + index);
      total = scalars.gathered(total, scalars.binary('mul', element, at(weight, o * perOutput + tap)));
    });
    return total;
  });
}

function rules<Value>(): RuleTable<readonly [scope: Scope<Value>], Elements<Value>> {
  const move = (node: Tensor, scope: Scope<Value>): Elements<Value> => moved(node, scope);
  const given = (node: NodeOf<'input' | 'state'>, { source, sizes }: Scope<Value>): Elements<Value> => source(node, countOf(literal(node.shape, sizes)));
  return {
    ...tabulate(unaryNames, (name) => ({ inputs: [x] }: NodeOf<UnaryName>, { operand, scalars }: Scope<Value>) => operand(x).map((each) => scalars.unary(name, each))),
    ...tabulate(binaryNames, (name) => ({ inputs: [a, b] }: NodeOf<BinaryName>, { operand, scalars }: Scope<Value>) => {
      const right = operand(b);
      return operand(a).map((each, position) => scalars.binary(name, each, at(right, position)));
    }),
    input: given,
    state: given,
    constant: ({ attributes: { data } }, { scalars }) => Array.from(data, scalars.number),
    size: ({ attributes: { value } }, { scalars, sizes }) => [scalars.number(evaluateInteger(value, sizes))],
    select: ({ inputs: [condition, a, b] }, { operand, scalars }) => {
      const [whenTrue, whenFalse] = [operand(a), operand(b)];
      return operand(condition).map((each, position) => scalars.select(each, at(whenTrue, position), at(whenFalse, position)));
    },
    broadcast: move,
    reshape: move,
    transpose: move,
    flip: move,
    slice: move,
    pad: (node, scope) => moved(node, scope, { ...node, attributes: { ...node.attributes, value: -1 } }, scope.scalars.number(node.attributes.value)),
    extend: move,
    cast: move,
    stopGradient: move,
    concat: move,
    take: move,
    windows: move,
    scatter: (node, scope) => addedBack(node, (target) => take(target, node.attributes.map, node.attributes.axis), scope),
    // Tap by tap: of the element at a place, the windows that have it as an earlier tap come first.
    overlapAdd: (node, scope) => {
      const window = literal(node.attributes.window, scope.sizes);
      const taps = countOf(window);
      const windowCount = countOf(literal(node.inputs[0].shape, scope.sizes)) / taps;
      return addedBack(node, (target) => windows(target, window, node.attributes), scope, (place) => (place % windowCount) * taps + Math.floor(place / windowCount));
    },
    foldBack: (node, scope) => {
      const { axis, mode, low, high } = node.attributes;
      const along = (size: Shape[number]): readonly number[] => node.shape.map((_, each) => (each === axis ? evaluateInteger(size, scope.sizes) : 0));
      return addedBack(node, (target) => extend(target, { mode, low: along(low), high: along(high) }), scope);
    },
    sum: overAxes,
    reduceMax: overAxes,
    correlate: correlation,
  };
}

/** The elements of some nodes. */
export type Evaluated<Value> = ReadonlyMap<Tensor, Elements<Value>>;

function known<Value>(table: Evaluated<Value>, tensor: Tensor): Elements<Value> {
  const elements = table.get(tensor);
  if (elements === undefined) throw new TypeError('operands come before what uses them');
  return elements;
}

/**
 * The elements of every node of a graph over scalars of any kind, straight from what the primitives mean: movements by
 * what they do to positions, sums as sums. What is in `evaluated` already stays as it is. Nothing of it is shared with
 * the rules that lower graphs.
 */
export function evaluateGraph<Value>(roots: readonly Tensor[], evaluation: Evaluation<Value>, evaluated: Map<Tensor, Elements<Value>> = new Map()): Evaluated<Value> {
  const pending = topologicalOrder(roots).filter((node) => !evaluated.has(node));
  if (pending.length === 0) return evaluated;
  const table = rules<Value>();
  const scope = { ...evaluation, operand: (tensor: Tensor) => known(evaluated, tensor) };
  for (const node of pending) evaluated.set(node, applyRule(table, node, scope));
  return evaluated;
}

const isSame = <Value>(a: Elements<Value>, b: Elements<Value>): boolean => a.every((each, position) => each === b[position]);

/**
 * The same graph where the compiler has folded its constants: what is made of literals alone is computed in double
 * precision, sums in the order of their elements, and rounded once, as a constant of its dtype is. `evaluated` has the
 * elements of its nodes without that.
 */
export function evaluateFolded<Value>(roots: readonly Tensor[], evaluation: Evaluation<Value>, evaluated: Evaluated<Value>): Evaluated<Value> {
  let table: RuleTable<readonly [scope: Scope<Value>], Elements<Value>> | undefined;
  const { scalars } = evaluation;
  const different = new Map<Tensor, Elements<Value>>();
  const scope = { ...evaluation, operand: (tensor: Tensor) => different.get(tensor) ?? known(evaluated, tensor) };
  const folding = { ...scope, scalars: { ...scalars, gathered: (total: Value, term: Value) => scalars.binary('add', total, term) } };
  const folded = new Set<Tensor>();
  for (const node of topologicalOrder(roots)) {
    const operands: readonly Tensor[] = node.inputs;
    const isFolded = isFoldable(node, (each) => each.primitive === 'constant' || folded.has(each));
    if (!isFolded && !operands.some((each) => different.has(each))) continue;
    if (isFolded) folded.add(node);
    const elements = applyRule((table ??= rules<Value>()), node, isFolded ? folding : scope);
    const result = isFolded ? elements.map((each) => scalars.rounded(each, node.dtype)) : elements;
    if (!isSame(result, known(evaluated, node))) different.set(node, result);
  }
  return new Map([...evaluated, ...different]);
}
