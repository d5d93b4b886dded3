import { element, equalIntegers, evaluateInteger, floorDivide, input, keyOf, loopVariable, minus, modulo, plus, substitute, times, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { bound, isInside, nominal, simplifyIndex, type Extents } from './ranges.ts';

const [H = 0, W = 0] = input('photo', ['H', 'W']).shape;
const i = loopVariable('i');
const j = loopVariable('j');
const u = loopVariable('u');

/** i and j run over a picture [H, W], u over 3 taps. */
const extents: Extents = new Map<string, Integer>([['i', H], ['j', W], ['u', 3]]);

describe('what the ranges of loops prove', () => {
  test.each<readonly [string, Integer, Integer, Integer]>([
    ['a loop variable', i, 0, minus(H, 1)],
    ['what is taken away', minus(7, times(2, u)), 3, 7],
    ['a flat index', plus(times(W, i), j), 0, minus(times(H, W), 1)],
    ['a window', plus(i, u, -1), -1, H],
    ['a size', minus(H, 2), minus(H, 2), minus(H, 2)],
    ['a floor', floorDivide(plus(u, 1), 2), 0, 1],
    ['an element of a table', element([4, -1, 9], u), -1, 9],
  ])('%s: its bounds', (_, value, lower, upper) => {
    expect(keyOf(bound(value, extents, 'lower') ?? Number.NaN)).toBe(keyOf(lower));
    expect(keyOf(bound(value, extents, 'upper') ?? Number.NaN)).toBe(keyOf(upper));
  });

  test('a loop that nobody knows has no upper bound, nor has a product with what may be negative', () => {
    const k = loopVariable('k');
    expect(bound(k, extents, 'upper')).toBeUndefined();
    expect(bound(k, extents, 'lower')).toBe(0);
    expect(bound(times(i, floorDivide(minus(u, 9), W)), extents, 'upper')).toBeUndefined();
    expect(isInside(k, 1000, extents)).toBe(false);
  });

  test('a valid window of a picture of any size lies inside; a padded one does not', () => {
    const valid: Extents = new Map<string, Integer>([['i', minus(H, 2)], ['u', 3]]);
    expect(isInside(plus(i, u), H, valid)).toBe(true);
    expect(isInside(plus(i, u), minus(H, 1), valid)).toBe(false);
    expect(isInside(plus(i, u, -1), H, extents)).toBe(false);
    expect(isInside(minus(H, plus(i, 1)), H, extents)).toBe(true);
  });

  test('a flat index over a picture of any size falls apart into row and column', () => {
    const flat = plus(times(W, i), j);
    const row = simplifyIndex(floorDivide(flat, W), extents);
    expect(equalIntegers(row, i)).toBe(true);
    expect(equalIntegers(simplifyIndex(minus(flat, times(W, row)), extents), j)).toBe(true);
    expect(keyOf(simplifyIndex(floorDivide(u, 3), extents))).toBe('0');
    expect(keyOf(simplifyIndex(floorDivide(plus(u, 1), 3), extents))).toBe(keyOf(floorDivide(plus(u, 1), 3)));
  });
});

test('a named size weighs 256 where costs are compared, and nowhere else', () => {
  expect(nominal(7)).toBe(7);
  expect(nominal(minus(H, 2))).toBe(254);
  expect(nominal(times(H, W))).toBe(256 * 256);
});

/** Extents for i and j, with the values that they have in one binding. */
interface Loops {
  readonly extents: Extents;
  readonly sizes: ReadonlyMap<string, number>;
}

const loopExtents = fc.constantFrom<Integer[]>(1, 2, 5, H, plus(H, 1), times(2, W), plus(W, 2));
const loops: fc.Arbitrary<Loops> = fc
  .tuple(loopExtents, loopExtents, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .map(([outer, inner, h, w]) => ({ extents: new Map([['i', outer], ['j', inner]]), sizes: new Map([['H', h], ['W', w]]) }));

/** The value of an index in every iteration of both loops. */
function valuesOf(index: Integer, { extents: ranges, sizes }: Loops): readonly number[] {
  const [rows, columns] = [ranges.get('i') ?? 0, ranges.get('j') ?? 0].map((extent) => evaluateInteger(extent, sizes));
  const values: number[] = [];
  for (let row = 0; row < (rows ?? 0); row++)
    for (let column = 0; column < (columns ?? 0); column++)
      values.push(evaluateInteger(substitute(index, ({ name }) => (name === 'i' ? row : name === 'j' ? column : undefined)), sizes));
  return values;
}

const coefficients = fc.integer({ min: -3, max: 3 });
const affine: fc.Arbitrary<Integer> = fc.tuple(coefficients, coefficients, fc.integer({ min: -6, max: 6 })).map(([a, b, c]) => plus(times(a, i), times(b, j), c));
const divisors = fc.constantFrom<Integer[]>(2, 3, W, plus(H, 1));

const indices: fc.Arbitrary<Integer> = fc.letrec<{ any: Integer }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    affine,
    fc.constantFrom<Integer[]>(i, j, H, W, times(W, i), element([3, 1, 4, 1, 5, 9, 2, 6, 5], modulo(j, 9))),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => plus(a, b)),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => minus(a, b)),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => times(a, b)),
    fc.tuple(tie('any'), divisors).map(([a, b]) => floorDivide(a, b)),
    fc.tuple(tie('any'), divisors).map(([a, b]) => modulo(a, b)),
  ),
})).any;

describe('against every iteration', () => {
  test('no value lies outside the bounds', () => {
    fc.assert(
      fc.property(indices, loops, (index, ranges) => {
        const values = valuesOf(index, ranges);
        const [lower, upper] = [bound(index, ranges.extents, 'lower'), bound(index, ranges.extents, 'upper')];
        if (lower !== undefined) expect(Math.min(...values)).toBeGreaterThanOrEqual(evaluateInteger(lower, ranges.sizes));
        if (upper !== undefined) expect(Math.max(...values)).toBeLessThanOrEqual(evaluateInteger(upper, ranges.sizes));
      }),
      seeded(1000),
    );
  });

  test('the bounds of an affine index are values that it has', () => {
    fc.assert(
      fc.property(affine, loops, (index, ranges) => {
        const values = valuesOf(index, ranges);
        expect(evaluateInteger(bound(index, ranges.extents, 'lower') ?? Number.NaN, ranges.sizes)).toBe(Math.min(...values));
        expect(evaluateInteger(bound(index, ranges.extents, 'upper') ?? Number.NaN, ranges.sizes)).toBe(Math.max(...values));
      }),
      seeded(300),
    );
  });

  test('what is proved to lie inside does, and of affine indices over numbers nothing else stays unproved', () => {
    const numbers = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).map(([outer, inner]): Loops => ({ extents: new Map([['i', outer], ['j', inner]]), sizes: new Map() }));
    const extent = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(indices, extent, loops, (index, size, ranges) => {
        fc.pre(isInside(index, size, ranges.extents));
        for (const value of valuesOf(index, ranges)) expect(value >= 0 && value < size).toBe(true);
      }),
      seeded(200),
    );
    fc.assert(
      fc.property(affine, extent, numbers, (index, size, ranges) => {
        expect(isInside(index, size, ranges.extents)).toBe(valuesOf(index, ranges).every((value) => value >= 0 && value < size));
      }),
      seeded(500),
    );
  });

  test('a simplified index has the same values', () => {
    fc.assert(
      fc.property(indices, loops, (index, ranges) => {
        expect(valuesOf(simplifyIndex(index, ranges.extents), ranges)).toEqual(valuesOf(index, ranges));
      }),
      seeded(1000),
    );
  });
});
