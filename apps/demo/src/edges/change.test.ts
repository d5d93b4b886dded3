import { kernels } from '@xcorr/image';
import { describe, expect, test } from 'vitest';
import { cancels, chooseKernel, editTaps, resizeTaps, setTap } from './change.ts';
import { initialState } from './state.ts';
import { flipped, transposed } from './taps.ts';

describe('a kernel by its name', () => {
  test('brings its taps', () => {
    expect(chooseKernel(initialState, 'sobel-x')).toMatchObject({ kernelName: 'sobel-x', taps: kernels['sobel-x'], view: 'signed' });
  });
  test('that smooths is shown as it is, and one that finds edges by its response', () => {
    const smooth = chooseKernel({ ...initialState, view: 'absolute' }, 'gaussian-5');
    expect(smooth.view).toBe('as-is');
    expect(chooseKernel(smooth, 'sobel-y').view).toBe('signed');
    expect(chooseKernel({ ...initialState, view: 'absolute' }, 'sobel-y').view).toBe('absolute');
  });
  test('that there is not leaves the taps to the reader', () => {
    expect(chooseKernel(initialState, 'constructor')).toMatchObject({ kernelName: 'edited', taps: initialState.taps });
  });
});

test('taps cancel where they add up to nothing, but for rounding', () => {
  expect(cancels(kernels.log)).toBe(true);
  expect(cancels(kernels.sharpen)).toBe(false);
  expect(cancels([[0]])).toBe(true);
});

test('one tap is set, the others stay', () => {
  expect(setTap(initialState, 0, 1, 4)).toMatchObject({ kernelName: 'edited', taps: [[1, 4]], view: 'as-is' });
  expect(initialState.taps).toEqual([[1, -1]]);
});

test('a view that the reader chose stays while the taps keep their kind', () => {
  expect(editTaps({ ...initialState, view: 'as-is' }, [[2, -2]]).view).toBe('as-is');
});

test('more rows and columns are zeros, and there are bounds', () => {
  expect(resizeTaps(initialState, 2, 3).taps).toEqual([[1, -1, 0], [0, 0, 0]]);
  expect(resizeTaps(initialState, 0, 1).taps).toEqual([[1]]);
  expect(resizeTaps(initialState, 99, 99).taps.map((row) => row.length)).toEqual(Array.from({ length: 15 }, () => 15));
});

test('flipped twice, or transposed twice, a kernel is itself', () => {
  const taps = [[1, 2, 3], [4, 5, 6]];
  expect(transposed(taps)).toEqual([[1, 4], [2, 5], [3, 6]]);
  expect(flipped(taps)).toEqual([[6, 5, 4], [3, 2, 1]]);
  expect(transposed(transposed(taps))).toEqual(taps);
  expect(flipped(flipped(taps))).toEqual(taps);
});
