import { ndarray, NdArray } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { compareResult, differenceOf, type Wanted } from './compare.ts';

const wanted = (values: readonly number[], bounds: readonly number[]): Wanted => ({ values: { shape: [values.length], data: Float64Array.from(values) }, bounds: Float64Array.from(bounds) });

test('a value inside its bound is right, the zeros are one, and NaN is NaN', () => {
  const want = wanted([1, 0, Number.NaN, Infinity], [1e-6, 0, 0, 0]);
  expect(compareResult('y', new NdArray([4], Float32Array.of(1 + 2 ** -21, -0, Number.NaN, Infinity)), want, 'float32')).toEqual({ judged: 4, unjudged: 0, problem: undefined });
});

test('the first element outside its bound is named', () => {
  const want = wanted([1, 2, 3], [1e-6, 0, 0]);
  expect(compareResult('y', ndarray([1, 2.5, 4]), want, 'float32').problem).toBe('y: element 1 is 2.5, not 2');
  expect(compareResult('y', ndarray([1.5, 2, 3]), want, 'float32').problem).toBe('y: element 0 is 1.5, not 1 within 1.00e-6');
});

test('an element that is not judged may be anything', () => {
  expect(compareResult('y', ndarray([7, 2]), wanted([1, 2], [Infinity, 0]), 'float32')).toEqual({ judged: 1, unjudged: 1, problem: undefined });
});

test('shape and type of an array are judged', () => {
  const want = wanted([1, 2], [0, 0]);
  expect(compareResult('y', ndarray([[1, 2]]), want, 'float32').problem).toBe('y has the shape [1, 2], not [2]');
  expect(compareResult('y', new NdArray([2], Float64Array.of(1, 2)), want, 'float32').problem).toBe('y is a Float64Array, not a Float32Array');
});

test('bytes are rounded half to even and saturate; on the edge between two they are not judged', () => {
  const want = wanted([0.5, 1.5, 300, -3, 2.5], [0, 0, 1, 0, 1e-6]);
  expect(compareResult('y', new NdArray([5], Uint8ClampedArray.of(0, 2, 255, 0, 9)), want, 'uint8')).toEqual({ judged: 4, unjudged: 1, problem: undefined });
  expect(compareResult('y', new NdArray([5], Uint8ClampedArray.of(1, 2, 255, 0, 2)), want, 'uint8').problem).toBe('y: element 0 is 1, not 0');
});

test('a difference in bits is found', () => {
  expect(differenceOf('y', ndarray([1, 2]), ndarray([1, 2]))).toBeUndefined();
  expect(differenceOf('y', ndarray([1, 2]), ndarray([1, 3]))).toBe('y: element 1 is 2, it was 3');
});
