import { createContext, runInContext } from 'node:vm';
import { element, floorDivide, input, keyOf, loopVariable, minus, plus, substitute, times, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { indexSource, integerSource, type IntegerNames, type Scope } from './integers.ts';

const [H = 0, W = 0] = input('photo', ['H', 'W']).shape;
const [i, j, k] = [loopVariable('i0'), loopVariable('i1'), loopVariable('i2')];

const sizes = new Map([['H', 'n0'], ['W', 'n1']]);

function createFresh(letter: string): IntegerNames['fresh'] {
  let count = 0;
  return () => `${letter}${count++}`;
}

/** Names of a function with parameters n0 and n1; tables are written out. */
function names(): IntegerNames {
  return { size: (name) => sizes.get(name) ?? '', fresh: createFresh('p'), table: (values) => `[${values.join(', ')}]`, isOfAnySize: false };
}

test.each<readonly [Integer, string]>([
  [7, '7'],
  [-7, '(-7)'],
  [H, 'n0'],
  [times(3, i), '3 * i0'],
  [minus(H, 2), '(n0 - 2)'],
  [minus(2, i), '(-i0 + 2)'],
  [plus(times(W, i), j, 1), '(n1 * i0 + i1 + 1)'],
  [floorDivide(plus(i, 1), 2), 'Math.floor((i0 + 1) / 2)'],
  [floorDivide(i, times(2, W)), 'Math.floor(i0 / (2 * n1))'],
  [floorDivide(i, minus(W, 2)), 'Math.floor(i0 / (n1 - 2))'],
  [element([5, 3, 8], i), '[5, 3, 8][i0]'],
])('%#: as JavaScript', (integer, source) => {
  expect(integerSource(integer, names())).toBe(source);
});

/** Scopes of a function and of nested loops over these variables. */
function scopesOf(...variables: readonly string[]): readonly Scope[] {
  return [undefined, ...variables].map((variable) => ({ variable, prelude: [], hoisted: new Map() }));
}

describe('an index of any size', () => {
  const any = (): IntegerNames => ({ ...names(), isOfAnySize: true });

  test('is an integer of 32 bits wherever it is computed', () => {
    const scopes = scopesOf('i0', 'i1');
    expect(indexSource(plus(times(times(H, W), i), times(2, j), 1), scopes, any())).toBe('p0 + 2 * i1 + 1 | 0');
    expect(indexSource(j, scopes, any())).toBe('i1');
    expect(scopes.map(({ prelude }) => prelude)).toEqual([[], ['const p0 = Math.imul(Math.imul(n0, n1), i0) | 0;'], []]);
  });

  test('what is divided is whole: products in a floor are not cut', () => {
    expect(indexSource(plus(floorDivide(times(H, W), 3), j), scopesOf('i1'), any())).toContain('i1 | 0');
    expect(integerSource(floorDivide(times(H, W), 3), any(), true)).toBe('Math.floor(n0 * n1 / 3)');
  });
});

describe('an index inside loops', () => {
  test('what does not change in the innermost loop is computed where it changes, once', () => {
    const scopes = scopesOf('i0', 'i1');
    const own = names();
    expect(indexSource(plus(times(8, i), j, 1), scopes, own)).toBe('p0 + i1 + 1');
    expect(indexSource(plus(times(8, i), j), scopes, own)).toBe('p0 + i1');
    expect(indexSource(minus(times(8, i), j), scopes, own)).toBe('p0 - i1');
    expect(indexSource(times(8, i), scopes, own)).toBe('p0');
    expect(scopes.map(({ prelude }) => prelude)).toEqual([[], ['const p0 = 8 * i0;'], []]);
  });

  test('each base stands in the outermost loop that knows it', () => {
    const scopes = scopesOf('i0', 'i1', 'i2');
    const own = names();
    indexSource(plus(times(64, i), times(8, j), k), scopes, own);
    indexSource(plus(times(64, i), k), scopes, own);
    indexSource(plus(times(H, W), k), scopes, own);
    expect(scopes.map(({ prelude }) => prelude)).toEqual([['const p2 = n0 * n1;'], ['const p1 = 64 * i0;'], ['const p0 = 64 * i0 + 8 * i1;'], []]);
  });

  test('one variable by itself is its own base, and a number needs none', () => {
    const scopes = scopesOf('i0', 'i1');
    expect(indexSource(plus(i, j), scopes, names())).toBe('i0 + i1');
    expect(indexSource(3, scopes, names())).toBe('3');
    expect(indexSource(-1, scopes, names())).toBe('-1');
    expect(scopes.flatMap(({ prelude }) => prelude)).toEqual([]);
  });
});

const divisors: fc.Arbitrary<Integer> = fc.constantFrom<Integer[]>(2, 3, H, times(2, W), times(H, W), plus(W, 1), plus(times(2, H), W));

const integers: fc.Arbitrary<Integer> = fc.letrec<{ leaf: Integer; any: Integer }>((tie) => ({
  leaf: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(H, W, i, j)),
  any: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => plus(a, b)),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => times(a, b)),
    fc.tuple(tie('any'), divisors).map(([a, b]) => floorDivide(a, b)),
    fc.constantFrom(element([4, -1, 7, 7], i), element([2, 0, 5, 1], j)),
  ),
})).any;

test('the source has the value of the integer', () => {
  const context = createContext({ n0: 0, n1: 0, i0: 0, i1: 0 });
  const small = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(integers, small, small, fc.nat(3), fc.nat(3), (integer, h, w, outer, inner) => {
      const bound = new Map([['H', h], ['W', w], ['i0', outer], ['i1', inner]]);
      Object.assign(context, { n0: h, n1: w, i0: outer, i1: inner });
      const scopes = scopesOf('i0', 'i1');
      const index = indexSource(integer, scopes, names());
      const wide = scopesOf('i0', 'i1');
      const wrapped = indexSource(integer, wide, { ...names(), fresh: createFresh('w'), isOfAnySize: true });
      const lines = [...scopes, ...wide].flatMap(({ prelude }) => prelude);
      const value: unknown = runInContext(`(() => { ${lines.join(' ')} return [${integerSource(integer, names())}, ${index}, ${wrapped}].join(' '); })()`, context);
      const expected = keyOf(substitute(integer, ({ name }) => bound.get(name)));
      expect(value).toBe(`${expected} ${expected} ${expected}`);
    }),
    seeded(1000),
  );
});
