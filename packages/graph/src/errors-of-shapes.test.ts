import { describe, expect, test } from 'vitest';
import { thrown } from '../testing/thrown.ts';
import { add, arange, broadcast, constant, flip, full, input, mul, NdArray, pad, reshape, select, slice, sum, transpose } from './index.ts';

// Errors are part of the language: they are tested word for word.

const image = input('image', [6, 8]);

describe('shapes', () => {
  test('shapes that do not broadcast', () => {
    expect(thrown(() => add(image, input('row', [7])))).toMatchInlineSnapshot(`
      "ShapeError: add: the shapes do not broadcast
        operand 1  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        operand 2  [7]     row    at errors-of-shapes.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => mul(input('a', ['H', 2]), input('b', ['W', 2])))).toMatchInlineSnapshot(`
      "ShapeError: mul: the shapes do not broadcast
        operand 1  [H, 2]  a  at errors-of-shapes.test.ts:<line>
        operand 2  [W, 2]  b  at errors-of-shapes.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => select([1, 0], image, 0))).toMatchInlineSnapshot(`
      "ShapeError: select: the shapes do not broadcast
        operand 1  [2]            at errors-of-shapes.test.ts:<line>
        operand 2  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        operand 3  []             at errors-of-shapes.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1"
    `);
    expect(thrown(() => broadcast(image, [6, 1]))).toMatchInlineSnapshot(`
      "ShapeError: broadcast: [6, 8] does not repeat to [6, 1]
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        aligned at the last axis, sizes must be equal or 1 in the operand"
    `);
  });

  test('axes that are not there', () => {
    expect(thrown(() => sum(image, { axes: 2 }))).toMatchInlineSnapshot(`
      "ShapeError: sum: there is no axis 2
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        axes run from -2 to 1"
    `);
    expect(thrown(() => sum(image, { axes: [0, -2] }))).toMatchInlineSnapshot(`
      "ShapeError: sum: axis 0 is named twice
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        each axis may be named once"
    `);
    expect(thrown(() => flip(constant(1), 0))).toMatchInlineSnapshot(`
      "ShapeError: flip: there is no axis 0
        operand  []  at errors-of-shapes.test.ts:<line>
        a scalar has no axes"
    `);
    expect(thrown(() => transpose(image, [0, 2]))).toMatchInlineSnapshot(`
      "ShapeError: transpose: [0, 2] is no permutation of 2 axes
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        each of the axes 0 to 1 must be named once"
    `);
  });

  test('another number of elements', () => {
    expect(thrown(() => reshape(image, [7, 7]))).toMatchInlineSnapshot(`
      "ShapeError: reshape: [6, 8] has 48 elements, [7, 7] has 49
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        a reshape keeps the number of elements"
    `);
    expect(thrown(() => reshape(input('named', ['H', 'W']), ['H', 2]))).toMatchInlineSnapshot(`
      "ShapeError: reshape: [H, W] has H*W elements, [H, 2] has 2*H
        operand  [H, W]  named  at errors-of-shapes.test.ts:<line>
        a reshape keeps the number of elements"
    `);
  });

  test('slices that leave the axis or take nothing', () => {
    expect(thrown(() => slice(image, { start: [0, 8] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 1 has 8 elements, and 8 to 8 by 1 is asked for
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
                     ^ 0 <= start < stop <= 8 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { stop: [7] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 0 has 6 elements, and 0 to 7 by 1 is asked for
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
                  ^ 0 <= start < stop <= 6 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { step: [0] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: axis 0 has 6 elements, and 0 to 6 by 0 is asked for
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
                  ^ 0 <= start < stop <= 6 and step >= 1 must hold"
    `);
    expect(thrown(() => slice(image, { start: [0, 0, 0] }))).toMatchInlineSnapshot(`
      "ShapeError: slice: start has 3 entries for 2 axes
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
        entries belong to the axes from the outermost on"
    `);
  });

  test('pads that leave nothing', () => {
    expect(thrown(() => pad(image, { low: [-3], high: [-3] }))).toMatchInlineSnapshot(`
      "ShapeError: pad: -3 before, -3 behind and 0 between leave 0 elements of axis 0
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
                  ^ pads must be whole, interior at least 0, and one element must be left"
    `);
    expect(thrown(() => pad(image, { interior: [0.5] }))).toMatchInlineSnapshot(`
      "ShapeError: pad: 0 before, 0 behind and 0.5 between leave 8.5 elements of axis 0
        operand  [6, 8]  image  at errors-of-shapes.test.ts:<line>
                  ^ pads must be whole, interior at least 0, and one element must be left"
    `);
  });

  test('sizes below 1', () => {
    expect(thrown(() => input('X', [0, 8]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [0, 8] has the size 0; every axis must be a whole number of at least 1"`);
    expect(thrown(() => input('X', [-1]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [-1] has the size -1; every axis must be a whole number of at least 1"`);
    expect(thrown(() => input('X', [1.5]))).toMatchInlineSnapshot(`"ShapeError: input "X": the shape [1.5] has the size 1.5; every axis must be a whole number of at least 1"`);
    expect(thrown(() => full([2, 0], 1))).toMatchInlineSnapshot(`"ShapeError: full: the shape [2, 0] has the size 0; every axis must be a whole number of at least 1"`);
    expect(thrown(() => arange(0))).toMatchInlineSnapshot(`"ValueError: arange: the count 0 is not a whole number of at least 1"`);
    expect(thrown(() => new NdArray([0], new Float32Array(0)))).toMatchInlineSnapshot(`"ValueError: NdArray: the shape [0] has the size 0; every axis must be a whole number of at least 1"`);
  });

  test('operands of two dtypes', () => {
    const precise = input('precise', [6, 8], { dtype: 'float64' });
    expect(thrown(() => add(image, precise))).toMatchInlineSnapshot(`
      "ShapeError: add: operands of dtype float32 and float64 do not mix
        operand 1  [6, 8]  float32  image    at errors-of-shapes.test.ts:<line>
        operand 2  [6, 8]  float64  precise  at errors-of-shapes.test.ts:<line>
        all operands must have one dtype"
    `);
  });
});
