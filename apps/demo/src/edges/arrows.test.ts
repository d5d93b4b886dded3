import { expect, test } from 'vitest';
import { arrowsOf, arrowSign, stepFor } from './arrows.ts';

test('each square has the arrow of its strongest gradient, and weak ones have none', () => {
  const magnitude = Float32Array.of(0, 3, 0, 0, 1, 0, 0, 0.05);
  const direction = Float32Array.of(0, 1, 0, 0, 2, 0, 0, 0);
  const arrows = arrowsOf({ columns: 4, rows: 2, magnitude, direction, strong: 2 }, 2);
  expect(arrows).toEqual([{ x: 1.5, y: 0.5, angle: 1, strength: 1 }]);
});

test('the last squares may be cut', () => {
  const ones = new Float32Array(15).fill(1);
  expect(arrowsOf({ columns: 5, rows: 3, magnitude: ones, direction: ones, strong: 1 }, 2)).toHaveLength(6);
});

test('signs point where the angle does, downwards positive', () => {
  expect([0, Math.PI / 2, Math.PI, -Math.PI, -Math.PI / 2, 0.7].map(arrowSign)).toEqual(['→', '↓', '←', '←', '↑', '↘']);
});

test('arrows have room', () => {
  expect(stepFor(100)).toBe(10);
  expect(stepFor(1120)).toBe(20);
});
