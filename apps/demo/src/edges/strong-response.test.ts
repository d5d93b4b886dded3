import { expect, test } from 'vitest';
import { rangeOf } from './strong-response.ts';

test('one element in a hundred exceeds what is strong', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? at : -at));
  const { least, most, strong } = rangeOf(values);
  expect([least, most]).toEqual([-9999, 9998]);
  const above = values.filter((value) => Math.abs(value) > strong).length;
  expect(above).toBeGreaterThan(90);
  expect(above).toBeLessThanOrEqual(100);
});

test('a few elements that answer far more than all others do not make the rest dark, but for a quarter', () => {
  const values = new Float32Array(10_000).fill(1);
  values[5] = 100;
  expect(rangeOf(values).strong).toBe(25);
});

test('of a flat response full strength is 1, so that 0 stays 0', () => {
  expect(rangeOf(new Float32Array(9))).toEqual({ least: 0, most: 0, strong: 1 });
  expect(rangeOf(new Float32Array(0))).toEqual({ least: 0, most: 0, strong: 1 });
});
