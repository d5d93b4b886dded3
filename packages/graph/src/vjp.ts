import { minus, plus, times } from './integer.ts';
import { add, cast, cos, div, equal, exp, less, log, mul, neg, pow, select, sign, sin, square, sqrt, sub, tanh } from './ops/elementwise.ts';
import { correlate, type CorrelateOptions } from './ops/correlate.ts';
import { exchangeChannels } from './ops/transposed.ts';
import { dilated } from './ops/window.ts';
import { overlapAddNode, scatter, takeNode, windowsNode } from './ops/rearrange.ts';
import { extendAxis, foldBackAll } from './ops/extend.ts';
import { broadcast, flip, pad, reshape, sliceNode, transpose } from './ops/movement.ts';
import { sum } from './ops/reduce.ts';
import type { CorrelateAttributes } from './primitives.ts';
import type { Shape, Size } from './shape.ts';
import type { RuleTable, Tensor } from './tensor.ts';

/** The gradient of each operand, made only for those that are asked for. `undefined`: it is zero everywhere. */
export type OperandGradients = readonly (undefined | (() => Tensor))[];

/**
 * The vector-Jacobian product of every primitive: from dy, the gradient of the result, that of each operand.
 * Every rule stays inside the primitive set, so gradients of gradients always exist.
 * Kinks: 0 for abs at 0; equal operands of min and max share dy; comparisons, sign and floor give zero.
 */
export const vjp: RuleTable<readonly [dy: Tensor], OperandGradients> = {
  input: () => [],
  state: () => [],
  constant: () => [],
  size: () => [],

  neg: (_, dy) => [() => neg(dy)],
  abs: ({ inputs: [x] }, dy) => [() => mul(dy, sign(x))],
  sign: () => [undefined],
  floor: () => [undefined],
  // d sqrt(x) = dx / (2 sqrt(x))
  sqrt: ({ inputs: [x] }, dy) => [() => div(mul(dy, 0.5), sqrt(x))],
  exp: ({ inputs: [x] }, dy) => [() => mul(dy, exp(x))],
  log: ({ inputs: [x] }, dy) => [() => div(dy, x)],
  sin: ({ inputs: [x] }, dy) => [() => mul(dy, cos(x))],
  cos: ({ inputs: [x] }, dy) => [() => neg(mul(dy, sin(x)))],
  // d tanh(x) = (1 - tanh(x)^2) dx
  tanh: ({ inputs: [x] }, dy) => [() => mul(dy, sub(1, square(tanh(x))))],

  add: (_, dy) => [() => dy, () => dy],
  sub: (_, dy) => [() => dy, () => neg(dy)],
  mul: ({ inputs: [a, b] }, dy) => [() => mul(dy, b), () => mul(dy, a)],
  // d(a / b) = da / b - (a / b) db / b
  div: ({ inputs: [a, b] }, dy) => [() => div(dy, b), () => neg(div(mul(dy, div(a, b)), b))],
  min: ({ inputs: [a, b] }, dy) => [() => mul(dy, shareBelow(a, b)), () => mul(dy, shareBelow(b, a))],
  max: ({ inputs: [a, b] }, dy) => [() => mul(dy, shareBelow(b, a)), () => mul(dy, shareBelow(a, b))],
  // d(a^b) = b a^(b - 1) da + a^b log(a) db. Where a and b are both 0 the first term is 0;
  // the second is taken at a > 0 alone, and is 0 elsewhere.
  pow: ({ inputs: [a, b] }, dy) => [
    () => {
      const bothZero = mul(equal(a, 0), equal(b, 0));
      return mul(dy, select(bothZero, 0, mul(b, pow(select(bothZero, 1, a), sub(b, 1)))));
    },
    () => {
      const positive = less(0, a);
      const base = select(positive, a, 1);
      return mul(dy, select(positive, mul(pow(base, b), log(base)), 0));
    },
  ],
  // d atan2(y, x) = (x dy - y dx) / (x^2 + y^2), 0 at the origin
  atan2: ({ inputs: [y, x] }, dy) => {
    const squares = add(square(x), square(y));
    const origin = equal(squares, 0);
    const scaled = (part: Tensor): Tensor => mul(dy, select(origin, 0, div(part, select(origin, 1, squares))));
    return [() => scaled(x), () => neg(scaled(y))];
  },
  less: () => [undefined, undefined],
  lessEqual: () => [undefined, undefined],
  equal: () => [undefined, undefined],
  select: ({ inputs: [condition] }, dy) => [undefined, () => select(condition, dy, 0), () => select(condition, 0, dy)],

  // What repeats is summed.
  broadcast: ({ inputs: [x] }, dy) => [() => sumTo(dy, x.shape)],
  reshape: ({ inputs: [x] }, dy) => [() => reshape(dy, x.shape)],
  transpose: ({ attributes: { permutation } }, dy) => [
    () => transpose(dy, permutation.map((_, axis) => permutation.indexOf(axis))),
  ],
  flip: ({ attributes: { axes } }, dy) => [() => flip(dy, axes)],
  // slice and pad are each other's adjoint:
  //   slice(start, stop, step)* = pad(start, what is left behind the last element taken, step - 1)
  slice: ({ inputs: [x], attributes: { start, step }, shape }, dy) => [
    () =>
      pad(dy, {
        low: start,
        interior: step.map((by) => by - 1),
        high: x.shape.map((size, axis) => minus(minus(size, start[axis] ?? 0), dilated(shape[axis] ?? 1, step[axis] ?? 1))),
      }),
  ],
  // pad(low, high, interior)* = crop low and high (negative ones are put back as zeros), then take every (interior + 1)th
  pad: ({ inputs: [x], attributes: { low, high, interior } }, dy) => [
    () => {
      const cropped = pad(dy, { low: low.map((each) => times(-1, each)), high: high.map((each) => times(-1, each)) });
      return sliceNode(cropped, { start: low.map(() => 0), stop: cropped.shape, step: interior.map((between) => between + 1) }, x.shape);
    },
  ],
  // extend and foldBack are each other's adjoint.
  extend: ({ attributes }, dy) => [() => foldBackAll(dy, attributes)],
  foldBack: ({ attributes: { axis, mode, low, high } }, dy) => [() => extendAxis(dy, axis, mode, low, high)],
  cast: ({ inputs: [x] }, dy) => [() => cast(dy, x.dtype)],
  stopGradient: () => [undefined],
  // Each operand takes back its own part.
  concat: ({ inputs, attributes: { axis } }, dy) => {
    let behind: Size = 0;
    return inputs.map((operand) => {
      const start = behind;
      behind = plus(behind, operand.shape[axis] ?? 0);
      const stop = behind;
      return () =>
        sliceNode(
          dy,
          {
            start: dy.shape.map((_, at) => (at === axis ? start : 0)),
            stop: dy.shape.map((size, at) => (at === axis ? stop : size)),
            step: dy.shape.map(() => 1),
          },
          operand.shape,
        );
    });
  },
  // take and scatter are each other's adjoint, and so are windows and overlapAdd.
  take: ({ inputs: [x], attributes: { axis, map } }, dy) => [() => scatter(dy, map, axis, literalSize(x.shape[axis]))],
  scatter: ({ attributes: { axis, map } }, dy) => [() => takeNode(dy, map, axis)],
  windows: ({ inputs: [x], attributes }, dy) => [() => overlapAddNode(dy, attributes, x.shape)],
  overlapAdd: ({ inputs: [y], attributes }, dy) => [() => windowsNode(dy, attributes, y.shape)],
  // dy goes to the elements that are the largest; equal ones share it.
  reduceMax: (y, dy) => {
    const { inputs: [x], attributes: { axes } } = y;
    return [
      () => {
        const isLargest = equal(x, spreadOver(y, x.shape, axes));
        const share = div(dy, sum(isLargest, { axes }));
        return mul(isLargest, spreadOver(share, x.shape, axes));
      },
    ];
  },
  sum: ({ inputs: [x], attributes: { axes } }, dy) => [() => spreadOver(dy, x.shape, axes)],
  // Correlations are closed under differentiation:
  //   with respect to x: stride <-> inputDilation, w flipped, its O and I axes exchanged within each group;
  //   with respect to w: stride <-> dilation, N <-> C in both operands.
  correlate: ({ inputs: [x, w], attributes }, dy) => [
    () => correlate(dy, exchangeChannels(flip(w, spatialAxes(w)), attributes.groups), inputGradientOptions(x, w, dy, attributes)),
    () => {
      const { groups } = attributes;
      const gradient = correlate(groupsToBatch(x, groups), exchange(dy), kernelGradientOptions(x, w, dy, attributes));
      return exchange(gradient);
    },
  ],
};

/** Repeats what was reduced over the axes. */
function spreadOver(tensor: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  const kept: Shape = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return broadcast(reshape(tensor, kept), shape);
}

/** A size that the operation's own rule has found to be a number. */
function literalSize(size: Size | undefined): number {
  if (typeof size !== 'number') throw new TypeError('an index map over an axis of named size');
  return size;
}

/** Of two operands of min: 1 where a is the smaller, 1/2 where they are equal, 0 elsewhere. */
function shareBelow(a: Tensor, b: Tensor): Tensor {
  return add(less(a, b), mul(0.5, equal(a, b)));
}

/** The adjoint of broadcast: sums the axes that repeat. */
function sumTo(dy: Tensor, shape: Shape): Tensor {
  const missing = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((size, axis) => (axis < missing || (shape[axis - missing] === 1 && size !== 1) ? [axis] : []));
  return reshape(sum(dy, { axes }), shape);
}

function spatialAxes(tensor: Tensor): readonly number[] {
  return tensor.shape.map((_, axis) => axis).slice(2);
}

/** Exchanges the first two axes. */
function exchange(tensor: Tensor): Tensor {
  return transpose(tensor, [1, 0, ...spatialAxes(tensor)]);
}

/** [N, C, ...] -> [C / groups, groups * N, ...]: N and C exchanged within each group. */
function groupsToBatch(x: Tensor, groups: number): Tensor {
  const [batch = 1, channels = 1, ...spatial] = x.shape;
  if (groups === 1) return exchange(x);
  const perGroup = typeof channels === 'number' ? channels / groups : channels;
  const split = reshape(x, [batch, groups, perGroup, ...spatial]);
  const swapped = transpose(split, [2, 1, 0, ...spatial.map((_, axis) => axis + 3)]);
  return reshape(swapped, [perGroup, times(groups, batch), ...spatial]);
}

/** One spatial axis of a correlation: its low pad, and the extents of window, input and result with their gaps. */
interface Span {
  readonly low: Size;
  readonly reach: Size;
  readonly spread: Size;
  readonly covered: Size;
}

function spans(x: Tensor, w: Tensor, dy: Tensor, { strides, padding, dilations, inputDilations }: CorrelateAttributes): readonly Span[] {
  return strides.map((stride, axis) => ({
    low: padding[axis]?.[0] ?? 0,
    reach: dilated(w.shape[axis + 2] ?? 1, dilations[axis] ?? 1),
    spread: dilated(x.shape[axis + 2] ?? 1, inputDilations[axis] ?? 1),
    covered: dilated(dy.shape[axis + 2] ?? 1, stride),
  }));
}

// x[i] meets dy[p] through tap u where  i * inputDilation = p * stride + u * dilation - low.
// With u' = window - 1 - u:  p * stride = i * inputDilation + u' * dilation - (reach - 1 - low),
// and the high pad is what makes the result as large as x.
function inputGradientOptions(x: Tensor, w: Tensor, dy: Tensor, attributes: CorrelateAttributes): CorrelateOptions {
  const { strides, dilations, inputDilations, groups } = attributes;
  const padding = spans(x, w, dy, attributes).map(
    ({ low, reach, spread, covered }) => [plus(reach, -1, times(-1, low)), plus(spread, times(-1, covered), low)] as const,
  );
  return { strides: inputDilations, inputDilations: strides, dilations, groups, padding };
}

// dw[u] = sum over p of x[p * stride + u * dilation - low] * dy[p]: u moves by dilation, p by stride;
// the high pad is what makes the result as large as w.
function kernelGradientOptions(x: Tensor, w: Tensor, dy: Tensor, attributes: CorrelateAttributes): CorrelateOptions {
  const { strides, dilations, inputDilations, groups } = attributes;
  const padding = spans(x, w, dy, attributes).map(
    ({ low, reach, spread, covered }) => [low, plus(reach, covered, -1, times(-1, spread), times(-1, low))] as const,
  );
  return { strides: dilations, dilations: strides, inputDilations, groups, padding };
}
