import { checkedDType } from '../given.ts';
import type { DType } from '../dtype.ts';
import type { BinaryName, UnaryName } from '../primitives.ts';
import { broadcastShapes } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { broadcastTo } from './movement.ts';
import { operandLine, shapeError, toTensor, toTensors, type TensorLike } from './operand.ts';

/** A row for each unary primitive; `primitive` is checked against the closed set. @example evaluate(unary('neg', 2)).item(); // => -2 */
export function unary(primitive: UnaryName, x: TensorLike): Tensor {
  const operand = toTensor(x, primitive);
  return intern({ primitive, inputs: [operand], attributes: {}, shape: operand.shape, dtype: operand.dtype });
}

/** Operands of one dtype, broadcast to one shape by NumPy's rule. */
function aligned<Values extends readonly TensorLike[]>(
  operation: string,
  values: Values,
): { [K in keyof Values]: Tensor };
function aligned(operation: string, values: readonly TensorLike[]): readonly Tensor[] {
  const tensors = toTensors(values, operation);
  const shape = tensors.reduce<Tensor['shape']>((common, tensor) => {
    const next = broadcastShapes(common, tensor.shape);
    if (next === undefined)
      throw shapeError(
        `${operation}: the shapes do not broadcast`,
        tensors.map((each, position) => operandLine(each, `operand ${position + 1}`)),
        { text: 'aligned at the last axis, sizes must be equal or 1' },
      );
    return next;
  }, []);
  return tensors.map((tensor) => broadcastTo(tensor, shape));
}

/** A row for each binary primitive, with NumPy broadcasting. @example evaluate(binary('add', [1, 2], 3)).toNested(); // => [4, 5] */
export function binary(primitive: BinaryName, a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = aligned<readonly [TensorLike, TensorLike]>(primitive, [a, b]);
  return intern({ primitive, inputs: [x, y], attributes: {}, shape: x.shape, dtype: x.dtype });
}

/** -x. @example evaluate(neg(2)).item(); // => -2 */
export function neg(x: TensorLike): Tensor {
  return unary('neg', x);
}

/** |x|; its derivative at 0 is 0. @example evaluate(abs(-2)).item(); // => 2 */
export function abs(x: TensorLike): Tensor {
  return unary('abs', x);
}

/** -1, 0 or 1; its derivative is 0. @example evaluate(sign(-2)).item(); // => -1 */
export function sign(x: TensorLike): Tensor {
  return unary('sign', x);
}

/** The square root. @example evaluate(sqrt(9)).item(); // => 3 */
export function sqrt(x: TensorLike): Tensor {
  return unary('sqrt', x);
}

/** e to the power of x. @example evaluate(exp(0)).item(); // => 1 */
export function exp(x: TensorLike): Tensor {
  return unary('exp', x);
}

/** The natural logarithm. @example evaluate(log(1)).item(); // => 0 */
export function log(x: TensorLike): Tensor {
  return unary('log', x);
}

/** The sine; x in radians. @example evaluate(sin(0)).item(); // => 0 */
export function sin(x: TensorLike): Tensor {
  return unary('sin', x);
}

/** The cosine; x in radians. @example evaluate(cos(0)).item(); // => 1 */
export function cos(x: TensorLike): Tensor {
  return unary('cos', x);
}

/** The hyperbolic tangent. @example evaluate(tanh(0)).item(); // => 0 */
export function tanh(x: TensorLike): Tensor {
  return unary('tanh', x);
}

/** The largest whole number not above x; its derivative is 0. @example evaluate(floor(2.5)).item(); // => 2 */
export function floor(x: TensorLike): Tensor {
  return unary('floor', x);
}

/** a + b, broadcast. @example evaluate(add([1, 2], 3)).toNested(); // => [4, 5] */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return binary('add', a, b);
}

/** a - b, broadcast. @example evaluate(sub([1, 2], 3)).toNested(); // => [-2, -1] */
export function sub(a: TensorLike, b: TensorLike): Tensor {
  return binary('sub', a, b);
}

/** a * b, broadcast. @example evaluate(mul([1, 2], 3)).toNested(); // => [3, 6] */
export function mul(a: TensorLike, b: TensorLike): Tensor {
  return binary('mul', a, b);
}

/** a / b, broadcast. @example evaluate(div([1, 2], 4)).toNested(); // => [0.25, 0.5] */
export function div(a: TensorLike, b: TensorLike): Tensor {
  return binary('div', a, b);
}

/** The smaller of a and b; equal operands share the gradient. @example evaluate(min(2, 3)).item(); // => 2 */
export function min(a: TensorLike, b: TensorLike): Tensor {
  return binary('min', a, b);
}

/** The larger of a and b; equal operands share the gradient. @example evaluate(max(2, 3)).item(); // => 3 */
export function max(a: TensorLike, b: TensorLike): Tensor {
  return binary('max', a, b);
}

/** a to the power of b, as IEEE 754 `pow`. @example evaluate(pow(2, 3)).item(); // => 8 */
export function pow(a: TensorLike, b: TensorLike): Tensor {
  return binary('pow', a, b);
}

/** The angle of the point (x, y) in radians, -pi to pi. @example evaluate(atan2(0, 1)).item(); // => 0 */
export function atan2(y: TensorLike, x: TensorLike): Tensor {
  return binary('atan2', y, x);
}

/** 1 where a < b, else 0. @example evaluate(less([1, 2], 2)).toNested(); // => [1, 0] */
export function less(a: TensorLike, b: TensorLike): Tensor {
  return binary('less', a, b);
}

/** 1 where a <= b, else 0. @example evaluate(lessEqual([2, 3], 2)).toNested(); // => [1, 0] */
export function lessEqual(a: TensorLike, b: TensorLike): Tensor {
  return binary('lessEqual', a, b);
}

/** 1 where a > b, else 0. @example evaluate(greater([2, 3], 2)).toNested(); // => [0, 1] */
export function greater(a: TensorLike, b: TensorLike): Tensor {
  return binary('less', b, a);
}

/** 1 where a >= b, else 0. @example evaluate(greaterEqual([1, 2], 2)).toNested(); // => [0, 1] */
export function greaterEqual(a: TensorLike, b: TensorLike): Tensor {
  return binary('lessEqual', b, a);
}

/** 1 where a = b, else 0. @example evaluate(equal([1, 2], 2)).toNested(); // => [0, 1] */
export function equal(a: TensorLike, b: TensorLike): Tensor {
  return binary('equal', a, b);
}

/** 1 where a differs from b, else 0. @example evaluate(notEqual([1, 2], 2)).toNested(); // => [1, 0] */
export function notEqual(a: TensorLike, b: TensorLike): Tensor {
  return sub(1, binary('equal', a, b));
}

/**
 * a where the condition is not 0, b where it is; all three broadcast.
 *
 * @example
 * evaluate(select([1, 0], [5, 6], 7)).toNested(); // => [5, 7]
 */
export function select(condition: TensorLike, a: TensorLike, b: TensorLike): Tensor {
  const [c, x, y] = aligned<readonly [TensorLike, TensorLike, TensorLike]>('select', [condition, a, b]);
  return intern({ primitive: 'select', inputs: [c, x, y], attributes: {}, shape: x.shape, dtype: x.dtype });
}

/**
 * The same numbers in another dtype. What a backend stores as float32 it rounds; in between it may keep more.
 *
 * @example
 * cast([1, 2], 'float64').dtype; // => 'float64'
 */
export function cast(x: TensorLike, dtype: DType): Tensor {
  const operand = toTensor(x, 'cast');
  if (operand.dtype === checkedDType(dtype, 'cast')) return operand;
  return intern({ primitive: 'cast', inputs: [operand], attributes: {}, shape: operand.shape, dtype });
}

/** x, taken as a constant by grad: no gradient flows through it. @example evaluate(stopGradient(3)).item(); // => 3 */
export function stopGradient(x: TensorLike): Tensor {
  const operand = toTensor(x, 'stopGradient');
  return intern({ primitive: 'stopGradient', inputs: [operand], attributes: {}, shape: operand.shape, dtype: operand.dtype });
}

/** x * x. @example evaluate(square(3)).item(); // => 9 */
export function square(x: TensorLike): Tensor {
  return mul(x, x);
}

/** max(x, 0); its derivative at 0 is 0. @example evaluate(relu([-1, 2])).toNested(); // => [0, 2] */
export function relu(x: TensorLike): Tensor {
  const operand = toTensor(x, 'relu');
  return select(greater(operand, 0), operand, 0);
}

/**
 * 1 / (1 + exp(-x)), written with tanh so that it never overflows.
 *
 * @example
 * evaluate(sigmoid(0)).item(); // => 0.5
 */
export function sigmoid(x: TensorLike): Tensor {
  return add(mul(tanh(mul(x, 0.5)), 0.5), 0.5);
}
