import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf, innerProduct, point } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { grad } from '../grad.ts';
import { evaluate } from '../interpreter/interpret.ts';
import type { Tensor } from '../tensor.ts';
import { correlate } from './correlate.ts';
import { mul } from './elementwise.ts';
import { flip, reshape, slice, transpose } from './movement.ts';
import { concat, overlapAdd, scatter, take, windows } from './rearrange.ts';
import { sum } from './reduce.ts';
import { arange, constant, input } from './source.ts';

function values(tensor: Tensor): unknown {
  return evaluate(tensor).toNested();
}

describe('concat', () => {
  test('what is cut can be put together again, along any axis', () => {
    const x = reshape(arange(24), [2, 3, 4]);
    for (const axis of [0, 1, 2, -1]) {
      const at = axis < 0 ? axis + 3 : axis;
      const cut = [0, 1, 2].map((each) => (each === at ? 1 : 0));
      const first = slice(x, { stop: x.shape.map((size, each) => (each === at ? 1 : size)) });
      expect(values(concat([first, slice(x, { start: cut })], axis))).toEqual(values(x));
    }
  });

  test('named sizes add up', () => {
    const [a, b] = [input('a', ['H', 2]), input('b', ['K', 2])];
    expect(evaluate(concat([a, b, a]), { a: [[1, 2]], b: [[3, 4], [5, 6]] }).toNested()).toEqual([[1, 2], [3, 4], [5, 6], [1, 2]]);
  });

  test('one tensor is itself', () => {
    const x = constant([1, 2]);
    expect(concat([x])).toBe(x);
  });

  test('shapes that differ elsewhere, and nothing at all, are errors', () => {
    expect(thrown(() => concat([input('a', [2, 3]), input('b', [2, 4])]))).toMatchInlineSnapshot(`
      "ShapeError: concat: the shapes differ in another axis than 0
        first  [2, 3]  a  at rearrange.test.ts:<line>
        other  [2, 4]  b  at rearrange.test.ts:<line>
        all axes but axis 0 must be equal"
    `);
    expect(thrown(() => concat([]))).toMatchInlineSnapshot(`"ValueError: concat: an empty list; give at least one tensor"`);
  });
});

describe('take and scatter', () => {
  test('an index map in reverse is a flip', () => {
    const x = reshape(arange(6), [2, 3]);
    expect(values(take(x, [2, 1, 0], 1))).toEqual(values(flip(x, 1)));
    expect(values(take(x, [-1, -2, -3], -1))).toEqual(values(flip(x, 1)));
  });

  test('scatter is the adjoint of take: what was taken twice is added twice', () => {
    expect(values(scatter(constant([1, 2, 4]), [0, 2, 0], 0, 3))).toEqual([5, 0, 2]);
    const x = input('x', [4], { dtype: 'float64' });
    const map = [3, 0, 0];
    const [y, at] = [point([3], [2, -1, 5]), point([4], [7, 1, -2, 3])];
    const [adjoint] = grad(sum(mul(take(x, map), y)), [x]);
    expect(innerProduct(evaluate(adjoint, { x: at }), at)).toBe(innerProduct(y, evaluate(take(x, map), { x: at })));
  });

  test('indices outside the axis, and axes of a named size, are errors', () => {
    expect(thrown(() => take(input('x', [2, 3]), [3], 1))).toMatchInlineSnapshot(`
      "ShapeError: take: the index 3 lies outside axis 1
        operand  [2, 3]  x  at rearrange.test.ts:<line>
                     ^ indices must be whole numbers from -3 to 2, at least one"
    `);
    expect(thrown(() => take(input('x', [2, 3]), []))).toMatchInlineSnapshot(`
      "ShapeError: take: the index map is empty
        operand  [2, 3]  x  at rearrange.test.ts:<line>
                  ^ indices must be whole numbers from -2 to 1, at least one"
    `);
    expect(thrown(() => take(input('photo', ['H', 'W']), [0]))).toMatchInlineSnapshot(`
      "ShapeError: take: axis 0 has the named size H
        operand  [H, W]  photo  at rearrange.test.ts:<line>
        an index map needs an axis whose size is a number; slice, flip and concat take named sizes"
    `);
  });
});

describe('windows and overlapAdd', () => {
  const cases = fc.record({
    size: fc.integer({ min: 5, max: 9 }),
    window: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 3 }),
    dilations: fc.integer({ min: 1, max: 2 }),
  });

  // im2col: a correlation is a matrix product with the windows.
  test('a correlation is the product of the windows and the kernel', () => {
    fc.assert(
      fc.property(cases, ({ size, window, ...options }) => {
        const x = reshape(arange(2 * size), [1, 2, size]);
        const w = reshape(arange(3 * 2 * window), [3, 2, window]);
        const taken = windows(reshape(x, [2, size]), [window], options);
        const positions = Number(taken.shape[1]);
        const rows = reshape(transpose(taken, [1, 0, 2]), [positions, 2 * window]);
        const product = correlate(rows, reshape(w, [3, 2 * window]));
        expect(values(transpose(product))).toEqual(values(reshape(correlate(x, w, options), [3, positions])));
      }),
      seeded(60),
    );
  });

  test('they are adjoint', () => {
    fc.assert(
      fc.property(cases, ({ size, window, ...options }) => {
        const x = point([size], Array.from({ length: size }, (_, index) => ((index * 5) % 7) - 3));
        const taken = evaluate(windows(x, [window], options));
        const y = point(taken.shape, Array.from({ length: countOf(taken.shape) }, (_, index) => ((index * 3) % 5) - 1));
        expect(innerProduct(evaluate(overlapAdd(y, [size], options)), x)).toBe(innerProduct(y, taken));
      }),
      seeded(60),
    );
  });

  test('in two dimensions, with leading axes', () => {
    const x = reshape(arange(24), [2, 3, 4]);
    const taken = windows(x, [2, 2], { strides: [1, 2] });
    expect(taken.shape).toEqual([2, 2, 2, 2, 2]);
    expect(values(reshape(slice(taken, { start: [1, 1, 1] }), [2, 2]))).toEqual([[18, 19], [22, 23]]);
  });

  test('windows that do not fit are errors', () => {
    expect(thrown(() => windows(input('x', [2, 3]), [4]))).toMatchInlineSnapshot(`
      "ShapeError: windows: a window of 4 elements does not fit axis 1
        operand  [2, 3]  x  at rearrange.test.ts:<line>
                     ^ dilation x (window - 1) + 1 must not exceed the size"
    `);
    expect(thrown(() => windows(input('x', [3]), [1, 1]))).toMatchInlineSnapshot(`
      "ShapeError: windows: a window of 2 axes over 1
        operand  [3]  x  at rearrange.test.ts:<line>
        a window has at most the axes of the tensor"
    `);
    expect(thrown(() => windows(input('x', [3]), [1.5]))).toMatchInlineSnapshot(`"ShapeError: windows: the shape [1.5] has the size 1.5; every axis must be a whole number of at least 1"`);
    expect(thrown(() => overlapAdd(input('y', [2, 2]), [4]))).toMatchInlineSnapshot(`
      "ShapeError: overlapAdd: the operand holds no windows over [4]
        operand  [2, 2]  y  at rearrange.test.ts:<line>
        the axes must be [...batch, ...positions, ...window] with positions = floor((size - dilation x (window - 1) - 1) / stride) + 1"
    `);
  });
});
