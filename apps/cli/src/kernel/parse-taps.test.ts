import { expect, test } from 'vitest';
import { looksLikeTaps, mostTaps, parseTaps } from './parse-taps.ts';

test.each([
  ['1,-1', [[1, -1]]],
  ['1,-1;0,0', [[1, -1], [0, 0]]],
  [' .5 , +2. ;\n-1e-3, 1E2 ', [[0.5, 2], [-0.001, 100]]],
  ['2', [[2]]],
  ['1;2;3', [[1], [2], [3]]],
])('%j', (text, kernel) => {
  expect(looksLikeTaps(text)).toBe(true);
  expect(parseTaps(text)).toEqual(kernel);
});

test.each([
  ['NaN,1', 'the kernel "NaN,1": tap 1 of row 1 is "NaN", which is not a finite number'],
  ['inf', 'the kernel "inf": tap 1 of row 1 is "inf", which is not a finite number'],
  ['1,1e999', 'the kernel "1,1e999": tap 2 of row 1 is "1e999", which is not a finite number'],
  ['1,0x10', 'the kernel "1,0x10": tap 2 of row 1 is "0x10", which is not a finite number'],
  ['1,2;3,x', 'the kernel "1,2;3,x": tap 2 of row 2 is "x", which is not a finite number'],
  ['1,,2', 'the kernel "1,,2": tap 2 of row 1 is missing'],
  ['1,2;', 'the kernel "1,2;": row 2 has no taps'],
  [';', 'the kernel ";": row 1 has no taps'],
])('%j is refused', (text, headline) => {
  expect(looksLikeTaps(text)).toBe(true);
  expect(() => parseTaps(text)).toThrow(`${headline}\n  write numbers with , between the taps of a row and ; between rows: "1,-1;0,0"`);
});

test('rows of different lengths', () => {
  expect(() => parseTaps('1,2;3')).toThrow('the kernel "1,2;3": row 1 has 2 taps, row 2 has 1 tap\n  give every row as many');
});

test('more taps than any picture needs; a long text is not repeated whole', () => {
  expect(() => parseTaps(Array.from({ length: mostTaps + 1 }, () => '1').join(','))).toThrow(`the kernel "${'1,'.repeat(28)}1...": 1 x 16385 taps; a kernel has at most 16384`);
});

test.each(['sobel', 'laplacian-4', 'infinite', 'nano', 'kernel.json'])('%j is a name', (text) => {
  expect(looksLikeTaps(text)).toBe(false);
});
