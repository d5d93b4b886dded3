import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import type { Integer } from './integer-form.ts';
import { equalIntegers, floorDivide, isNonNegative, keyOf, loopVariable, minus, modulo, namedSize, plus, substitute, termsOf, times } from './integer.ts';
import { evaluateInteger, variablesOf } from './integer-value.ts';
import { printInteger } from './print-integer.ts';

const H = namedSize('H');
const W = namedSize('W');
const i = loopVariable('i');

describe('one form for one meaning', () => {
  test('however a size is reached, it is the same', () => {
    expect(keyOf(minus(H, 2))).toBe(keyOf(plus(H, -3, 1)));
    expect(keyOf(times(plus(H, 1), plus(W, 1)))).toBe(keyOf(plus(1, W, times(W, H), H)));
    expect(equalIntegers(minus(H, 2), minus(W, 2))).toBe(false);
  });

  test('what cancels leaves a plain number', () => {
    expect(minus(plus(H, 5), H)).toBe(5);
    expect(minus(times(H, W), times(W, H))).toBe(0);
    expect(modulo(times(6, H), 3)).toBe(0);
    expect(times(-1, 0)).toBe(0);
  });

  test('what divides leaves the floor', () => {
    expect(keyOf(floorDivide(plus(times(4, H), 6), 2))).toBe(keyOf(plus(times(2, H), 3)));
    expect(keyOf(floorDivide(plus(times(H, W), H), H))).toBe(keyOf(plus(W, 1)));
    expect(keyOf(floorDivide(plus(times(2, H), 1), 2))).toBe(keyOf(H));
    expect(floorDivide(plus(times(0, H), 7), 2)).toBe(3);
  });

  test('the same floor is the same factor', () => {
    const half = floorDivide(plus(H, 1), 2);
    expect(minus(half, floorDivide(plus(1, H), 2))).toBe(0);
    expect(keyOf(floorDivide(plus(H, 3), 2))).toBe(keyOf(plus(half, 1)));
  });

  test('a size and a loop variable of one name are two variables', () => {
    expect(equalIntegers(namedSize('i'), i)).toBe(false);
    expect(variablesOf(plus(namedSize('i'), i)).map(({ role }) => role)).toEqual(['size', 'loop']);
    expect(equalIntegers(namedSize('%i'), i)).toBe(false);
    expect(() => evaluateInteger(i, new Map([['i', 6]]))).toThrow('the size i is not bound');
  });
});

test('variables are found inside floors too, each once', () => {
  const size = plus(floorDivide(plus(H, times(2, W)), 3), H);
  expect(variablesOf(size).map(({ name }) => name).sort()).toEqual(['H', 'W']);
});

test('a size that is not bound has no value', () => {
  expect(evaluateInteger(minus(H, 2), new Map([['H', 6]]))).toBe(4);
  expect(() => evaluateInteger(minus(H, W), new Map([['H', 6]]))).toThrow('the size H - W is not bound');
});

test('a division by zero is refused', () => {
  expect(() => floorDivide(H, 0)).toThrow(RangeError);
  expect(() => floorDivide(4, 0)).toThrow(RangeError);
});

describe('as a person reads it', () => {
  test.each<readonly [Integer, string]>([
    [7, '7'],
    [H, 'H'],
    [minus(H, 2), 'H - 2'],
    [minus(2, H), '-H + 2'],
    [minus(times(2, times(H, W)), 2), '2*H*W - 2'],
    [plus(floorDivide(minus(W, 3), 2), 1), 'floor((W + 1) / 2) - 1'],
    [floorDivide(H, times(2, W)), 'floor(H / (2*W))'],
    [minus(W, H), 'W - H'],
    [times(minus(H, 1), minus(W, 1)), 'H*W - H - W + 1'],
    [times(3, floorDivide(H, W)), '3*floor(H / W)'],
    [namedSize('my size'), '"my size"'],
    [namedSize('floor'), '"floor"'],
  ])('%#', (size, text) => {
    expect(printInteger(size)).toBe(text);
  });
});

// Everything below is drawn together with its meaning: how it is computed from numbers.

interface Meant {
  readonly integer: Integer;
  readonly value: (bound: Bound) => number;
}

interface Bound {
  readonly H: number;
  readonly W: number;
  readonly i: number;
}

const variables: readonly Meant[] = [
  { integer: H, value: (bound) => bound.H },
  { integer: W, value: (bound) => bound.W },
  { integer: i, value: (bound) => bound.i },
];

const leaf: fc.Arbitrary<Meant> = fc.oneof(
  fc.integer({ min: -6, max: 6 }).map((number): Meant => ({ integer: number, value: () => number })),
  fc.constantFrom(...variables),
);

/** Divisors must be positive: numbers, sizes, and products of them. */
const divisor: fc.Arbitrary<Meant> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((number): Meant => ({ integer: number, value: () => number })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(...variables.slice(0, 2))).map(([factor, size]): Meant => ({
    integer: times(factor, size.integer),
    value: (bound) => factor * size.value(bound),
  })),
);

const floorOf = (a: number, b: number): number => Math.floor(a / b);

const meant: (depth: number) => fc.Arbitrary<Meant> = fc.memo((depth) => {
  if (depth <= 1) return leaf;
  const part = meant(depth - 1);
  return fc.oneof(
    { weight: 1, arbitrary: leaf },
    { weight: 3, arbitrary: fc.tuple(part, part).map(([a, b]): Meant => ({ integer: plus(a.integer, b.integer), value: (bound) => a.value(bound) + b.value(bound) })) },
    { weight: 2, arbitrary: fc.tuple(part, part).map(([a, b]): Meant => ({ integer: times(a.integer, b.integer), value: (bound) => a.value(bound) * b.value(bound) })) },
    { weight: 2, arbitrary: fc.tuple(part, divisor).map(([a, b]): Meant => ({ integer: floorDivide(a.integer, b.integer), value: (bound) => floorOf(a.value(bound), b.value(bound)) })) },
    {
      weight: 1,
      arbitrary: fc.tuple(part, divisor).map(([a, b]): Meant => ({
        integer: modulo(a.integer, b.integer),
        value: (bound) => a.value(bound) - b.value(bound) * floorOf(a.value(bound), b.value(bound)),
      })),
    },
  );
});

const expressions = meant(4);
const bindings: fc.Arbitrary<Bound> = fc.record({ H: fc.integer({ min: 1, max: 9 }), W: fc.integer({ min: 1, max: 9 }), i: fc.nat(9) });

function valueOf(integer: Integer, bound: Bound): number {
  const value = substitute(integer, ({ name }) => (name === 'H' ? bound.H : name === 'W' ? bound.W : bound.i));
  return typeof value === 'number' ? value : Number.NaN;
}

describe('laws', () => {
  test('a form has the value of what it was made from', () => {
    fc.assert(
      fc.property(expressions, bindings, ({ integer, value }, bound) => {
        expect(valueOf(integer, bound)).toBe(value(bound) + 0);
      }),
      seeded(2000),
    );
  });

  test('forms are normal: no zero coefficient, each key once and in order, a constant is a number', () => {
    fc.assert(
      fc.property(expressions, ({ integer }) => {
        const keys = termsOf(integer).map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
        expect(termsOf(integer).every(({ coefficient }) => coefficient !== 0)).toBe(true);
        if (typeof integer !== 'number') expect(termsOf(integer).some(({ factors }) => factors.length > 0)).toBe(true);
      }),
      seeded(1000),
    );
  });

  test('sums and products are the same in any order', () => {
    fc.assert(
      fc.property(expressions, expressions, expressions, (a, b, c) => {
        const [x, y, z] = [a.integer, b.integer, c.integer];
        expect(keyOf(plus(x, y, z))).toBe(keyOf(plus(z, plus(y, x))));
        expect(keyOf(times(times(x, y), z))).toBe(keyOf(times(z, times(y, x))));
        expect(keyOf(times(x, plus(y, z)))).toBe(keyOf(plus(times(x, y), times(x, z))));
      }),
      seeded(300),
    );
  });

  test('equal forms have equal values', () => {
    fc.assert(
      fc.property(meant(3), meant(3), bindings, (a, b, bound) => {
        fc.pre(equalIntegers(a.integer, b.integer));
        expect(a.value(bound) + 0).toBe(b.value(bound) + 0);
      }),
      seeded(300),
    );
  });

  test('a remainder lies between 0 and the divisor', () => {
    fc.assert(
      fc.property(expressions, divisor, bindings, (a, b, bound) => {
        const rest = valueOf(modulo(a.integer, b.integer), bound);
        expect(rest).toBeGreaterThanOrEqual(0);
        expect(rest).toBeLessThan(b.value(bound));
      }),
      seeded(500),
    );
  });

  test('substitution is simultaneous, and the value is that of the substituted', () => {
    expect(keyOf(substitute(minus(H, W), ({ name }) => (name === 'H' ? W : name === 'W' ? H : undefined)))).toBe(keyOf(minus(W, H)));
    fc.assert(
      fc.property(expressions, expressions, bindings, (a, by, bound) => {
        const h = by.value(bound);
        fc.pre(h >= 1);
        const substituted = substitute(a.integer, ({ name }) => (name === 'H' ? by.integer : undefined));
        expect(valueOf(substituted, bound)).toBe(a.value({ ...bound, H: h }) + 0);
      }),
      seeded(500),
    );
  });

  test('what is proved to be at least 0 is at least 0', () => {
    fc.assert(
      fc.property(expressions, fc.array(bindings, { minLength: 8, maxLength: 8 }), ({ integer, value }, all) => {
        fc.pre(isNonNegative(integer));
        for (const bound of [{ H: 1, W: 1, i: 0 }, ...all]) expect(value(bound)).toBeGreaterThanOrEqual(0);
      }),
      seeded(2000),
    );
  });

  test('what shapes need is proved', () => {
    expect(isNonNegative(minus(H, 1))).toBe(true);
    expect(isNonNegative(minus(H, 2))).toBe(false);
    expect(isNonNegative(minus(times(H, W), H))).toBe(true);
    expect(isNonNegative(i)).toBe(true);
    expect(isNonNegative(floorDivide(minus(H, 1), 2))).toBe(true);
    expect(isNonNegative(floorDivide(minus(H, 1), W))).toBe(true);
    expect(isNonNegative(floorDivide(minus(H, 2), W))).toBe(false);
  });
});
