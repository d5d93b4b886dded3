import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { pseudoRandomPoint } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { mul } from './elementwise.ts';
import { matmul } from './matmul.ts';
import { reshape, slice, transpose } from './movement.ts';
import { sum } from './reduce.ts';
import { arange, input } from './source.ts';

const size = fc.integer({ min: 1, max: 4 });

test('rows times columns', () => {
  fc.assert(
    fc.property(size, size, size, (rows, inner, columns) => {
      const a = reshape(arange(rows * inner), [rows, inner]);
      const b = reshape(arange(inner * columns), [inner, columns]);
      const outer = mul(reshape(a, [rows, inner, 1]), reshape(b, [1, inner, columns]));
      expect(evaluate(matmul(a, b)).toNested()).toEqual(evaluate(sum(outer, { axes: 1 })).toNested());
    }),
    seeded(40),
  );
});

test('the transpose of a product is the product of the transposes in reverse', () => {
  const [a, b] = [reshape(arange(6), [2, 3]), reshape(arange(12), [3, 4])];
  expect(evaluate(transpose(matmul(a, b))).toNested()).toEqual(evaluate(matmul(transpose(b), transpose(a))).toNested());
});

test('leading axes are batches, and broadcast', () => {
  const a = reshape(arange(12), [2, 1, 2, 3]);
  const b = reshape(arange(18), [3, 3, 2]);
  const product = matmul(a, b);
  expect(product.shape).toEqual([2, 3, 2, 2]);
  const one = matmul(reshape(slice(a, { start: [1] }), [2, 3]), reshape(slice(b, { start: [2] }), [3, 2]));
  expect(evaluate(reshape(slice(product, { start: [1, 2] }), [2, 2])).toNested()).toEqual(evaluate(one).toNested());
});

test('sizes may be named, batches may not', () => {
  const a = input('a', ['M', 'K']);
  expect(evaluate(matmul(a, transpose(a)), { a: [[1, 2], [3, 4]] }).toNested()).toEqual([[5, 11], [11, 25]]);
  expect(thrown(() => matmul(input('many', ['N', 2, 2]), input('b', [2, 2])))).toMatchInlineSnapshot(`
    "ShapeError: matmul: the batch axes do not broadcast to numbers
      left   [N, 2, 2]  … M K  many  at matmul.test.ts:<line>
      right  [2, 2]     … K N  b     at matmul.test.ts:<line>
      leading axes must be equal or 1, and none may have a named size"
  `);
});

test('gradients', () => {
  checkGradients([pseudoRandomPoint([2, 2, 3], 1), pseudoRandomPoint([3, 2], 2)], ([a, b]) => matmul(a, b));
});

test('shapes that do not match', () => {
  expect(thrown(() => matmul(input('a', [2, 3]), input('b', [2, 3])))).toMatchInlineSnapshot(`
    "ShapeError: matmul: rows of 3 elements, columns of 2
      left   [2, 3]  … M K  a  at matmul.test.ts:<line>
      right  [2, 3]  … K N  b  at matmul.test.ts:<line>
              ^ K must be the same in both"
  `);
  expect(thrown(() => matmul(input('a', [2, 3]), input('b', [3])))).toMatchInlineSnapshot(`
    "ShapeError: matmul: operands of rank 2 and 1; both must have rank 2 or more
      left   [2, 3]  … M K  a  at matmul.test.ts:<line>
      right  [3]     … K N  b  at matmul.test.ts:<line>
      reshape a vector to one row or one column"
  `);
});
