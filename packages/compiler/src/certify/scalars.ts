import type { BinaryName, DType, UnaryName } from '@xcorr/graph';

/** What the primitives do to scalars of some kind: a meaning that graphs and loop nests share. */
export interface Scalars<Value> {
  readonly number: (value: number) => Value;
  readonly unary: (name: UnaryName, x: Value) => Value;
  readonly binary: (name: BinaryName, a: Value, b: Value) => Value;
  /** total + term, in a sum over elements of which the order is no matter: nothing of it is rounded. */
  readonly gathered: (total: Value, term: Value) => Value;
  /** A literal as a constant of that dtype holds it; everything else as it is. */
  readonly rounded: (value: Value, dtype: DType) => Value;
  /** The same where literals are real numbers: sums, products and quotients of them are not rounded. */
  readonly exact: Scalars<Value>;
  readonly select: (condition: Value, whenTrue: Value, whenFalse: Value) => Value;
}
