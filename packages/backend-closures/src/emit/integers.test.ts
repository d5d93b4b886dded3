import { clamp, element, floorDivide, input, integerValue, loopVariable, minus, plus, reflected, times, type Integer } from '@xcorr/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { emitInteger } from './integers.ts';
import type { Names } from './target.ts';

const [H = 0, W = 0] = input('photo', ['H', 'W']).shape;
const [i, j] = [loopVariable('i0'), loopVariable('i1')];

const places = new Map([['H', 0], ['W', 1], ['i0', 0], ['i1', 1]]);
const place = (name: string): number => places.get(name) ?? -1;
const names: Names = { buffer: place, size: place, declare: place, slot: place };

const divisors: fc.Arbitrary<Integer> = fc.constantFrom<Integer[]>(2, 3, H, times(2, W), plus(W, 1));

const integers: fc.Arbitrary<Integer> = fc.letrec<{ leaf: Integer; any: Integer }>((tie) => ({
  leaf: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(H, W, i, j)),
  any: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => plus(a, b)),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => times(a, b)),
    fc.tuple(tie('any'), divisors).map(([a, b]) => floorDivide(a, b)),
    fc.tuple(tie('any'), divisors).map(([a, b]) => clamp(a, b)),
    fc.tuple(fc.constantFrom('reflect' as const, 'symmetric' as const), tie('any'), divisors).map(([mode, a, b]) => reflected(mode, a, b)),
    fc.constantFrom(element([4, -1, 7, 7], i), element([2, 0, 5, 1], minus(3, j))),
  ),
})).any;

test('every integer has its value', () => {
  const small = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(integers, small, small, fc.nat(3), fc.nat(3), (integer, h, w, outer, inner) => {
      const values = new Map([['H', h], ['W', w], ['i0', outer], ['i1', inner]]);
      const frame = { buffers: [], sizes: [h, w], slots: Float64Array.of(outer, inner) };
      // The two zeros are one.
      expect(emitInteger(integer, names)(frame) + 0).toBe(integerValue(integer, ({ name }) => values.get(name) ?? Number.NaN) + 0);
    }),
    seeded(1000),
  );
});
