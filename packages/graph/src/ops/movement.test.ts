import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf, innerProduct, point } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { grad } from '../grad.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { mul } from './elementwise.ts';
import { broadcast, flip, pad, reshape, slice, transpose, type PadOptions } from './movement.ts';
import { sum } from './reduce.ts';
import { arange, constant, input } from './source.ts';
import type { Tensor } from '../tensor.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });

/** A tensor whose elements are its positions: any movement shows. */
function numbered(shape: readonly number[]): Tensor {
  return reshape(arange(countOf(shape)), shape);
}

function values(tensor: Tensor): unknown {
  return evaluate(tensor).toNested();
}

/** <y, f(x)> = <f*(y), x>, where f* is what the gradient says it is. */
function checkAdjoint(f: (x: Tensor) => Tensor, shape: readonly number[]): void {
  const X = input('X', shape, { dtype: 'float64' });
  const x = point(shape, Array.from({ length: countOf(shape) }, (_, index) => ((index * 5) % 7) - 3));
  const value = evaluate(f(X), { X: x });
  const y = point(value.shape, Array.from(value.data, (_, index) => ((index * 3) % 5) - 1));
  const [adjoint] = grad(sum(mul(f(X), y)), [X]);
  expect(adjoint.shape).toEqual(shape);
  expect(innerProduct(evaluate(adjoint, { X: x }), x)).toBe(innerProduct(y, value));
}

describe('round trips', () => {
  test('a transposition and its inverse', () => {
    const cases = shapes.chain((shape) => fc.tuple(fc.constant(shape), fc.shuffledSubarray(shape.map((_, axis) => axis), { minLength: shape.length })));
    fc.assert(
      fc.property(cases, ([shape, permutation]) => {
        const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
        expect(values(transpose(transpose(numbered(shape), permutation), inverse))).toEqual(values(numbered(shape)));
      }),
      seeded(50),
    );
  });

  test('a transposition moves axis permutation[k] to axis k', () => {
    const moved = transpose(numbered([2, 3, 4]), [2, 0, 1]);
    expect(moved.shape).toEqual([4, 2, 3]);
    expect(evaluate(slice(moved, { start: [3, 1, 2], stop: [4, 2, 3] })).item()).toBe(1 * 12 + 2 * 4 + 3);
  });

  test('a reshape and back, and by way of a vector', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const x = numbered(shape);
        expect(values(reshape(reshape(x, [countOf(shape)]), shape))).toEqual(values(x));
        expect(evaluate(reshape(x, [...shape].reverse())).data).toEqual(evaluate(x).data);
      }),
      seeded(50),
    );
  });

  test('flipping twice, and one axis after the other', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const x = numbered(shape);
        expect(values(flip(flip(x)))).toEqual(values(x));
        expect(values(shape.reduce<Tensor>((flipped, _, axis) => flip(flipped, axis), x))).toEqual(values(flip(x)));
      }),
      seeded(50),
    );
  });

  test('what is padded can be cropped, what is spread can be gathered', () => {
    fc.assert(
      fc.property(shapes, fc.nat(3), fc.nat(3), fc.nat(2), (shape, before, behind, between) => {
        const x = numbered(shape);
        const all = (by: number): readonly number[] => shape.map(() => by);
        const padded = pad(x, { low: all(before), high: all(behind), value: 9 });
        expect(values(pad(padded, { low: all(-before), high: all(-behind) }))).toEqual(values(x));
        const spread = pad(x, { interior: all(between), value: 9 });
        expect(values(slice(spread, { step: all(between + 1) }))).toEqual(values(x));
      }),
      seeded(60),
    );
  });
});

describe('adjoints', () => {
  test("slice and pad, negative pads too, are each other's", () => {
    const axis = fc
      .record({ size: fc.integer({ min: 1, max: 5 }), low: fc.integer({ min: -4, max: 3 }), high: fc.integer({ min: -4, max: 3 }), between: fc.nat(2), by: fc.integer({ min: 1, max: 3 }) })
      .filter(({ size, low, high, between }) => (size - 1) * (between + 1) + 1 + low + high >= 1);
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 2 }), (axes) => {
        const options: PadOptions = { low: axes.map(({ low }) => low), high: axes.map(({ high }) => high), interior: axes.map(({ between }) => between) };
        const shape = axes.map(({ size }) => size);
        checkAdjoint((x) => pad(x, options), shape);
        checkAdjoint((x) => slice(pad(x, options), { step: axes.map(({ by }) => by) }), shape);
      }),
      seeded(150),
    );
  });

  test("broadcast and sum are each other's", () => {
    checkAdjoint((x) => broadcast(x, [2, 3, 4]), [3, 1]);
    checkAdjoint((x) => sum(x, { axes: [0, 2] }), [2, 3, 4]);
    const x = input('X', [3, 1]);
    expect(evaluate(grad(sum(broadcast(x, [2, 3, 4])), [x])[0]).toNested()).toEqual([[8], [8], [8]]);
  });

  test('transpose, flip and reshape are orthogonal: the adjoint is the inverse', () => {
    checkAdjoint((x) => transpose(x, [1, 2, 0]), [2, 3, 4]);
    checkAdjoint((x) => flip(x, [0, 2]), [2, 3, 4]);
    checkAdjoint((x) => reshape(x, [6, 4]), [2, 3, 4]);
  });
});

describe('slices and pads in numbers', () => {
  test('negative bounds count from the end', () => {
    expect(values(slice(arange(6), { start: [-3], stop: [-1] }))).toEqual([3, 4]);
  });

  test('axes without an entry are taken whole', () => {
    expect(values(slice([[1, 2], [3, 4]], { start: [1] }))).toEqual([[3, 4]]);
    expect(values(pad([[1, 2]], { low: [1] }))).toEqual([[0, 0], [1, 2]]);
  });

  test('a crop may leave nothing but padding', () => {
    expect(values(pad([1, 2, 3], { low: [-5], high: [4] }))).toEqual([0, 0]);
  });

  test('a crop may cut between the elements of a spread', () => {
    expect(values(pad([1, 2, 3], { low: [-1], high: [-1], interior: [1] }))).toEqual([0, 2, 0]);
  });
});

test('a movement that moves nothing is no node', () => {
  const x = constant([[1, 2], [3, 4]]);
  expect(reshape(x, [2, 2])).toBe(x);
  expect(transpose(x, [0, 1])).toBe(x);
  expect(flip(x, [])).toBe(x);
  expect(slice(x, {})).toBe(x);
  expect(pad(x, {})).toBe(x);
  expect(broadcast(x, [2, 2])).toBe(x);
});
