import {
  binaryNames,
  element,
  equalShapes,
  floorDivide,
  minus,
  plus,
  reflected,
  rowMajorStrides,
  tabulate,
  times,
  unaryNames,
  type BinaryName,
  type Integer,
  type NodeOf,
  type RuleTable,
  type Shape,
  type Tensor,
  type UnaryName,
} from '@xcorr/graph';
import type { Condition, Expression, Expressions } from '../expression.ts';
import { foldedExtents, foldedTerm } from './borders.ts';

/** One index for each axis. */
export type Index = readonly Integer[];

/** What a rule may ask of the lowering that it works for. */
export interface Reader {
  readonly make: Expressions;
  /** The element of an operand. */
  readonly read: (operand: Tensor, index: Index) => Expression;
  /** `inside` where the conditions hold, `outside` elsewhere. Conditions that the loops' ranges prove are dropped. */
  readonly guard: (conditions: readonly Condition[], inside: () => Expression, outside: () => Expression) => Expression;
  /** What `term` gives over all iterations of loops of these extents, summed, or the largest of it. */
  readonly reduce: (extents: readonly Integer[], term: (index: Index) => Expression) => Expression;
  /** The element of a source. */
  readonly load: (source: NodeOf<'input' | 'state' | 'constant'>, index: Index) => Expression;
  /** The same integer, with what the loops' ranges decide resolved. */
  readonly simplify: (index: Integer) => Integer;
}

type Rules = RuleTable<readonly [index: Index, reader: Reader], Expression>;

const at = (index: Index, axis: number): Integer => index[axis] ?? 0;

const unaryRule =
  (name: UnaryName) =>
  ({ inputs: [x] }: NodeOf<UnaryName>, index: Index, { make, read }: Reader): Expression =>
    make.unary(name, read(x, index));

const binaryRule =
  (name: BinaryName) =>
  ({ inputs: [a, b] }: NodeOf<BinaryName>, index: Index, { make, read }: Reader): Expression =>
    make.binary(name, read(a, index), read(b, index));

/**
 * How each primitive is read at an index: movements are maps of the index, so they cost nothing;
 * reductions are sums over loops that the caller places.
 */
export const indexMaps: Rules = {
  ...tabulate(unaryNames, unaryRule),
  ...tabulate(binaryNames, binaryRule),
  input: (node, index, { load }) => load(node, index),
  state: (node, index, { load }) => load(node, index),
  constant: (node, index, { load }) => load(node, index),
  size: ({ attributes: { value } }, _, { make }) => make.integer(value),
  select: ({ inputs: [condition, a, b] }, index, { make, read }) =>
    make.select(read(condition, index), read(a, index), read(b, index)),
  broadcast: ({ inputs: [x], shape }, index, { read }) => {
    const missing = shape.length - x.shape.length;
    return read(x, x.shape.map((size, axis) => (size === 1 ? 0 : at(index, axis + missing))));
  },
  reshape: ({ inputs: [x], shape }, index, { read, simplify }) =>
    read(x, withUnitAxes(index, shape, x.shape) ?? unflatten(flatten(index, shape), x.shape, simplify)),
  transpose: ({ inputs: [x], attributes: { permutation } }, index, { read }) =>
    read(x, permutation.map((_, axis) => at(index, permutation.indexOf(axis)))),
  flip: ({ inputs: [x], attributes: { axes } }, index, { read }) =>
    read(x, index.map((each, axis) => (axes.includes(axis) ? minus(minus(x.shape[axis] ?? 1, 1), each) : each))),
  slice: ({ inputs: [x], attributes: { start, step } }, index, { read }) =>
    read(x, index.map((each, axis) => plus(start[axis] ?? 0, times(each, step[axis] ?? 1)))),
  pad: ({ inputs: [x], attributes: { low, interior, value } }, index, { make, read, guard }) => {
    const conditions: Condition[] = [];
    const source = index.map((each, axis) =>
      spreadIndex(minus(each, low[axis] ?? 0), x.shape[axis] ?? 1, (interior[axis] ?? 0) + 1, conditions),
    );
    return guard(conditions, () => read(x, source), () => make.constant(value));
  },
  // Inside, an element is the operand's own; only behind the ends is there a map to follow.
  extend: ({ inputs: [x], attributes: { mode, low, high } }, index, { read, guard }) => {
    const source = index.map((each, axis) => minus(each, low[axis] ?? 0));
    const conditions = source.map((each, axis): Condition => ({ kind: 'inside', index: each, extent: x.shape[axis] ?? 1 }));
    const isExtended = (axis: number): boolean => low[axis] !== 0 || high[axis] !== 0;
    const behind = (each: Integer, axis: number): Integer => (isExtended(axis) ? reflected(mode, each, x.shape[axis] ?? 1) : each);
    return guard(conditions, () => read(x, source), () => read(x, source.map(behind)));
  },
  foldBack: (node, index, { read, guard, reduce, make }) => {
    const { inputs: [y], attributes: { axis } } = node;
    const zero = (): Expression => make.constant(0);
    return reduce(foldedExtents(node), (at) => foldedTerm(node, index[axis] ?? 0, at, { guard, zero, read: (position) => read(y, index.with(axis, position)) }));
  },
  cast: ({ inputs: [x] }, index, { read }) => read(x, index),
  stopGradient: ({ inputs: [x] }, index, { read }) => read(x, index),
  concat: ({ inputs, attributes: { axis } }, index, { read, guard }) => {
    const from = (operands: readonly Tensor[], behind: Integer): Expression => {
      const [first, ...rest] = operands;
      if (first === undefined) throw new TypeError('a concatenation of nothing');
      const here = minus(at(index, axis), behind);
      const part = (): Expression => read(first, index.with(axis, here));
      const size = first.shape[axis] ?? 1;
      return rest.length === 0 ? part() : guard([{ kind: 'inside', index: here, extent: size }], part, () => from(rest, plus(behind, size)));
    };
    return from(inputs, 0);
  },
  take: ({ inputs: [x], attributes: { axis, map } }, index, { read }) => read(x, index.with(axis, element(map, at(index, axis)))),
  // The k-th of the elements that the map sends to i stands in a table of as many columns as the fullest target has.
  scatter: ({ inputs: [x], attributes: { axis, map, size } }, index, { read, guard, reduce, make }) => {
    const sources = Array.from({ length: size }, (_, target) => map.flatMap((each, source) => (each === target ? [source] : [])));
    const most = Math.max(...sources.map((each) => each.length));
    const table = sources.flatMap((each) => Array.from({ length: most }, (_, k) => each[k] ?? 0));
    const target = at(index, axis);
    return reduce([most], ([k = 0]) =>
      guard(
        [{ kind: 'inside', index: k, extent: element(sources.map((each) => each.length), target) }],
        () => read(x, index.with(axis, element(table, plus(times(most, target), k)))),
        () => make.constant(0),
      ),
    );
  },
  windows: ({ inputs: [x], attributes: { window, strides, dilations } }, index, { read }) => {
    const first = x.shape.length - window.length;
    const source = window.map((_, axis) =>
      plus(times(at(index, first + axis), strides[axis] ?? 1), times(at(index, first + window.length + axis), dilations[axis] ?? 1)),
    );
    return read(x, [...index.slice(0, first), ...source]);
  },
  overlapAdd: ({ inputs: [y], attributes: { window, strides, dilations } }, index, { read, guard, reduce, make }) => {
    const first = index.length - window.length;
    return reduce(window, (tap) => {
      const conditions: Condition[] = [];
      const position = tap.map((u, axis) =>
        spreadIndex(minus(at(index, first + axis), times(u, dilations[axis] ?? 1)), y.shape[first + axis] ?? 1, strides[axis] ?? 1, conditions),
      );
      return guard(conditions, () => read(y, [...index.slice(0, first), ...position, ...tap]), () => make.constant(0));
    });
  },
  reduceMax: (node, index, reader) => overAxes(node, index, reader),
  sum: (node, index, reader) => overAxes(node, index, reader),
  correlate: ({ inputs: [x, w], attributes }, index, { make, read, guard, reduce }) => {
    const { strides, padding, dilations, inputDilations, groups } = attributes;
    const [outputs = 1, perGroup = 1, ...window] = w.shape;
    const [n = 0, o = 0, ...position] = index;
    const group = groups === 1 ? 0 : floorDivide(o, typeof outputs === 'number' ? outputs / groups : outputs);
    return reduce([perGroup, ...window], ([c = 0, ...tap]) => {
      const conditions: Condition[] = [];
      const source = tap.map((u, axis) => {
        const [low] = padding[axis] ?? [0, 0];
        const spread = plus(times(at(position, axis), strides[axis] ?? 1), times(u, dilations[axis] ?? 1), times(-1, low));
        return spreadIndex(spread, x.shape[axis + 2] ?? 1, inputDilations[axis] ?? 1, conditions);
      });
      const channel = plus(times(group, perGroup), c);
      // The tap stays outside the guard: 0 * w is 0, and a tap that many positions share can be held in a register.
      const element = guard(conditions, () => read(x, [n, channel, ...source]), () => make.constant(0));
      return make.binary('mul', element, read(w, [o, c, ...tap]));
    });
  },
};

/** The terms of a reduction over axes. */
function overAxes({ inputs: [x], attributes: { axes } }: NodeOf<'sum' | 'reduceMax'>, index: Index, { read, reduce }: Reader): Expression {
  return reduce(
    axes.map((axis) => x.shape[axis] ?? 1),
    (inner) => {
      let outer = 0;
      return read(x, x.shape.map((_, axis) => (axes.includes(axis) ? at(inner, axes.indexOf(axis)) : at(index, outer++))));
    },
  );
}

/** The index of the element that stands at `spread` when neighbours are `distance` apart; adds what must hold. */
function spreadIndex(spread: Integer, size: Integer, distance: number, conditions: Condition[]): Integer {
  const extent = plus(times(minus(size, 1), distance), 1);
  conditions.push({ kind: 'inside', index: spread, extent });
  if (distance > 1) conditions.push({ kind: 'multiple', index: spread, divisor: distance });
  return floorDivide(spread, distance);
}

/** The flat row-major index. */
export function flatten(index: Index, shape: Shape): Integer {
  const strides = rowMajorStrides(shape);
  return plus(...index.map((each, axis) => times(each, strides[axis] ?? 1)));
}

/** The index under a shape that differs by unit axes alone; undefined when it differs by more. */
function withUnitAxes(index: Index, from: Shape, to: Shape): Index | undefined {
  const kept = from.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const wanted = to.filter((size) => size !== 1);
  if (!equalShapes(kept.map((axis) => from[axis] ?? 1), wanted)) return undefined;
  let next = 0;
  return to.map((size) => (size === 1 ? 0 : at(index, kept[next++] ?? 0)));
}

/** The index on each axis that belongs to a flat one. */
function unflatten(flat: Integer, shape: Shape, simplify: (index: Integer) => Integer): Index {
  const strides = rowMajorStrides(shape);
  const quotients = strides.map((stride) => simplify(floorDivide(flat, stride)));
  return quotients.map((quotient, axis) => {
    const size = shape[axis] ?? 1;
    if (size === 1) return 0;
    // The outermost quotient needs no remainder: the flat index lies inside.
    const outer = shape.slice(0, axis).every((each) => each === 1) ? 0 : simplify(floorDivide(quotient, size));
    return simplify(minus(quotient, times(size, outer)));
  });
}
