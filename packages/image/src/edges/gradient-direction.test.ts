import { constant, evaluate, grad, mul, ShapeError, sum, transpose } from '@xcorr/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgeOperators, gradientMagnitude } from '../edge-operators.ts';
import { directionOf, gradientDirection } from './gradient-direction.ts';

const { sobel } = edgeOperators;
const seeded = { seed: 20_261_121, numRuns: 60 };

/** A plane that gets brighter along an angle: x to the right, y downwards. */
function plane(angle: number): number[][] {
  return [-1, 0, 1].map((y) => [-1, 0, 1].map((x) => x * Math.cos(angle) + y * Math.sin(angle)));
}

function angleOf(image: readonly (readonly number[])[]): number {
  return evaluate(gradientDirection(constant(image, { dtype: 'float64' }), sobel)).item();
}

test('it is the angle along which a plane gets brighter, from -pi to pi', () => {
  for (const degree of [-179, -135, -90, -30, 0, 22, 45, 90, 150, 180]) {
    const angle = (degree * Math.PI) / 180;
    expect(angleOf(plane(angle))).toBeCloseTo(angle, 12);
  }
});

test('right is 0, down is pi / 2, left is pi, up is -pi / 2', () => {
  expect(angleOf([[0, 0, 1], [0, 0, 1], [0, 0, 1]])).toBe(0);
  expect(angleOf([[0, 0, 0], [0, 0, 0], [1, 1, 1]])).toBe(Math.PI / 2);
  expect(angleOf([[1, 0, 0], [1, 0, 0], [1, 0, 0]])).toBe(Math.PI);
  expect(angleOf([[1, 1, 1], [0, 0, 0], [0, 0, 0]])).toBe(-Math.PI / 2);
});

test('of a pair along the diagonals it counts from the first kernel towards the second', () => {
  expect(evaluate(gradientDirection([[0, 1], [0, 0]], edgeOperators.roberts)).item()).toBeCloseTo(Math.PI / 2, 6);
});

test('where the picture is flat, the direction and its derivative are 0', () => {
  const flat = constant([0, 0, 0].map(() => [0.5, 0.5, 0.5]));
  const direction = gradientDirection(flat, sobel);
  const [derivative] = grad(sum(direction), [flat]);
  expect(evaluate(direction).item()).toBe(0);
  expect([...evaluate(derivative).data].every((value) => value === 0)).toBe(true);
});

test('where both gradients are 0, their signs do not matter', () => {
  const zeros = [0, -0].map((zero) => constant(zero));
  for (const gx of zeros) for (const gy of zeros) expect(evaluate(directionOf(gx, gy)).item()).toBe(0);
  expect(evaluate(directionOf(constant(-1), constant(0))).item()).toBeCloseTo(Math.PI, 6);
});

test('its derivative along any change of the picture is that of the difference quotient', () => {
  const taps = fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.double({ min: -3, max: 3, noNaN: true }), taps, (angle, change) => {
      const moved = (by: number): number[][] => plane(angle).map((row, i) => row.map((value, j) => value + by * (change[i]?.[j] ?? 0)));
      const image = constant(moved(0), { dtype: 'float64' });
      const [derivative] = grad(sum(gradientDirection(image, sobel)), [image]);
      const slope = evaluate(sum(mul(derivative, constant(change, { dtype: 'float64' })))).item();
      expect(slope).toBeCloseTo((angleOf(moved(1e-5)) - angleOf(moved(-1e-5))) / 2e-5, 6);
    }),
    seeded,
  );
});

test('with the magnitude it gives back both gradients', () => {
  const image = [[0.1, 0.9, 0.3, 0.2], [0.8, 0.2, 0.5, 0.4], [0.3, 0.1, 0.6, 0.7]];
  const [length, direction] = [evaluate(gradientMagnitude(image, sobel)), evaluate(gradientDirection(image, sobel))];
  const along = (of: (angle: number) => number): number[] => Array.from(length.data, (value, at) => value * of(direction.data[at] ?? Number.NaN));
  expect(along(Math.cos)[0]).toBeCloseTo(0.3 * 1 + 0.5 * 2 + 0.6 - (0.1 + 0.8 * 2 + 0.3), 5);
  expect(along(Math.sin)[0]).toBeCloseTo(0.3 + 0.1 * 2 + 0.6 - (0.1 + 0.9 * 2 + 0.3), 5);
});

test('of the transposed picture it is the mirrored direction', () => {
  const image = constant([[0.1, 0.9, 0.3], [0.8, 0.2, 0.5], [0.3, 0.1, 0.6]], { dtype: 'float64' });
  const mirrored = evaluate(gradientDirection(transpose(image), sobel)).item();
  const angle = evaluate(gradientDirection(image, sobel)).item();
  expect([Math.cos(mirrored), Math.sin(mirrored)].map((each) => each.toFixed(12))).toEqual([Math.sin(angle), Math.cos(angle)].map((each) => each.toFixed(12)));
});

test('a picture smaller than the kernel is refused', () => {
  expect(() => gradientDirection([[1]], sobel)).toThrow(ShapeError);
});
