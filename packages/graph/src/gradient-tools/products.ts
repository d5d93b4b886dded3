import { ValueError } from '../errors.ts';
import { everReached, gradAs } from '../grad.ts';
import { add, cast, mul, stopGradient } from '../ops/elementwise.ts';
import { noOperand, operandLine, shapeError, toTensor, type TensorLike } from '../ops/operand.ts';
import { sum } from '../ops/reduce.ts';
import { input } from '../ops/source.ts';
import { equalShapes, printShape } from '../shape.ts';
import { isTensor, labelOf, type Tensor } from '../tensor.ts';

/** A vector for each of some tensors: values of its shape, and of its dtype. */
type VectorsOf<Targets extends readonly Tensor[]> = { readonly [K in keyof Targets]: TensorLike };
type GradientsOf<Targets extends readonly Tensor[]> = { readonly [K in keyof Targets]: Tensor };

/**
 * The vector-Jacobian product: the gradients of <vector, y>, for a y of any shape.
 *
 * @param vector  of y's shape
 * @returns       one product for each of `wrt`, of its shape
 * @throws ValueError when one of them is no tensor of this package.
 * @throws ShapeError when y does not depend on one of `wrt`, or the vector does not have y's shape and dtype.
 * @example
 * const x = input('x', [3]);
 * const [product] = vjp(corr2d(reshape(x, [1, 3]), [[1, -1]]), [x], [[1, 10]]);
 * evaluate(product, { x: [0, 0, 0] }).toNested(); // => [1, 9, -10]
 */
export function vjp<const Targets extends readonly Tensor[]>(y: Tensor, wrt: Targets, vector: TensorLike): GradientsOf<Targets>;
export function vjp(y: Tensor, wrt: readonly Tensor[], vector: TensorLike): readonly Tensor[] {
  checkTargets('vjp', y, wrt);
  const [direction] = vectorsFor('vjp', [y], [vector]);
  return gradAs('vjp', inner([y], [direction ?? y]), wrt);
}

/**
 * The Jacobian-vector product: how y changes when the tensors move along some directions.
 *
 * Two vector-Jacobian products and no rule of its own: g(u) = u J is linear in u, so the gradient of <g(u), v> with
 * respect to u is J v, and u is gone.
 *
 * @param wrt       tensors that y depends on
 * @param tangents  the direction of each, of its shape
 * @returns         of y's shape
 * @throws ValueError when one of them is no tensor of this package, or the lists differ in length.
 * @throws ShapeError when y does not depend on one of `wrt`, or a tangent does not have its shape and dtype.
 * @example
 * const x = input('x', [2]);
 * evaluate(jvp(square(x), [x], [[1, 10]]), { x: [3, 4] }).toNested(); // => [6, 80]
 */
export function jvp<const Targets extends readonly Tensor[]>(y: Tensor, wrt: Targets, tangents: VectorsOf<Targets>): Tensor;
export function jvp(y: Tensor, wrt: readonly Tensor[], tangents: readonly TensorLike[]): Tensor {
  checkTargets('jvp', y, wrt);
  const directions = vectorsFor('jvp', wrt, tangents);
  const u = input('cotangent', y.shape, { dtype: y.dtype });
  const [product] = gradAs('jvp', inner(gradAs('jvp', inner([y], [u]), wrt), directions), [u]);
  return product ?? u;
}

/**
 * The products of a loss's Hessian with some vectors, without the Hessian: the gradients of <grad loss, vectors>.
 *
 * @param loss     a scalar
 * @param wrt      tensors that the loss depends on
 * @param vectors  one for each, of its shape; taken as constant, whatever they are made of
 * @returns        one product for each of `wrt`, of its shape: sum over j of H_ij v_j
 * @throws ValueError when one of them is no tensor of this package, or the lists differ in length.
 * @throws ShapeError when the loss is no scalar or does not depend on one of `wrt`, or a vector does not have its shape and dtype.
 * @see Pearlmutter, "Fast Exact Multiplication by the Hessian", 1994
 * @example
 * const x = input('x', [2]);
 * const [product] = hessianVectorProduct(sum(mul(square(x), x)), [x], [[1, 10]]);
 * evaluate(product, { x: [1, 2] }).toNested(); // => [6, 120]
 */
export function hessianVectorProduct<const Targets extends readonly Tensor[]>(loss: Tensor, wrt: Targets, vectors: VectorsOf<Targets>): GradientsOf<Targets>;
export function hessianVectorProduct(loss: Tensor, wrt: readonly Tensor[], vectors: readonly TensorLike[]): readonly Tensor[] {
  checkTargets('hessianVectorProduct', loss, wrt);
  const directions = vectorsFor('hessianVectorProduct', wrt, vectors).map(stopGradient);
  return gradAs('hessianVectorProduct', inner(gradAs('hessianVectorProduct', loss, wrt), directions), wrt);
}

/** <a, b>, over all tensors of the lists, in the first one's dtype. */
export function inner(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  return a.map((each, position) => sum(mul(each, b[position] ?? 0))).reduce((total, term) => add(total, cast(term, total.dtype)));
}

/** Throws unless y was computed from each of the targets, and there is one. */
export function checkTargets(operation: string, y: unknown, wrt: unknown): void {
  if (!isTensor(y)) throw noOperand(y, operation, 'a tensor');
  const targets: readonly unknown[] = Array.isArray(wrt) ? wrt : [];
  if (targets.length === 0) throw new ValueError(`${operation}: no tensors to differentiate with respect to; give a list of at least one, as in ${operation}(y, [x], …)`);
  for (const target of targets) {
    if (!isTensor(target)) throw noOperand(target, operation, 'a tensor');
    if (!everReached(y, target))
      throw shapeError(`${operation}: the output does not depend on ${labelOf(target) ?? 'the tensor'}`, [operandLine(y, 'output'), operandLine(target, 'wrt')], {
        text: 'differentiate with respect to tensors that the output was computed from',
      });
  }
}

function vectorsFor(operation: string, targets: readonly Tensor[], vectors: readonly TensorLike[]): readonly Tensor[] {
  const given: unknown = vectors;
  const count = Array.isArray(given) ? given.length : 0;
  if (count !== targets.length)
    throw new ValueError(`${operation}: ${count} vectors for ${targets.length} tensors; give a list with one for each`);
  return vectors.map((vector, position) => {
    const target = targets[position];
    const tensor = toTensor(vector, operation, target?.dtype);
    if (target !== undefined && (!equalShapes(tensor.shape, target.shape) || tensor.dtype !== target.dtype))
      throw shapeError(
        `${operation}: a vector of ${tensor.dtype} ${printShape(tensor.shape)} for a tensor of ${target.dtype} ${printShape(target.shape)}`,
        [operandLine(target, 'tensor'), operandLine(tensor, 'vector')],
        { text: 'a direction has the shape and the dtype of what moves along it' },
      );
    return tensor;
  });
}
