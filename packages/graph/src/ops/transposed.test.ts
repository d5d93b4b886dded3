import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGradients } from '../../testing/gradient-check.ts';
import { countOf, innerProduct, point, pseudoRandomPoint } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { evaluate } from '../interpreter/interpret.ts';
import type { NdArray } from '../ndarray.ts';
import { correlate } from './correlate.ts';
import { correlateTransposed } from './transposed.ts';
import { constant, input } from './source.ts';

function wholes(shape: readonly number[], by: number): NdArray {
  return point(shape, Array.from({ length: countOf(shape) }, (_, index) => ((index * by) % 7) - 3));
}

// <y, correlate(x, w)> = <correlateTransposed(y, w), x>
test('it is the adjoint of correlate with the same options', () => {
  const cases = fc
    .record({
      size: fc.integer({ min: 1, max: 8 }),
      window: fc.integer({ min: 1, max: 3 }),
      strides: fc.integer({ min: 1, max: 3 }),
      dilations: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      low: fc.integer({ min: -1, max: 2 }),
      high: fc.integer({ min: -1, max: 2 }),
    })
    .filter(({ size, window, dilations, low, high }) => size + low + high >= (window - 1) * dilations + 1);
  fc.assert(
    fc.property(cases, ({ size, window, low, high, ...rest }) => {
      const padding = [[low, high]] as const;
      const x = wholes([2, 2 * rest.groups, size], 3);
      const w = wholes([3 * rest.groups, 2, window], 5);
      const forward = evaluate(correlate(x, w, { ...rest, padding }));
      const y = wholes(forward.shape, 4);
      // What the stride passed over at the end is put back by outputPadding.
      const passedOver = (size + low + high - (window - 1) * rest.dilations - 1) % rest.strides;
      const back = evaluate(correlateTransposed(y, w, { ...rest, padding, outputPadding: passedOver }));
      expect(back.shape).toEqual(x.shape);
      expect(innerProduct(back, x)).toBe(innerProduct(y, forward));
    }),
    seeded(150),
  );
});

test('every element puts its kernel into the output, overlaps add', () => {
  const kernel = [[[[1, 10], [100, 1000]]]];
  expect(evaluate(correlateTransposed([[[[1, 2]]]], kernel)).toNested()).toEqual([[[[1, 12, 20], [100, 1200, 2000]]]]);
  expect(evaluate(correlateTransposed([[[[1, 2]]]], kernel, { strides: 2 })).toNested()).toEqual([[[[1, 10, 2, 20], [100, 1000, 200, 2000]]]]);
});

test('named sizes', () => {
  const y = input('y', ['N', 1, 'L']);
  const up = correlateTransposed(y, constant([[[1, 1]]]), { strides: 2 });
  expect(evaluate(up, { y: [[[3, 4]]] }).toNested()).toEqual([[[3, 3, 4, 4]]]);
});

test('gradients', () => {
  checkGradients([pseudoRandomPoint([1, 4, 3, 3], 1), pseudoRandomPoint([4, 1, 2, 2], 2)], ([y, w]) =>
    correlateTransposed(y, w, { strides: [2, 1], padding: [1, 0], groups: 2, outputPadding: [1, 0] }),
  );
});

test('channels that do not match', () => {
  expect(thrown(() => correlateTransposed(input('y', [1, 2, 3]), input('w', [3, 1, 2])))).toMatchInlineSnapshot(`
    "ShapeError: correlateTransposed: the input and the weight do not match
      input   [1, 2, 3]  N O …  y  at transposed.test.ts:<line>
      weight  [3, 1, 2]  O I …  w  at transposed.test.ts:<line>
               ^ both must have the same number of axes, and axis 1 of the input the size of axis 0 of the weight"
  `);
  expect(thrown(() => correlateTransposed(input('y', [1, 3, 3]), input('w', [3, 1, 2]), { groups: 2 }))).toMatchInlineSnapshot(`
    "ShapeError: correlateTransposed: groups 2 does not split the output channels
      input   [1, 3, 3]  N O …  y  at transposed.test.ts:<line>
      weight  [3, 1, 2]  O I …  w  at transposed.test.ts:<line>
               ^ groups must divide O"
  `);
});
