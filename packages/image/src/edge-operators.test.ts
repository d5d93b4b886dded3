import { constant, evaluate, grad, ShapeError, sum, transpose } from '@xcorr/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgeOperators, gradientMagnitude } from './edge-operators.ts';
import { kernels } from './kernels.ts';
import { largestResponse } from './largest-response.ts';

const brightness = fc.double({ min: 0, max: 1, noNaN: true });
const picture = fc.array(fc.array(brightness, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 });

test('a step along either axis has the length of the step, scaled by the taps', () => {
  const step = [0, 0, 0].map(() => [0, 0, 1]);
  expect(evaluate(gradientMagnitude(step, edgeOperators.sobel)).toNested()).toEqual([[4]]);
  expect(evaluate(gradientMagnitude(transpose(constant(step)), edgeOperators.sobel)).toNested()).toEqual([[4]]);
});

test('the magnitude of the transposed picture is the transposed magnitude', () => {
  fc.assert(
    fc.property(picture, (x) => {
      const ofTransposed = evaluate(gradientMagnitude(transpose(constant(x)), edgeOperators.scharr));
      const transposed = evaluate(transpose(gradientMagnitude(x, edgeOperators.scharr)));
      ofTransposed.data.forEach((value, index) => expect(value).toBeCloseTo(transposed.data[index] ?? Number.NaN, 4));
    }),
  );
});

test('where a picture is flat, the magnitude and its derivative are 0', () => {
  const flat = constant([0, 0, 0].map(() => [0.5, 0.5, 0.5]));
  const magnitude = gradientMagnitude(flat, edgeOperators.sobel);
  const [derivative] = grad(sum(magnitude), [flat]);
  expect(evaluate(magnitude).toNested()).toEqual([[0]]);
  expect([...evaluate(derivative).data].every((value) => value === 0)).toBe(true);
});

test('the derivative of the magnitude is the direction of the gradient', () => {
  const step = constant([0, 0, 0].map(() => [0, 0, 1]));
  const [derivative] = grad(sum(gradientMagnitude(step, edgeOperators.sobel)), [step]);
  expect(evaluate(derivative).toNested()).toEqual(kernels['sobel-x']);
});

test('a picture smaller than the kernel is refused', () => {
  expect(() => gradientMagnitude([[1]], edgeOperators.sobel)).toThrow(ShapeError);
});

test('the largest response of one kernel is that of its positive or of its negative taps', () => {
  expect(largestResponse(kernels.book)).toBe(1);
  expect(largestResponse(kernels['laplacian-8'])).toBe(8);
  expect(largestResponse(kernels['sobel-y'])).toBeCloseTo(4, 12);
  expect(largestResponse([[0]])).toBe(0);
});

test.each(Object.entries(edgeOperators))('no picture answers to %s with more than the largest response, and one reaches it', (_, pair) => {
  const limit = largestResponse(pair);
  const [first, second] = pair;
  const taps = first.flatMap((row, u) => row.map((tap, v) => [tap, second[u]?.[v] ?? 0] as const));
  let strongest = 0;
  for (let picture = 0; picture < 2 ** taps.length; picture++) {
    const lit = taps.filter((_, index) => (picture >> index) % 2 === 1);
    strongest = Math.max(strongest, Math.hypot(lit.reduce((sum, [x]) => sum + x, 0), lit.reduce((sum, [, y]) => sum + y, 0)));
  }
  expect(limit).toBeCloseTo(strongest, 12);
});
