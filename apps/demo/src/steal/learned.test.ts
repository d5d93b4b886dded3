import { describe, expect, test } from 'vitest';
import { percent, rounding, shortTap, verdictOf, type Learned } from './learned.ts';

const about = { seen: 'colours', size: 'same', isCropped: false, clipped: 0, samples: 100, isClippedLeftOut: true, areEqual: false, used: [10, 10] } satisfies Learned['about'];

function verdict(explained: number | undefined, rootMeanSquare: number, areEqual = false): string {
  const shares = explained === undefined ? {} : { explained };
  return verdictOf({ about: { ...about, areEqual }, residual: { ...shares, rootMeanSquare, largest: 1, equalShare: 1, largestWritten: 1, gain: 1 } });
}

describe('the verdict', () => {
  test('is all only where no more is left than rounding leaves, however much is explained', () => {
    expect(verdict(0.999, rounding)).toBe('all');
    expect(verdict(0.9999, 3 * rounding)).toBe('most');
  });

  test('is little where a tenth is not explained', () => {
    expect([verdict(0.91, 20), verdict(0.89, 20), verdict(-3, 90)]).toEqual(['most', 'little', 'little']);
  });

  test('says of equal pictures, and of flat ones, that they are', () => {
    expect([verdict(1, 0, true), verdict(undefined, 5)]).toEqual(['equal', 'flat']);
  });
});

test('a share is never rounded up to all', () => {
  expect([percent(1), percent(0.999999), percent(0.5), percent(0)]).toEqual(['100 %', '99.99 %', '50.00 %', '0.00 %']);
});

test('a tap has six digits, and no sign before 0', () => {
  expect([shortTap(1 / 3), shortTap(-0), shortTap(-12345678)]).toEqual([0.333333, 0, -12345700]);
});
