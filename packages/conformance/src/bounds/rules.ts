import {
  applyRule,
  binaryNames,
  meaning,
  tabulate,
  unaryNames,
  type BinaryName,
  type DType,
  type NodeOf,
  type RuleTable,
  type Scope,
  type Tensor,
  type UnaryName,
  type Values,
} from '@xcorr/graph';
import { boundsOfOwnMaximum } from './maximum.ts';
import { binaryError, unaryError } from './scalar.ts';
import type { Bounded, BoundsScope } from './scope.ts';

/** The node, its own values, and what may be asked. */
type Rule<Node extends Tensor> = (node: Node, values: Values, scope: BoundsScope) => Float64Array;

/** The ends of each dtype's range. Below the smallest normal number a backend may flush to 0. */
const largest: Readonly<Record<DType, number>> = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE };
const smallestNormal: Readonly<Record<DType, number>> = { float32: 2 ** -126, float64: 2 ** -1022 };

const at = (data: Float64Array, position: number): number => data[position] ?? Number.NaN;

/** True for a number that needs no rounding, in either dtype. */
function isHeld(y: number): boolean {
  return Math.fround(y) === y && (y === 0 || Math.abs(y) >= smallestNormal.float32);
}

/** True for a quotient that is a product with a power of two. */
function isPowerOfTwo(b: number): boolean {
  return b !== 0 && Number.isInteger(Math.log2(Math.abs(b))) && 2 ** Math.log2(Math.abs(b)) === Math.abs(b);
}

/** Operations that any hardware rounds correctly: they make no error where the result can be held. */
function isCorrectlyRounded(name: BinaryName, b: number): boolean {
  return name === 'add' || name === 'sub' || name === 'mul' || (name === 'div' && isPowerOfTwo(b));
}

/** A result's own rounding error: relative to `scale`, absolute below the normal numbers. */
function ownError(y: number, scale: number, dtype: DType, { unit }: BoundsScope): number {
  if (scale === 0) return 0;
  return unit[dtype] * scale + (Math.abs(y) < smallestNormal[dtype] ? smallestNormal[dtype] : 0);
}

/**
 * The bound of one element, or Infinity where it is not judged: a jump in reach, or a number that the dtype may not
 * hold. What is not finite in itself is judged where it arises from operands without error, and nowhere behind.
 */
function settled(y: number, bound: number, dtype: DType): number {
  if (!Number.isFinite(y)) return bound === 0 ? 0 : Infinity;
  return Math.abs(y) + bound <= largest[dtype] ? bound : Infinity;
}

function unaryRule(name: UnaryName): Rule<NodeOf<UnaryName>> {
  const { spread, rounding } = unaryError[name];
  return ({ inputs: [operand], dtype }, { data }, scope) => {
    const x = scope.operand(operand);
    return data.map((y, position) => {
      const [value, e] = [at(x.values.data, position), at(x.bounds, position)];
      if (!Number.isFinite(value) || e === Infinity) return Infinity;
      return settled(y, spread(value, e) + (Number.isFinite(y) ? ownError(y, rounding(y, value), dtype, scope) : 0), dtype);
    });
  };
}

function binaryRule(name: BinaryName): Rule<NodeOf<BinaryName>> {
  const { spread, rounding } = binaryError[name];
  return ({ inputs: [left, right], dtype }, { data }, scope) => {
    const [x, y] = [scope.operand(left), scope.operand(right)];
    return data.map((result, position) => {
      const [a, ea] = [at(x.values.data, position), at(x.bounds, position)];
      const [b, eb] = [at(y.values.data, position), at(y.bounds, position)];
      if (!Number.isFinite(a) || !Number.isFinite(b) || ea === Infinity || eb === Infinity) return Infinity;
      const isExact = ea === 0 && eb === 0 && ((isCorrectlyRounded(name, b) && isHeld(result)) || !Number.isFinite(result));
      return settled(result, spread(a, ea, b, eb) + (isExact ? 0 : ownError(result, rounding(result, a, b), dtype, scope)), dtype);
    });
  };
}

const exact: Rule<Tensor> = (_, { data }) => new Float64Array(data.length);

/** Bounds are put where the values are put. */
const moved: Rule<Tensor> = (node, _, scope) => scope.means(node, (tensor) => boundsOf(scope.operand(tensor))).data;

const boundsOf = ({ values, bounds }: Bounded): Values => ({ shape: values.shape, data: bounds });
const magnitudeOf = ({ values }: Bounded): Values => ({ shape: values.shape, data: values.data.map(Math.abs) });

/** The power of two, at most 1, of which all these numbers are multiples; 0 when none above 2^-48 is. */
function quantum(data: Float64Array): number {
  let common = 1;
  for (const value of data) while (common > 0 && !Number.isInteger(value / common)) common = common > 2 ** -48 ? common / 2 : 0;
  return common;
}

/**
 * The bound of a sum, in whatever order it is taken: the unit for each of its absolute terms, and what the terms carry
 * themselves. Terms without error that are multiples of one quantum have no rounding at all, as long as
 * no partial sum can need more digits than float32 has.
 */
function summedBounds({ data }: Values, terms: Values, carried: Values | undefined, common: number, dtype: DType, scope: BoundsScope): Float64Array {
  return data.map((y, position) => {
    const scale = at(terms.data, position);
    if (!Number.isFinite(scale)) return Infinity;
    if (carried === undefined && scale <= common * 2 ** 24) return 0;
    const bound = (carried === undefined ? 0 : at(carried.data, position)) + ownError(y, scale, dtype, scope);
    return scale + bound <= largest[dtype] ? settled(y, bound, dtype) : Infinity;
  });
}

/** What elements carry into a sum. One that is not finite may make anything of it, even with a tap of 0. */
function carriedBy({ values, bounds }: Bounded): Values {
  return { shape: values.shape, data: bounds.map((bound, position) => (Number.isFinite(at(values.data, position)) ? bound : Infinity)) };
}

const isExact = ({ data }: Values): boolean => data.every((bound) => bound === 0);

/** A sum of elements of one operand. */
const summedOver: Rule<Tensor> = (node, values, scope) => {
  const [operand] = node.inputs;
  if (operand === undefined) return exact(node, values, scope);
  const x = scope.operand(operand);
  const terms = scope.means(node, () => magnitudeOf(x));
  const errors = carriedBy(x);
  const carried = isExact(errors) ? undefined : scope.means(node, () => errors);
  return summedBounds(values, terms, carried, quantum(x.values.data), node.dtype, scope);
};

/** The smallest positive number: it takes no part in a sum of others, and makes Infinity of Infinity. */
const least = Number.MIN_VALUE;

/** The bounds of every primitive's values; `interpretWithBounds` states the law. */
export const boundsRules: RuleTable<readonly [values: Values, scope: BoundsScope], Float64Array> = {
  ...tabulate(unaryNames, unaryRule),
  ...tabulate(binaryNames, binaryRule),
  equal: (node, values, scope) => boundsOfOwnMaximum(node, scope) ?? binaryRule('equal')(node, values, scope),
  input: exact,
  state: exact,
  constant: exact,
  size: ({ dtype }, { data }, scope) => data.map((value) => (isHeld(value) ? 0 : ownError(value, value, dtype, scope))),
  // A condition that may be the other one leaves both values: judged where they are one within their errors.
  select: ({ inputs: [condition, whenTrue, whenFalse] }, { data }, scope) => {
    const [c, x, y] = [scope.operand(condition), scope.operand(whenTrue), scope.operand(whenFalse)];
    return data.map((_, position) => {
      const [test, error] = [at(c.values.data, position), at(c.bounds, position)];
      const [ex, ey] = [at(x.bounds, position), at(y.bounds, position)];
      const [taken, other] = test !== 0 ? [ex, ey] : [ey, ex];
      if (!Number.isFinite(test)) return Infinity;
      if (error === 0 || Math.abs(test) > error) return taken;
      const apart = Math.abs(at(x.values.data, position) - at(y.values.data, position));
      return apart <= ex + ey ? Math.max(taken, apart + other) : Infinity;
    });
  },
  broadcast: moved,
  reshape: moved,
  transpose: moved,
  flip: moved,
  slice: moved,
  pad: (node, values, scope) => moved({ ...node, attributes: { ...node.attributes, value: 0 } }, values, scope),
  extend: moved,
  foldBack: summedOver,
  // Nothing happens to a number that the other dtype holds too.
  cast: ({ inputs: [operand], dtype }, { data }, scope) => {
    const { bounds } = scope.operand(operand);
    return data.map((y, position) => settled(y, at(bounds, position) + (isHeld(y) ? 0 : ownError(y, Math.abs(y), dtype, scope)), dtype));
  },
  stopGradient: moved,
  concat: moved,
  take: moved,
  scatter: summedOver,
  windows: moved,
  overlapAdd: summedOver,
  // max |x + p| - max |x| <= max |p|: an extremum is no jump.
  reduceMax: (node, values, scope) => moved(node, values, scope).map((bound, position) => (Number.isFinite(at(values.data, position)) ? bound : Infinity)),
  sum: summedOver,
  // |x w - (x + p)(w + q)|  <=  |x| |q| + |p| (|w| + |q|). A padded position contributes no error, a tap of 0 none
  // but what its element has; an element that is not judged reaches whatever it meets.
  correlate: (node, values, scope) => {
    const [x, w] = [scope.operand(node.inputs[0]), scope.operand(node.inputs[1])];
    const over = (image: Values, weight: Values): Values => scope.means(node, (tensor) => (tensor === node.inputs[0] ? image : weight));
    const [image, weight] = [magnitudeOf(x), magnitudeOf(w)];
    const terms = over(image, weight);
    const [imageErrors, weightErrors] = [carriedBy(x), carriedBy(w)];
    if (isExact(imageErrors) && isExact(weightErrors)) return summedBounds(values, terms, undefined, quantum(x.values.data) * quantum(w.values.data), node.dtype, scope);
    const fromWeight = over(image, weightErrors);
    const reached: Values = { shape: weight.shape, data: weight.data.map((tap, position) => tap + at(weightErrors.data, position) + least) };
    const fromImage = over(imageErrors, reached);
    const carried: Values = { shape: values.shape, data: fromImage.data.map((bound, position) => bound + at(fromWeight.data, position)) };
    return summedBounds(values, terms, carried, 0, node.dtype, scope);
  },
};

/** The values of a node and their bounds, from those of its operands. */
export function boundedNode(node: Tensor, scope: Omit<Scope, 'operand'>, known: (tensor: Tensor) => Bounded, unit: BoundsScope['unit']): Bounded {
  const means: BoundsScope['means'] = (each, operand) => applyRule(meaning, each, { ...scope, operand });
  const values = means(node, (tensor) => known(tensor).values);
  return { values, bounds: applyRule(boundsRules, node, values, { operand: known, means, unit }) };
}
