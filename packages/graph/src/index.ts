export { CompileError, FeedError, ShapeError, ValueError, XcorrError } from './errors.ts';
export type { DType, Storage } from './dtype.ts';
export { allocate, bytesOf, roundTo, type FloatArray } from './dtype.ts';
export type { Clamp, Reflected, Factor, Floor, Integer, Polynomial, Term, Variable } from './integer-form.ts';
export {
  equalIntegers,
  clamp,
  reflected,
  element,
  floorDivide,
  integerOf,
  isNonNegative,
  keyOf,
  loopVariable,
  minus,
  modulo,
  plus,
  substitute,
  sumOfTerms,
  termsOf,
  times,
} from './integer.ts';
export { evaluateInteger, integerValue, variablesOf } from './integer-value.ts';
export { printInteger } from './print-integer.ts';
export { elementCount, equalShapes, literalShape, printShape, rowMajorStrides, type Dimension, type Shape, type Size } from './shape.ts';
export { ndarray, NdArray, type TypedArray } from './ndarray.ts';
export type { Nested } from './nested.ts';
export { describeValue, givenList, givenOptions } from './given.ts';
export { suggest } from './suggest.ts';
export { checkMemory } from './memory-limit.ts';
export { checkSizes } from './check-sizes.ts';
export { bindSizes, isTypedArray, readFeed, storageOf, type Binding, type Feed, type FedValue } from './feeds.ts';
export {
  binaryNames,
  unaryNames,
  type BinaryName,
  type BorderMode,
  type CorrelateAttributes,
  type PrimitiveName,
  type UnaryName,
} from './primitives.ts';
export { applyRule, idOf, isTensor, label, labelOf, type NodeOf, type RuleTable, type Tensor } from './tensor.ts';
export { tabulate } from './table.ts';
export type { TensorLike } from './ops/operand.ts';
export { arange, constant, full, input, ones, state, zeros, type InputOptions, type SourceOptions } from './ops/source.ts';
export * from './ops/elementwise.ts';
export { broadcast, flip, pad, reshape, slice, transpose, type PadOptions, type SliceOptions } from './ops/movement.ts';
export { borderModes, extend, type ExtendOptions } from './ops/extend.ts';
export { concat, overlapAdd, take, windows, type WindowOptions } from './ops/rearrange.ts';
export { mean, reduceMax, reduceMin, sum, type ReduceOptions } from './ops/reduce.ts';
export { correlate, type CorrelateOptions, type Padding } from './ops/correlate.ts';
export type { PerAxis } from './ops/window.ts';
export { conv2d, convolve2d, corr2d, type Conv2dOptions, type Layout } from './ops/convolution.ts';
export { absoluteError, huber, meanSquaredError, softmaxCrossEntropy, squaredError } from './ops/losses.ts';
export { matmul } from './ops/matmul.ts';
export { averagePool, maxPool, type PoolOptions } from './ops/pooling.ts';
export { setSlice, type Range } from './ops/set-slice.ts';
export { correlateTransposed, type TransposedOptions } from './ops/transposed.ts';
export { grad } from './grad.ts';
export { topologicalOrder } from './topological-order.ts';
export { evaluate, interpret, type Feeds } from './interpreter/interpret.ts';
export { meaning, type Scope } from './interpreter/meaning.ts';
export type { Values } from './interpreter/values.ts';
export { binaryMeaning, unaryMeaning } from './interpreter/scalar.ts';
export { rebuild, specialise } from './rebuild.ts';
