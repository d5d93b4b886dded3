import { clamp, element, equalIntegers, evaluateInteger, floorDivide, input, keyOf, loopVariable, minus, modulo, plus, reflected, substitute, times, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import type { Condition } from '../expression.ts';
import { bound, isInside, isRefuted, nominal, simplifyIndex, unproved, type Extents } from './ranges.ts';

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
    ['a clamp', clamp(plus(i, u, -2), minus(H, 1)), 0, minus(H, 1)],
    ['a clamp that only one end can pass', clamp(plus(u, -1), 4), 0, 1],
    ['what is reflected', reflected('reflect', plus(i, u, -2), H), 0, minus(H, 1)],
    ['what is mirrored, ends repeated', reflected('symmetric', minus(u, 5), 4), 0, 3],
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

describe('the borders of a picture, resolved where ranges decide them', () => {
  /** Iterations of i that lie in a part of a peeled loop. */
  const within = (count: Integer): Extents => new Map([['i', count]]);
  const resolved = (index: Integer, count: Integer): string => keyOf(simplifyIndex(index, within(count)));

  test('inside the picture an index is its own', () => {
    for (const mode of ['edge', 'reflect', 'symmetric', 'wrap'] as const) expect(resolved(reflected(mode, plus(i, 2), plus(H, 2)), H)).toBe(keyOf(plus(i, 2)));
  });

  test('before the first element: the first one, or counted from there', () => {
    expect(resolved(reflected('edge', minus(i, 3), 8), 3)).toBe('0');
    expect(resolved(reflected('edge', minus(i, 3), H), 4)).toBe('0');
    expect(resolved(reflected('reflect', minus(i, 3), 8), 3)).toBe(keyOf(minus(3, i)));
    expect(resolved(reflected('symmetric', minus(i, 3), 8), 3)).toBe(keyOf(minus(2, i)));
    expect(resolved(reflected('wrap', minus(i, 3), 8), 3)).toBe(keyOf(plus(i, 5)));
  });

  test('behind the last element: the last one, or counted back from there', () => {
    expect(resolved(reflected('edge', plus(i, H), H), 3)).toBe(keyOf(minus(H, 1)));
    expect(resolved(reflected('reflect', plus(i, 8), 8), 3)).toBe(keyOf(minus(6, i)));
    expect(resolved(reflected('symmetric', plus(i, 8), 8), 3)).toBe(keyOf(minus(7, i)));
    expect(resolved(reflected('wrap', plus(i, 8), 8), 3)).toBe(keyOf(i));
    expect(resolved(reflected('symmetric', plus(i, H), H), H)).toBe(keyOf(minus(minus(H, 1), i)));
  });

  test('farther than the picture is long, or of a size that may be less, nothing is decided', () => {
    const far = reflected('reflect', minus(i, 9), 4);
    expect(resolved(far, 3)).toBe(keyOf(far));
    const short = reflected('reflect', minus(i, 3), H);
    expect(resolved(short, 3)).toBe(keyOf(short));
    expect(resolved(clamp(plus(i, -1), 5), 9)).toBe(keyOf(clamp(plus(i, -1), 5)));
  });
});

describe('conditions', () => {
  const inside = (index: Integer, extent: Integer): Condition => ({ kind: 'inside', index, extent });

  test('what always holds is left out, what never does is refuted, the rest stays', () => {
    const [always, never, sometimes] = [inside(plus(i, 1), plus(H, 1)), inside(plus(i, H), H), inside(minus(i, 1), H)];
    expect(unproved([always, never, sometimes], extents)).toEqual([never, sometimes]);
    expect([always, never, sometimes].map((each) => isRefuted(each, extents))).toEqual([false, true, false]);
    expect(isRefuted(inside(minus(minus(-1, i), u), H), extents)).toBe(true);
  });

  test('a multiple is proved by its coefficients, and never refuted', () => {
    const multiple = (index: Integer): Condition => ({ kind: 'multiple', index, divisor: 3 });
    expect(unproved([multiple(plus(times(6, i), 3)), multiple(plus(times(6, i), 1))], extents)).toEqual([multiple(plus(times(6, i), 1))]);
    expect(isRefuted(multiple(plus(times(6, i), 1)), extents)).toBe(false);
  });
});

test('a named size weighs 512 where costs are compared, and nowhere else', () => {
  expect(nominal(7)).toBe(7);
  expect(nominal(minus(H, 2))).toBe(510);
  expect(nominal(times(H, W))).toBe(512 * 512);
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
const limits = fc.constantFrom<Integer[]>(0, 3, minus(W, 1), plus(H, 1));
const modes = fc.constantFrom('edge', 'reflect', 'symmetric', 'wrap');

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
    fc.tuple(tie('any'), limits).map(([a, b]) => clamp(a, b)),
    fc.tuple(modes, tie('any'), divisors).map(([mode, a, b]) => reflected(mode, a, b)),
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

  test('a condition that is left out holds everywhere, and one that is refuted nowhere', () => {
    fc.assert(
      fc.property(indices, fc.constantFrom<Integer[]>(1, 4, H, plus(W, 2)), loops, (index, size, ranges) => {
        const condition: Condition = { kind: 'inside', index, extent: size };
        const room = evaluateInteger(size, ranges.sizes);
        const holds = valuesOf(index, ranges).map((value) => value >= 0 && value < room);
        if (unproved([condition], ranges.extents).length === 0) expect(holds).not.toContain(false);
        if (isRefuted(condition, ranges.extents)) expect(holds).not.toContain(true);
      }),
      seeded(1000),
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
