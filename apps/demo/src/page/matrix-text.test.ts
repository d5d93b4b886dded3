import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { readMatrix, writeMatrix } from './matrix-text.ts';

test('a matrix is read back to the bit', () => {
  const row = fc.integer({ min: 1, max: 5 }).chain((columns) => fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0), { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(row, (matrix) => {
      expect(readMatrix(writeMatrix(matrix))).toEqual(matrix);
    }),
    seeded(100),
  );
});

test.each(['', ';', '1,2;3', '1,,2', 'a', '1e999', 'NaN', 'Infinity', '1 2', '__proto__', Array(65).fill('1').join(','), Array(65).fill('1').join(';')])('%s is none', (text) => {
  expect(readMatrix(text)).toBeUndefined();
});

test('no text is so odd that it throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('0', '1', '7', ',', ';', '.', '-', '+', 'e', ' ', 'x') }), (text) => {
      const matrix = readMatrix(text, 4);
      expect(matrix === undefined || matrix.flat().every(Number.isFinite)).toBe(true);
    }),
    seeded(100),
  );
});
