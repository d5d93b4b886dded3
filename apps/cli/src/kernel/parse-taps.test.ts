import { expect, test } from 'vitest';
import { checkedKernel, looksLikeTaps, mostTaps, parseTaps } from './parse-taps.ts';

test.each([
  ['1,-1', [[1, -1]]],
  ['1,-1;0,0', [[1, -1], [0, 0]]],
  [' .5 , +2. ;\n-1e-3, 1E2 ', [[0.5, 2], [-0.001, 100]]],
  ['2', [[2]]],
  ['1;2;3', [[1], [2], [3]]],
  ['1/9,-2/4', [[1 / 9, -0.5]]],
  ['1/8', [[0.125]]],
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
  ['1,1/0', 'the kernel "1,1/0": tap 2 of row 1 is "1/0", which is not a finite number'],
  ['1,1/2/3', 'the kernel "1,1/2/3": tap 2 of row 1 is "1/2/3", which is not a finite number'],
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

test.each(['sobel', 'laplacian-4', 'infinite', 'nano', 'kernel.json', './k', '../1', 'kernels/1,2', '/tmp/1'])('%j is a name', (text) => {
  expect(looksLikeTaps(text)).toBe(false);
});

test.each([
  ['1e38,-1e38', 'its taps are up to 1.0e+38, and squares of such responses are beyond float32'],
  ['1e39', 'its taps are up to 1.0e+39, and squares of such responses are beyond float32'],
  ['1,1e-300', 'tap 2 of row 1 is 1e-300, which is 0 in float32'],
  ['1e-20,-1e-20', 'its taps are no larger than 1.0e-20, and squares of such responses are 0 in float32'],
])('%j is beyond float32', (text, headline) => {
  expect(() => parseTaps(text)).toThrow(`the kernel "${text}": ${headline}\n  scale the taps, to about 1`);
  expect(() => checkedKernel(text.split(',').map((tap) => [Number(tap)]), 'k')).toThrow(/^k: .*\n {2}scale the taps, to about 1$/);
});

test('taps of any usual size are taken, 0 too', () => {
  for (const taps of [[[0, 0]], [[1e12, -1e12]], [[1e-12, 0]], [[1, 1e-40]]]) expect(checkedKernel(taps, 'k')).toEqual(taps);
});
