import { add, corr2d, flip, input, interpret, mean, mul, NdArray, neg, square, state, sub, sum, tanh, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../testing/direct.ts';
import { seeded } from '../testing/seeded.ts';
import { compile, programFor } from './compile.ts';
import { planArena, type Place } from './memory.ts';
import { printProgram } from './print/print-program.ts';
import type { Buffer, Lifetime, Program } from './program.ts';

const x = input('x', [2, 3]);

function fresh(): { readonly A: Tensor; readonly B: Tensor } {
  return { A: state('A', [[1, 2, 3], [4, 5, 6]]), B: state('B', [[10, 20, 30], [40, 50, 60]]) };
}

/** The states that are updated in their own place. */
function inPlace(states: Readonly<Record<string, Tensor>>, updates: readonly (readonly [Tensor, Tensor])[], outputs: Readonly<Record<string, Tensor>> = {}): readonly string[] {
  const { buffers } = programFor({ inputs: { x }, state: states, outputs, updates }, direct());
  const others = new Set(buffers.filter(({ role }) => role === 'next').map(({ label }) => label));
  return Object.keys(states).filter((name) => !others.has(name));
}

describe('a state is updated in its own place', () => {
  test('where each element depends on itself and on no other', () => {
    const { A, B } = fresh();
    expect(inPlace({ A, B }, [[A, sub(A, mul(0.5, x))], [B, square(B)]])).toEqual(['A', 'B']);
  });

  test('where all loads of it come before: a sum of it, and itself as an output', () => {
    const { A } = fresh();
    expect(inPlace({ A }, [[A, add(A, 1)]], { before: A, total: sum(square(x)) })).toEqual(['A']);
  });
});

describe('a state keeps what it was until the run is over', () => {
  test('where an element depends on another one', () => {
    const { A } = fresh();
    expect(inPlace({ A }, [[A, flip(A)]])).toEqual([]);
    expect(inPlace({ A }, [[A, add(A, sum(A))]])).toEqual(['A']);
    expect(inPlace({ A }, [[A, corr2d(A, [[1, 1, 1]], { padding: 'same' })]])).toEqual([]);
  });

  test('where something else reads its next value; that it is itself an output does no harm', () => {
    const { A } = fresh();
    const next = neg(A);
    expect(inPlace({ A }, [[A, next]], { backwards: flip(next) })).toEqual([]);
    expect(inPlace({ A }, [[A, next]], { next })).toEqual(['A']);
  });

  test('where two states exchange their values: one of the two at least', () => {
    const { A, B } = fresh();
    expect(inPlace({ A, B }, [[A, B], [B, A]]).length).toBeLessThan(2);
  });
});

/** What a state may become. */
const nextValues: readonly ((own: Tensor, other: Tensor) => Tensor)[] = [
  (own) => own,
  (_, other) => other,
  (own) => flip(own, 1),
  (own, other) => add(own, other),
  (own, other) => sub(mul(0.5, other), own),
  (own) => sub(own, mul(0.125, sum(own))),
  (own, other) => tanh(add(flip(own), other)),
  (own) => corr2d(own, [[0.5, -0.5, 0.25]], { padding: 'same' }),
  (own) => mul(add(own, x), 0.5),
];
const choice = fc.nat(nextValues.length - 1);

test('whatever states become, all outputs and updates see them as they were', () => {
  const shown = fc.constantFrom<('A' | 'B' | 'nextA' | 'nextB')[]>('A', 'B', 'nextA', 'nextB');
  fc.assert(
    fc.property(choice, choice, fc.uniqueArray(shown), (first, second, names) => {
      const { A, B } = fresh();
      const nextA = nextValues[first]?.(A, B) ?? A;
      const nextB = nextValues[second]?.(B, A) ?? B;
      const all = { A, B, nextA, nextB };
      const outputs = Object.fromEntries(names.map((name) => [name, all[name]]));
      const step = compile({ inputs: { x }, state: { A, B }, outputs, updates: [[A, nextA], [B, nextB]] }, direct());
      for (let time = 0; time < 3; time++) {
        const feeds = { x: new NdArray([2, 3], Float32Array.of(1, -2, 3, -4, 5, -6)), A: step.state.A, B: step.state.B };
        const want = interpret(Object.values(all), feeds);
        const got = step.run({ x: feeds.x });
        const after = [step.state.A, step.state.B];
        for (const name of names) checkClose(got[name]?.data, want[Object.keys(all).indexOf(name)]?.data);
        after.forEach(({ data }, position) => checkClose(data, want[position + 2]?.data));
      }
    }),
    seeded(200),
  );
});

function checkClose(got: ArrayLike<number> | undefined, want: ArrayLike<number> | undefined): void {
  expect(got?.length).toBe(want?.length);
  Array.from(want ?? []).forEach((value, index) => expect(Math.abs((got?.[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(value))));
}

describe('the arena', () => {
  test('temporaries of a chain of equal layers take two places, however long it is', () => {
    const photo = input('photo', [64, 64]);
    for (const length of [3, 8]) {
      let y: Tensor = photo;
      for (let layer = 0; layer < length; layer++) y = tanh(add(corr2d(y, [[0.5]]), flip(y)));
      const program = programFor({ inputs: { photo }, outputs: { y } }, direct());
      expect(program.lifetimes).toHaveLength(length - 1);
      expect(planArena(program, new Map()).bytes).toBe(2 * 64 * 64 * 4);
    }
  });

  test('a temporary lives from the nest that writes it to the last one that reads it', () => {
    const photo = input('photo', [20, 20]);
    const first = tanh(corr2d(photo, [[1, 2]]));
    const second = tanh(corr2d(first, [[3], [4]]));
    const program = programFor({ inputs: { photo }, outputs: { y: add(corr2d(second, [[5, 6]]), mean(first)) } }, direct());
    expect(printProgram(program, 'memory')).toMatchInlineSnapshot(`
      "b0   input     float32 [20, 20] "photo"
      b1   output    float32 [19, 18] "y"
      b5   constant  float32 [1, 1, 1, 2]
      b6   constant  float32 [1, 1, 2, 1]
      b7   constant  float32 [1, 1, 1, 2]
      b4   temporary float32 [20, 19]
      b2   temporary float32 []
      b3   temporary float32 [19, 19]
      b4 lives from nest 0 to nest 2
      b2 lives from nest 1 to nest 3
      b3 lives from nest 2 to nest 3
      arena of 3072 bytes
      b4 at 0, 1536 bytes
      b3 at 1536, 1472 bytes
      b2 at 3008, 64 bytes
      "
    `);
  });
});

/** Temporaries of these lifetimes and sizes, in float32 or float64. */
function temporaries(drawn: readonly (readonly [first: number, length: number, elements: number, wide: boolean])[]): Pick<Program, 'buffers' | 'lifetimes'> {
  const buffers = drawn.map(([, , elements, wide], position): Buffer => ({ id: `b${position}`, role: 'temporary', shape: [elements], storage: wide ? 'float64' : 'float32', label: '' }));
  const lifetimes = drawn.map(([first, length], position): Lifetime => ({ buffer: `b${position}`, first, last: first + length }));
  return { buffers, lifetimes };
}

test('temporaries that live at the same time stand apart, each aligned and inside the arena', () => {
  const one = fc.tuple(fc.nat(9), fc.nat(5), fc.integer({ min: 1, max: 200 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (drawn) => {
      const { buffers, lifetimes } = temporaries(drawn);
      const { bytes, places } = planArena({ buffers, lifetimes }, new Map());
      const placed = new Map<string, Place>(places.map((place) => [place.buffer, place]));
      expect(placed.size).toBe(drawn.length);
      drawn.forEach(([first, length, elements, wide], position) => {
        const own = placed.get(`b${position}`) ?? { buffer: '', offset: -1, bytes: 0 };
        expect(own.offset % 64).toBe(0);
        expect(own.bytes).toBeGreaterThanOrEqual(elements * (wide ? 8 : 4));
        expect(own.offset + own.bytes).toBeLessThanOrEqual(bytes);
        drawn.slice(0, position).forEach(([otherFirst, otherLength], earlier) => {
          if (otherFirst > first + length || first > otherFirst + otherLength) return;
          const other = placed.get(`b${earlier}`) ?? own;
          expect(other.offset + other.bytes <= own.offset || own.offset + own.bytes <= other.offset).toBe(true);
        });
      });
    }),
    seeded(500),
  );
});
