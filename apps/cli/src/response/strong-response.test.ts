import { expect, test } from 'vitest';
import { strongResponse } from './strong-response.ts';

test('the response that one element in a hundred exceeds', () => {
  const ramp = Float32Array.from({ length: 1000 }, (_, index) => (index - 500) / 500);
  expect(strongResponse(ramp, 1)).toBeCloseTo(0.99, 2);
});

test('of few strong elements among weak ones, the weak ones are not made strong', () => {
  const line = new Float32Array(10_000).fill(0.001);
  line[0] = -1;
  expect(strongResponse(line, 1)).toBe(0.25);
});

test('a flat response is not divided by 0', () => {
  expect(strongResponse(new Float32Array(4), 0)).toBe(1);
});
