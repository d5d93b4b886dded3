import { kernels } from '@xcorr/image';
import { describe, expect, test } from 'vitest';
import { aboutOperator, allOperators, cancels, kernelOperators, partsOf, readOperator, sizeOf } from './operator.ts';

describe('what -k says', () => {
  test('a name, whatever spaces are around it', async () => {
    expect(await readOperator(' sobel-x ', kernelOperators)).toEqual({ kind: 'kernel', name: 'sobel-x', kernel: kernels['sobel-x'] });
    expect(await readOperator('sobel', allOperators)).toMatchObject({ kind: 'pair', name: 'sobel' });
  });

  test('taps; a long text is named by its beginning', async () => {
    expect(await readOperator('1,-1', kernelOperators)).toEqual({ kind: 'kernel', name: '1,-1', kernel: [[1, -1]] });
    const long = Array.from({ length: 30 }, () => '10').join(',');
    expect((await readOperator(long, kernelOperators)).name).toBe(`${long.slice(0, 37)}...`);
  });

  test.each([
    ['', 'the kernel is empty\n  give a name, taps such as "1,-1;0,0", or a JSON file'],
    ['sobel', 'sobel is two kernels, whose response is a length: it is for xcorr edges\n  take one of them: sobel-x or sobel-y'],
    ['./k', './k: there is no such file\n  a kernel is given by name, as taps, or in a JSON file'],
  ])('%j is refused by xcorr filter', async (text, message) => {
    await expect(readOperator(text, kernelOperators)).rejects.toThrow(message);
  });

  test('a misspelt name', async () => {
    await expect(readOperator('sobel_x', kernelOperators)).rejects.toThrow(/^there is no kernel "sobel_x", did you mean sobel-x\?\n {2}known: .*book, .*\n {2}or give taps, such as "1,-1;0,0", or a file whose name ends in \.json$/);
  });
});

test('every pair has two named kernels of one size', () => {
  const pairs = allOperators.filter((operator) => operator.kind === 'pair');
  expect(pairs.map((pair) => partsOf(pair).length)).toEqual(pairs.map(() => 2));
  expect(pairs.length).toBeGreaterThan(0);
});

test('taps that cancel: exactly, nearly as learned ones do, and not those that sharpen', () => {
  expect([[[1, -1]], [[0.9856, -0.9703]], [[0]], kernels['laplacian-8'], kernels['scharr-x']].map(cancels)).toEqual([true, true, true, true, true]);
  const sharper = [[-1, -1, -1, -1, -1], [-1, -1, -1, -1, -1], [-1, -1, 25, -1, -1], [-1, -1, -1, -1, -1], [-1, -1, -1, -1, -1]];
  expect([kernels.sharpen, kernels['box-3'], kernels.identity, sharper].map(cancels)).toEqual([false, false, false, false]);
});

test('an operator in words', async () => {
  expect(sizeOf(await readOperator('1,2,3;4,5,6', kernelOperators))).toEqual([2, 3]);
  expect(aboutOperator(await readOperator('sobel', allOperators))).toBe('gradient magnitude, two kernels of 3 x 3');
  expect(aboutOperator(await readOperator('1,-1', allOperators))).toBe('1 x 2');
  expect(aboutOperator(await readOperator('box-3', allOperators))).toBe('3 x 3, the response is a picture');
});
