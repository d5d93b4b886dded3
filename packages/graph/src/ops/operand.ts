import { printCallSite } from '../call-site.ts';
import { defaultDType, roundTo, type DType } from '../dtype.ts';
import { describeOperands, ShapeError, ValueError, type BrokenLaw, type OperandLine } from '../errors.ts';
import { NdArray } from '../ndarray.ts';
import { describeValue, givenList } from '../given.ts';
import { isPolynomial, namedSize } from '../integer.ts';
import { flatten, type Nested } from '../nested.ts';
import { isEmptySize, printShape, type Dimension, type Shape, type Size } from '../shape.ts';
import { callSiteOf, intern, isTensor, labelOf, type Tensor } from '../tensor.ts';

/** What may stand where a tensor is expected: a number, nested lists, or concrete values become constants. */
export type TensorLike = Tensor | NdArray | Nested;

/** The constant with these elements, rounded to the dtype. */
export function constantOf(data: Float64Array, shape: Shape, dtype: DType): Tensor {
  const round = roundTo[dtype];
  return intern({ primitive: 'constant', inputs: [], attributes: { data: data.map(round) }, shape, dtype });
}

function isNested(value: unknown): value is Nested {
  return typeof value === 'number' || Array.isArray(value);
}

/**
 * Any operand as a tensor. A literal takes the given dtype.
 *
 * @throws ValueError when the value is neither a tensor of this package nor a list of finite numbers.
 */
export function toTensor(value: TensorLike, operation: string, dtype: DType = defaultDType): Tensor {
  if (isTensor(value)) return value;
  if (value instanceof NdArray) return constantOf(Float64Array.from(value.data), value.shape, dtype);
  if (isNested(value)) {
    const { shape, data } = flatten(value, operation);
    return constantOf(data, shape, dtype);
  }
  throw noOperand(value, operation);
}

/** Why a value cannot be an operand. */
export function noOperand(value: unknown, operation: string, expected = 'a tensor, a number or a nested list'): ValueError {
  const isObject = value instanceof Object;
  const foreign = isObject && 'primitive' in value ? 'tensor' : isObject && value.constructor.name === NdArray.name ? 'NdArray' : undefined;
  return new ValueError(
    foreign === undefined
      ? `${operation}: ${expected} is expected, not ${value === null ? 'null' : `a value of type ${typeof value}`}`
      : `${operation}: this ${foreign} was made by another copy of @xcorr/graph; keep one copy (npm ls @xcorr/graph shows them, npm dedupe merges them)`,
  );
}

/**
 * All operands as tensors of one dtype: literals take that of the tensors.
 *
 * @throws ShapeError when two tensors differ in dtype.
 */
export function toTensors<Values extends readonly TensorLike[]>(
  values: Values,
  operation: string,
): { [K in keyof Values]: Tensor };
export function toTensors(values: readonly TensorLike[], operation: string): readonly Tensor[] {
  const dtype = givenList(values, `${operation}: what should be tensors`, 'give a list of them').find((value) => isTensor(value))?.dtype ?? defaultDType;
  const tensors = values.map((value) => toTensor(value, operation, dtype));
  const other = tensors.find((tensor) => tensor.dtype !== dtype);
  if (other !== undefined)
    throw new ShapeError(
      describeOperands(
        `${operation}: operands of dtype ${dtype} and ${other.dtype} do not mix`,
        tensors.map((tensor, position) => ({ ...operandLine(tensor, `operand ${position + 1}`), axes: tensor.dtype })),
        { text: 'all operands must have one dtype' },
      ),
    );
  return tensors;
}

/** How an error message shows this operand. */
export function operandLine(tensor: Tensor, role: string, axes?: string): OperandLine {
  const line = { role, shape: tensor.shape, label: labelOf(tensor), site: printCallSite(callSiteOf(tensor)) };
  return axes === undefined ? line : { ...line, axes };
}

export function shapeError(headline: string, operands: readonly OperandLine[], law: BrokenLaw): ShapeError {
  return new ShapeError(describeOperands(headline, operands, law));
}

/** An axis as given (negative counts from the end), as an index into the shape. */
export function resolveAxis(axis: number, tensor: Tensor, operation: string): number {
  const rank = tensor.shape.length;
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank)
    throw shapeError(`${operation}: there is no axis ${axis}`, [operandLine(tensor, 'operand')], {
      text: rank === 0 ? 'a scalar has no axes' : `axes run from ${-rank} to ${rank - 1}`,
    });
  return resolved;
}

/** Axes as given, resolved, each at most once; in ascending order. */
export function resolveAxes(axes: number | readonly number[] | undefined, tensor: Tensor, operation: string): readonly number[] {
  if (axes === undefined) return tensor.shape.map((_, axis) => axis);
  const resolved = (typeof axes === 'number' ? [axes] : givenList(axes, `${operation}: what should be axes`, 'give one axis, or a list of them: [0, 1]')).map((axis) => resolveAxis(axis, tensor, operation));
  const twice = resolved.find((axis, position) => resolved.indexOf(axis) !== position);
  if (twice !== undefined)
    throw shapeError(`${operation}: axis ${twice} is named twice`, [operandLine(tensor, 'operand')], {
      text: 'each axis may be named once',
    });
  return [...resolved].sort((a, b) => a - b);
}

/** A shape as a person gives it. @throws ValueError when it is no list of sizes, ShapeError when a size is less than 1. */
export function givenShape(shape: readonly Dimension[], operation: string): Shape {
  const sizes = givenList(shape, `${operation}: the shape`, 'give a size for each axis: [6, 8]').map((dimension): Size => {
    if (typeof dimension === 'number' || isPolynomial(dimension)) return dimension;
    if (typeof dimension === 'string' && dimension !== '') return namedSize(dimension);
    throw new ValueError(`${operation}: ${describeValue(dimension)} is no size; give a whole number, or a name for one: [6, 'W']`);
  });
  return checkedShape(sizes, operation);
}

/** Refuses literal sizes below 1 and sizes that are no whole numbers. */
export function checkedShape(shape: Shape, operation: string): Shape {
  for (const size of shape)
    if (isEmptySize(size) || (typeof size === 'number' && !Number.isSafeInteger(size)))
      throw new ShapeError(`${operation}: the shape ${printShape(shape)} has the size ${String(typeof size === 'number' ? size : 'that is never positive')}; every axis must be a whole number of at least 1`);
  return shape;
}
