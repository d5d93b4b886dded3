import type { Storage } from './dtype.ts';
import type { Tensor } from './tensor.ts';
import type { Shape, Size } from './shape.ts';

/** One operand, one result of the same shape, element by element. */
export const unaryNames = ['neg', 'abs', 'sign', 'sqrt', 'exp', 'log', 'sin', 'cos', 'tanh', 'floor'] as const;
export type UnaryName = (typeof unaryNames)[number];

/** Two operands of one shape, element by element. Comparisons give 1 or 0 in the operands' dtype. */
export const binaryNames = [
  'add', 'sub', 'mul', 'div', 'min', 'max', 'pow', 'atan2', 'less', 'lessEqual', 'equal',
] as const;
export type BinaryName = (typeof binaryNames)[number];

type Elementwise = {
  readonly [P in UnaryName]: { readonly inputs: readonly [Tensor]; readonly attributes: Record<never, never> };
} & {
  readonly [P in BinaryName]: { readonly inputs: readonly [Tensor, Tensor]; readonly attributes: Record<never, never> };
};

/** What correlate does along one spatial axis. */
export interface CorrelateAttributes {
  readonly strides: readonly number[];
  /** [low, high] per spatial axis; negative pads crop. */
  readonly padding: readonly (readonly [Size, Size])[];
  readonly dilations: readonly number[];
  readonly inputDilations: readonly number[];
  readonly groups: number;
}

/** How an axis goes on behind its ends: see `extend`. */
export type BorderMode = 'edge' | 'reflect' | 'symmetric' | 'wrap';

/** Sliding windows over the last axes of a tensor. */
export interface WindowAttributes {
  /** Taps along each of these axes. */
  readonly window: Shape;
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * The closed set of primitives: operands and attributes of each, declared once.
 * Shape rules stand with the functions that make the nodes (ops/), gradients in vjp.ts, meanings in interpreter/.
 */
export interface Primitives extends Elementwise {
  readonly input: { readonly inputs: readonly []; readonly attributes: { readonly name: string; readonly storage: Storage } };
  readonly state: {
    readonly inputs: readonly [];
    readonly attributes: { readonly name: string; readonly initial: Float64Array };
  };
  readonly constant: { readonly inputs: readonly []; readonly attributes: { readonly data: Float64Array } };
  /** A scalar: the number that an expression over named sizes has in this run. */
  readonly size: { readonly inputs: readonly []; readonly attributes: { readonly value: Size } };
  /** condition, value where it is not 0, value where it is 0: one shape. */
  readonly select: { readonly inputs: readonly [Tensor, Tensor, Tensor]; readonly attributes: Record<never, never> };
  /** Repeats unit and missing leading axes. */
  readonly broadcast: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly shape: Shape } };
  readonly reshape: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly shape: Shape } };
  /** Axis k of the result is axis permutation[k] of the operand. */
  readonly transpose: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly permutation: readonly number[] } };
  readonly flip: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly axes: readonly number[] } };
  /** low and high elements more at the ends of each axis, which are the operand's own in the order that the mode gives. */
  readonly extend: {
    readonly inputs: readonly [Tensor];
    readonly attributes: { readonly mode: BorderMode; readonly low: readonly Size[]; readonly high: readonly Size[] };
  };
  /** The adjoint of extend along one axis: what stands behind the ends is added to the elements that it repeats. */
  readonly foldBack: {
    readonly inputs: readonly [Tensor];
    readonly attributes: { readonly axis: number; readonly mode: BorderMode; readonly low: Size; readonly high: Size };
  };
  /** Elements start, start + step, … below stop; step >= 1. */
  readonly slice: {
    readonly inputs: readonly [Tensor];
    readonly attributes: { readonly start: readonly Size[]; readonly stop: readonly Size[]; readonly step: readonly number[] };
  };
  /** `interior` copies of value between elements, then low and high of them at the ends (negative pads crop). */
  readonly pad: {
    readonly inputs: readonly [Tensor];
    readonly attributes: {
      readonly low: readonly Size[];
      readonly high: readonly Size[];
      readonly interior: readonly number[];
      readonly value: number;
    };
  };
  /** The same number in another dtype; nothing is rounded before it is stored. */
  readonly cast: { readonly inputs: readonly [Tensor]; readonly attributes: Record<never, never> };
  /** The same value; its gradient is zero. */
  readonly stopGradient: { readonly inputs: readonly [Tensor]; readonly attributes: Record<never, never> };
  /** The operands one behind the other along an axis. */
  readonly concat: { readonly inputs: readonly Tensor[]; readonly attributes: { readonly axis: number } };
  /** Element i of the result's axis is element map[i] of the operand's. */
  readonly take: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly axis: number; readonly map: readonly number[] } };
  /** Element i of the result's axis, which has `size` elements, is the sum of all p with map[p] = i of the operand's. */
  readonly scatter: {
    readonly inputs: readonly [Tensor];
    readonly attributes: { readonly axis: number; readonly map: readonly number[]; readonly size: number };
  };
  /** x [...batch, ...spatial] -> [...batch, ...positions, ...window], y[b, p, u] = x[b, p * stride + u * dilation]. */
  readonly windows: { readonly inputs: readonly [Tensor]; readonly attributes: WindowAttributes };
  /** The adjoint of windows: x[b, i] is the sum of y[b, p, u] over all p * stride + u * dilation = i. */
  readonly overlapAdd: {
    readonly inputs: readonly [Tensor];
    readonly attributes: WindowAttributes & { readonly size: Shape };
  };
  /** The largest element over the axes, which vanish. */
  readonly reduceMax: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly axes: readonly number[] } };
  /** Sums over the axes, which vanish. */
  readonly sum: { readonly inputs: readonly [Tensor]; readonly attributes: { readonly axes: readonly number[] } };
  /** x [N, C, ...spatial], w [O, C / groups, ...window]. */
  readonly correlate: { readonly inputs: readonly [Tensor, Tensor]; readonly attributes: CorrelateAttributes };
}

export type PrimitiveName = keyof Primitives;
