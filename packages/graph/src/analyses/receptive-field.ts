import { checkSizes } from '../check-sizes.ts';
import { ValueError } from '../errors.ts';
import { variablesOf } from '../integer-value.ts';
import { noOperand, operandLine, shapeError } from '../ops/operand.ts';
import { specialise } from '../rebuild.ts';
import { applyRule, isTensor, labelOf, type Tensor } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { literal, reads, type Ends } from './reads.ts';
import { clipped, projected, simplified, type Positions, type Region } from './region.ts';

/** Positions of the input on which an element of the output depends. */
export interface PositionSet {
  /** The exact set on each axis: every position that some element of the set has there. */
  readonly positions: readonly Positions[];
  /** The first position on each axis; 0 where there is none. */
  readonly start: readonly number[];
  /** The window on each axis: from the first position to the last, holes included; 0 where there is none. */
  readonly window: readonly number[];
  /** The exact set over all axes, which a window can only bound: the union of these products of sets. */
  readonly boxes: Region;
}

/** What an element of the output depends on. */
export interface ReceptiveField {
  /** The element of the output. */
  readonly at: readonly number[];
  /** The input's sizes. */
  readonly size: readonly number[];
  /**
   * As if every picture went on behind its ends, which pads and borders would show: the same window for all elements of a
   * stride-1 network, however large the input is. Positions outside the input lie below 0 or from its size on.
   */
  readonly unclipped: PositionSet;
  /** What there is of it: the elements of the input on which the value depends. */
  readonly clipped: PositionSet;
}

export interface ReceptiveFieldOptions {
  /** The element of the output. Default: that in the middle. */
  readonly at?: readonly number[];
  /** Numbers for the named sizes. */
  readonly sizes?: Readonly<Record<string, number>>;
}

/**
 * The elements of an input, or of any tensor on the way, that one element of the output is computed from: through every
 * primitive, along every path, exactly. Strides and dilations leave holes, and paths that meet unite what they read.
 *
 * A tensor that is read counts, whatever its value: taps of 0 and values that `select` or `max` do not choose are read.
 *
 * @param output  the tensor one of whose elements is asked about
 * @param input   what it depends on: an input, a state, a feature map
 * @throws ShapeError when the output does not depend on the input, has no element there, or the graph has named sizes without a number.
 * @throws ValueError when one of them is no tensor.
 * @see Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill, 2019
 * @example
 * const X = input('X', [6, 6]);
 * const first = corr2d(X, [[1, 1], [1, 1]]);
 * const second = corr2d(first, [[1, 1], [1, 1]]);
 * receptiveField(second, first).clipped.window; // => [2, 2]
 * receptiveField(second, X).clipped.window; // => [3, 3]
 */
export function receptiveField(output: Tensor, input: Tensor, { at, sizes = {} }: ReceptiveFieldOptions = {}): ReceptiveField {
  for (const each of [output, input]) if (!isTensor(each)) throw noOperand(each, 'receptiveField', 'a tensor');
  if (!topologicalOrder([output]).includes(input))
    throw shapeError(`receptiveField: the output does not depend on ${labelOf(input) ?? 'the tensor'}`, [operandLine(output, 'output'), operandLine(input, 'input')], {
      text: 'give a tensor that the output was computed from',
    });
  const bound = bind(output, sizes);
  const [root, target] = [bound.get(output) ?? output, bound.get(input) ?? input];
  const position = at ?? literal(root.shape).map((size) => Math.floor(size / 2));
  checkPosition(root, position);
  const start: Region = [position.map((index) => [index])];
  const size = literal(target.shape);
  return {
    at: position,
    size,
    unclipped: described(reached(root, target, start, 'unclipped'), size.length),
    clipped: described(reached(root, target, start, 'clipped'), size.length),
  };
}

/** The graph with numbers for its named sizes. */
function bind(output: Tensor, sizes: Readonly<Record<string, number>>): ReadonlyMap<Tensor, Tensor> {
  const order = topologicalOrder([output]);
  const names = new Set(order.flatMap((node) => (node.primitive === 'size' ? [node.attributes.value] : node.shape).flatMap(variablesOf)).map(({ name }) => name));
  const missing = [...names].find((name) => sizes[name] === undefined);
  if (missing !== undefined)
    throw shapeError(`receptiveField: the size ${missing} has no number`, [operandLine(output, 'output')], {
      text: `positions are numbers; give one for each named size: { sizes: { ${[...names].map((name) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: 64`).join(', ')} } }`,
    });
  const wrong = Object.entries(sizes).find(([, value]) => !Number.isSafeInteger(value) || value < 1);
  if (wrong !== undefined) throw new ValueError(`receptiveField: the size ${wrong[0]} is given as ${wrong[1]}; a size is a whole number of at least 1`);
  const numbers = new Map(Object.entries(sizes));
  if (names.size > 0) checkSizes(order, numbers);
  return specialise([output], numbers);
}

function checkPosition(output: Tensor, at: readonly number[]): void {
  const sizes = literal(output.shape);
  const wrong = at.findIndex((index, axis) => !Number.isInteger(index) || index < 0 || index >= (sizes[axis] ?? 0));
  if (at.length === sizes.length && wrong < 0) return;
  throw shapeError(
    `receptiveField: there is no element [${at.join(', ')}]`,
    [operandLine(output, 'output')],
    at.length === sizes.length
      ? { text: `positions of this axis run from 0 to ${(sizes[wrong] ?? 1) - 1}`, axis: wrong }
      : { text: `an element of the output has ${sizes.length} positions, one for each axis` },
  );
}

/** What of the target the elements of the root are made of: users before operands, what they read united. */
function reached(root: Tensor, target: Tensor, start: Region, ends: Ends): Region {
  const order = topologicalOrder([root]);
  const onTheWay = new Set<Tensor>([target]);
  for (const node of order) {
    const operands: readonly Tensor[] = node.inputs;
    if (operands.some((operand) => onTheWay.has(operand))) onTheWay.add(node);
  }
  const read = new Map<Tensor, Region>([[root, start]]);
  for (const node of [...order].reverse()) {
    const region = read.get(node);
    if (region === undefined || !onTheWay.has(node)) continue;
    const here = simplified(ends === 'clipped' ? clipped(region, literal(node.shape)) : region);
    if (node === target) return here;
    const operands: readonly Tensor[] = node.inputs;
    for (const box of here)
      applyRule(reads, node, box, ends).forEach((boxes, position) => {
        const operand = operands[position];
        if (operand !== undefined && onTheWay.has(operand)) read.set(operand, [...(read.get(operand) ?? []), ...boxes]);
      });
  }
  return [];
}

function described(boxes: Region, rank: number): PositionSet {
  const positions = Array.from({ length: rank }, (_, axis) => projected(boxes, axis));
  return {
    positions,
    start: positions.map(([first = 0]) => first),
    window: positions.map((set) => (set.at(-1) ?? -1) - (set[0] ?? 0) + 1),
    boxes,
  };
}

/**
 * Every position of a set, once, in row-major order.
 *
 * @example
 * const X = input('X', [5]);
 * const y = reshape(correlate(reshape(X, [1, 1, 5]), [[[1, 1]]], { dilations: 2 }), [3]);
 * elementsOf(receptiveField(y, X, { at: [0] }).clipped); // => [[0], [2]]
 */
export function elementsOf({ boxes }: PositionSet): readonly (readonly number[])[] {
  const found = new Map<string, readonly number[]>();
  for (const box of boxes) {
    const elements = box.reduce<readonly (readonly number[])[]>((all, set) => all.flatMap((element) => set.map((position) => [...element, position])), [[]]);
    for (const element of elements) found.set(element.join(','), element);
  }
  const order = (a: readonly number[], b: readonly number[]): number => {
    const differs = a.findIndex((position, axis) => position !== b[axis]);
    return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0);
  };
  return [...found.values()].sort(order);
}
