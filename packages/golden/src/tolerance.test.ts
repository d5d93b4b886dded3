import { expect, test } from 'vitest';
import { mismatch, ulpDistance } from './tolerance.ts';

const afterOne = 1 + 2 ** -23;

test('neighbouring float32 values are one unit in the last place apart, also across zero', () => {
  expect(ulpDistance(1, afterOne)).toBe(1);
  expect(ulpDistance(-1, -afterOne)).toBe(1);
  expect(ulpDistance(0, -0)).toBe(0);
  expect(ulpDistance(2 ** -149, -(2 ** -149))).toBe(2);
});

test('a tolerance in units in the last place is inclusive', () => {
  expect(mismatch([afterOne], [1], { ulp: 1 })).toBeUndefined();
  expect(mismatch([1, 1 + 2 ** -22], [1, 1], { ulp: 1 })).toBe('element 1 is 1.000000238418579, not 1: 2 ulp apart, 1 allowed');
});

test('a relative tolerance is of the reference, and an absolute one is added', () => {
  expect(mismatch([10.5], [10], { rtol: 0.05, atol: 0 })).toBeUndefined();
  expect(mismatch([0.25], [0], { rtol: 0.05, atol: 0.25 })).toBeUndefined();
  expect(mismatch([11], [10], { rtol: 0.05, atol: 0.25 })).toBe('element 0 is 11, not 10: 1 apart, 0.75 allowed');
});

test('what is not finite must be the same, whatever the tolerance', () => {
  expect(mismatch([Number.NaN, Infinity], [Number.NaN, Infinity], { ulp: 0 })).toBeUndefined();
  expect(mismatch([Number.NaN], [1], { rtol: 1, atol: 1 })).toBe('element 0 is NaN, not 1: they must be the same');
  expect(mismatch([3e38], [Infinity], { ulp: 1e9 })).toBe('element 0 is 3e+38, not Infinity: they must be the same');
});

test('results of another length never match', () => {
  expect(mismatch([1], [1, 2], { ulp: 9 })).toBe('1 elements, not 2');
});
