import type { OperandLine } from '../errors.ts';
import { equalIntegers, times } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import { broadcastShapes, elementCount } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { correlate } from './correlate.ts';
import { broadcastTo, reshape, transpose } from './movement.ts';
import { operandLine, shapeError, toTensors, type TensorLike } from './operand.ts';

/**
 * The matrix product; leading axes are batches and broadcast.
 *
 * It is a correlation without spatial axes: rows are images, columns are kernels, a batch is a group.
 *
 * @param a  [...batch, M, K]
 * @param b  [...batch, K, N]
 * @returns  [...batch, M, N]
 * @throws ShapeError when a rank is below 2, K differs, batches do not broadcast, or a batch axis has a named size.
 * @see NumPy `matmul`
 * @example
 * evaluate(matmul([[1, 2]], [[3], [4]])).toNested(); // => [[11]]
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  const [left, right] = toTensors<readonly [TensorLike, TensorLike]>([a, b], 'matmul');
  const operands = (): readonly OperandLine[] => [operandLine(left, 'left', '… M K'), operandLine(right, 'right', '… K N')];
  const [rows, inner] = left.shape.slice(-2);
  const [depth, columns] = right.shape.slice(-2);
  if (rows === undefined || inner === undefined || depth === undefined || columns === undefined)
    throw shapeError(`matmul: operands of rank ${left.shape.length} and ${right.shape.length}; both must have rank 2 or more`, operands(), {
      text: 'reshape a vector to one row or one column',
    });
  if (!equalIntegers(inner, depth))
    throw shapeError(`matmul: rows of ${printInteger(inner)} elements, columns of ${printInteger(depth)}`, operands(), {
      text: 'K must be the same in both',
      axis: right.shape.length - 2,
    });
  const batch = broadcastShapes(left.shape.slice(0, -2), right.shape.slice(0, -2));
  const groups = batch === undefined ? undefined : elementCount(batch);
  if (batch === undefined || typeof groups !== 'number')
    throw shapeError('matmul: the batch axes do not broadcast to numbers', operands(), {
      text: 'leading axes must be equal or 1, and none may have a named size',
    });
  const x = reshape(transpose(reshape(broadcastTo(left, [...batch, rows, inner]), [groups, rows, inner]), [1, 0, 2]), [rows, times(groups, inner)]);
  const w = reshape(transpose(reshape(broadcastTo(right, [...batch, inner, columns]), [groups, inner, columns]), [0, 2, 1]), [times(groups, columns), inner]);
  const product = reshape(correlate(x, w, { groups }), [rows, groups, columns]);
  return reshape(transpose(product, [1, 0, 2]), [...batch, rows, columns]);
}
