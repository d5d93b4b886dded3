import { expect, test } from 'vitest';
import { moved } from './walk.ts';

const map = { rows: 2, columns: 3 };

test.each([
  ['ArrowRight', { row: 0, column: 2 }],
  ['ArrowLeft', { row: 0, column: 0 }],
  ['ArrowDown', { row: 1, column: 1 }],
  ['ArrowUp', { row: 0, column: 1 }],
  ['Home', { row: 0, column: 0 }],
  ['End', { row: 0, column: 2 }],
  ['Enter', { row: 0, column: 1 }],
  [' ', { row: 0, column: 1 }],
  ['a', undefined],
])('%s leads from [0, 1] to its place', (key, place) => {
  expect(moved({ row: 0, column: 1 }, key, map)).toEqual(place);
});

test('no arrow leads over an end', () => {
  expect(moved({ row: 1, column: 2 }, 'ArrowRight', map)).toEqual({ row: 1, column: 2 });
  expect(moved({ row: 1, column: 2 }, 'ArrowDown', map)).toEqual({ row: 1, column: 2 });
  expect(moved({ row: 0, column: 0 }, 'ArrowUp', map)).toEqual({ row: 0, column: 0 });
});
