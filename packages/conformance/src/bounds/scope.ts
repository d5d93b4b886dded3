import type { DType, Tensor, Values } from '@xcorr/graph';

/** Values, and for each element how far a backend's may lie from it. */
export interface Bounded {
  readonly values: Values;
  /** Infinity where the element is not judged. */
  readonly bounds: Float64Array;
}

/** What the bounds of a node may ask for. */
export interface BoundsScope {
  readonly operand: (tensor: Tensor) => Bounded;
  /** The meaning of a node over other values of its operands. */
  readonly means: (node: Tensor, operand: (tensor: Tensor) => Values) => Values;
  /** c times the unit roundoff of each dtype. */
  readonly unit: Readonly<Record<DType, number>>;
}
