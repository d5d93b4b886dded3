import { conv2d, corr2d, input, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { certify } from '../certify/certify.ts';
import { programFor } from '../compile.ts';
import { expressionsIn } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';

const scalar = { machine: { registers: 16, lanes: 1, literalSizes: false } };

const nestsOf = (of: (x: Tensor) => Tensor, shape: readonly number[] = [8, 8]): string => {
  const x = input('x', shape);
  certify({ inputs: { x }, outputs: { y: of(x) } }, scalar);
  return programFor({ inputs: { x }, outputs: { y: of(x) } }, scalar).nests.map(({ nest }) => printNest(nest)).join('\n');
};

/** The sums of elements in a program's nests, each once, as the nests are before loops are written out. */
const additionsUnder = (kernel: readonly (readonly number[])[]): number => {
  const x = input('x', [16, 16]);
  const { nests } = programFor({ inputs: { x }, outputs: { y: corr2d(x, kernel) } }, scalar);
  return nests.flatMap(({ nest }) => [...expressionsIn(nest.body)]).filter((each) => each.kind === 'binary' && (each.name === 'add' || each.name === 'sub')).length;
};

test('a symmetric kernel: what lies under equal taps is added first', () => {
  expect(nestsOf((x) => corr2d(x, [[1, 2, 1], [3, 5, 3]]))).toMatchInlineSnapshot(`
    "nest0
      for i0 < 7
        for i1 < 6
          accumulator s0 = 0
          reduce r2 < 2
            reduce r3 < 1
              s0 += (b0[8*i0 + i1 + 8*r2 + r3] + b0[8*i0 + i1 + 8*r2 - r3 + 2]) * b2[3*r2 + r3]
            s0 += b0[8*i0 + i1 + 8*r2 + 1] * b2[3*r2 + 1]
          b1[6*i0 + i1] = s0"
  `);
});

test('a kernel that is symmetric but for the sign has no middle', () => {
  expect(nestsOf((x) => corr2d(x, [[1, 0, -1], [2.5, 0, -2.5]]))).toMatchInlineSnapshot(`
    "nest0
      for i0 < 7
        for i1 < 6
          accumulator s0 = 0
          reduce r2 < 2
            reduce r3 < 1
              s0 += (b0[8*i0 + i1 + 8*r2 + r3] - b0[8*i0 + i1 + 8*r2 - r3 + 2]) * b2[3*r2 + r3]
          b1[6*i0 + i1] = s0"
  `);
});

test('beyond the border an element is 0, in a pair too', () => {
  expect(nestsOf((x) => conv2d(x, [[[[1, 4, 1], [2, 7, 2], [3, 5, 3]]]], { padding: 1 }), [1, 1, 8, 8])).toMatchInlineSnapshot(`
    "nest0
      for i0 < 8
        for i1 < 8
          accumulator s0 = 0
          reduce r2 < 3
            reduce r3 < 1
              s0 += (guard(0 <= i0 + r2 - 1 < 8 and 0 <= i1 + r3 - 1 < 8, b0[8*i0 + i1 + 8*r2 + r3 - 9], 0) + guard(0 <= i0 + r2 - 1 < 8 and 0 <= i1 - r3 + 1 < 8, b0[8*i0 + i1 + 8*r2 - r3 - 7], 0)) * b2[3*r2 + r3]
            s0 += guard(0 <= i0 + r2 - 1 < 8 and 0 <= i1 < 8, b0[8*i0 + i1 + 8*r2 - 8], 0) * b2[3*r2 + 1]
          b1[8*i0 + i1] = s0"
  `);
});

describe('kernels as they are', () => {
  test.each([
    ['without symmetry', [[1, 2, 3], [1, 2, 1]]],
    ['of one row', [[1, 3, 5, 3, 1]]],
    ['symmetric along rows alone', [[1, 2, 4], [3, 5, 9], [1, 2, 4]]],
    ['symmetric in one row and but for the sign in the other', [[1, 0, 1], [1, 0, -1]]],
    ['of more taps than are written out', Array.from({ length: 13 }, (_, row) => Array.from({ length: 13 }, (__, column) => 1 + row * row + Math.abs(column - 6) ** (1 + (row % 3))))],
  ])('%s', (_, kernel) => {
    expect(additionsUnder(kernel)).toBe(0);
  });
});

test('law: folded sums are those that were not, whatever the kernel, at every stage', () => {
  const kernel = fc.integer({ min: 1, max: 4 }).chain((rows) =>
    fc.integer({ min: 2, max: 7 }).chain((columns) =>
      fc.tuple(
        fc.constantFrom(1, -1),
        fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      ),
    ),
  );
  fc.assert(
    fc.property(kernel, fc.boolean(), ([sign, taps], padded) => {
      const symmetric = taps.map((row) => row.map((tap, column) => (2 * column < row.length - 1 ? tap : 2 * column === row.length - 1 ? (sign === 1 ? tap : 0) : sign * (row[row.length - 1 - column] ?? 0))));
      nestsOf((x) => conv2d(x, [[symmetric]], { padding: padded ? 2 : 0 }), [1, 1, 9, 10]);
    }),
    { seed: 1, numRuns: 60 },
  );
});
