import fc from 'fast-check';
import { describe, test } from 'vitest';
import { checkGradients } from '../testing/gradient-check.ts';
import { countOf, point, pseudoRandomPoint } from '../testing/points.ts';
import { seeded } from '../testing/seeded.ts';
import type { NdArray } from './ndarray.ts';
import { binary, cast, select, sin, unary } from './ops/elementwise.ts';
import { broadcast, flip, pad, reshape, slice, transpose } from './ops/movement.ts';
import { concat, overlapAdd, take, windows } from './ops/rearrange.ts';
import { mean, reduceMax, reduceMin, sum } from './ops/reduce.ts';
import { binaryNames, unaryNames, type BinaryName, type UnaryName } from './primitives.ts';

// Every primitive but correlate, to second order, at points of its domain that keep 0.01 from its kinks.
// Movements and sums are linear: a sine behind them gives the second order something to find.

const shapes = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 });

function numbers(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(min * 256), max: Math.floor(max * 256) }).map((units) => units / 256);
}

function elements(element: fc.Arbitrary<number>, shape: readonly number[]): fc.Arbitrary<NdArray> {
  const count = countOf(shape);
  return fc.array(element, { minLength: count, maxLength: count }).map((data) => point(shape, data));
}

const awayFromZero = fc.oneof(numbers(-2, -0.05), numbers(0.05, 2));
const anywhere = numbers(-2, 2);
const positive = numbers(0.25, 3);

const unaryDomains: Readonly<Record<UnaryName, fc.Arbitrary<number>>> = {
  neg: anywhere,
  abs: awayFromZero,
  sign: awayFromZero,
  sqrt: positive,
  exp: anywhere,
  log: positive,
  sin: anywhere,
  cos: anywhere,
  tanh: anywhere,
  floor: fc.tuple(fc.integer({ min: -2, max: 2 }), numbers(0.05, 0.95)).map(([whole, part]) => whole + part),
};

test.each(unaryNames)('%s', (name) => {
  const points = shapes.chain((shape) => elements(unaryDomains[name], shape));
  fc.assert(
    fc.property(points, (x) => checkGradients([x], ([operand]) => unary(name, operand))),
    seeded(20),
  );
});

/** Two shapes that broadcast: unit and missing axes on either side. */
const broadcastingShapes = shapes.chain((shape) => {
  const narrowed = fc
    .tuple(fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }), fc.integer({ min: 0, max: shape.length }))
    .map(([kept, missing]) => shape.map((size, axis) => (kept[axis] === true ? size : 1)).slice(missing));
  return fc.tuple(narrowed, narrowed);
});

function operandPairs(a: fc.Arbitrary<number>, b: fc.Arbitrary<number>): fc.Arbitrary<readonly [NdArray, NdArray]> {
  return broadcastingShapes.chain(([left, right]) => fc.tuple(elements(a, left), elements(b, right)));
}

/** Multiples of 1/8, and multiples of 1/8 and a half of it: never nearer than 1/16. */
const neverEqual = operandPairs(
  fc.integer({ min: -16, max: 16 }).map((eighths) => eighths / 8),
  fc.integer({ min: -16, max: 16 }).map((eighths) => (eighths + 0.5) / 8),
);

const binaryDomains: Readonly<Record<BinaryName, fc.Arbitrary<readonly [NdArray, NdArray]>>> = {
  add: operandPairs(anywhere, anywhere),
  sub: operandPairs(anywhere, anywhere),
  mul: operandPairs(anywhere, anywhere),
  div: operandPairs(anywhere, fc.oneof(numbers(-2, -0.5), numbers(0.5, 2))),
  min: neverEqual,
  max: neverEqual,
  pow: operandPairs(positive, anywhere),
  atan2: operandPairs(fc.oneof(numbers(-2, -0.25), numbers(0.25, 2)), anywhere),
  less: neverEqual,
  lessEqual: neverEqual,
  equal: neverEqual,
};

test.each(binaryNames)('%s, broadcast', (name) => {
  fc.assert(
    fc.property(binaryDomains[name], (at) => checkGradients(at, ([a, b]) => binary(name, a, b))),
    seeded(20),
  );
});

test('select: the gradient goes where the value came from', () => {
  const points = broadcastingShapes.chain(([condition, shape]) =>
    fc.tuple(elements(fc.constantFrom(-1, 1), condition), elements(anywhere, shape), elements(anywhere, shape)),
  );
  fc.assert(
    fc.property(points, (at) => checkGradients(at, ([c, a, b]) => select(binary('less', c, 0), sin(a), sin(b)))),
    seeded(30),
  );
});

describe('movements and sums', () => {
  const anyPoint = shapes.chain((shape) => elements(anywhere, shape));
  const each = (size: number): { readonly minLength: number; readonly maxLength: number } => ({ minLength: size, maxLength: size });

  test('broadcast', () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(elements(anywhere, shape.map((size) => (size === 2 ? 1 : size))), fc.constant([2, ...shape])),
    );
    fc.assert(
      fc.property(cases, ([x, target]) => checkGradients([x], ([operand]) => sin(broadcast(operand, target)))),
      seeded(30),
    );
  });

  test('reshape', () => {
    fc.assert(
      fc.property(anyPoint, (x) => checkGradients([x], ([operand]) => sin(reshape(operand, [countOf(x.shape), 1])))),
      seeded(20),
    );
  });

  test('transpose', () => {
    const cases = anyPoint.chain((x) => fc.tuple(fc.constant(x), fc.shuffledSubarray(x.shape.map((_, axis) => axis), each(x.shape.length))));
    fc.assert(
      fc.property(cases, ([x, permutation]) => checkGradients([x], ([operand]) => sin(transpose(operand, permutation)))),
      seeded(30),
    );
  });

  test('flip', () => {
    const cases = anyPoint.chain((x) => fc.tuple(fc.constant(x), fc.subarray(x.shape.map((_, axis) => axis))));
    fc.assert(
      fc.property(cases, ([x, axes]) => checkGradients([x], ([operand]) => sin(flip(operand, axes)))),
      seeded(30),
    );
  });

  test('sum and mean, the axes kept or not', () => {
    const cases = anyPoint.chain((x) => fc.tuple(fc.constant(x), fc.subarray(x.shape.map((_, axis) => axis)), fc.boolean()));
    fc.assert(
      fc.property(cases, ([x, axes, keepAxes]) => {
        checkGradients([x], ([operand]) => sin(sum(operand, { axes, keepAxes })));
        checkGradients([x], ([operand]) => sin(mean(operand, { axes, keepAxes })));
      }),
      seeded(30),
    );
  });

  const axes = fc.array(fc.tuple(fc.integer({ min: 2, max: 6 }), fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 2 });

  test('reduceMax and reduceMin', () => {
    const cases = shapes.chain((shape) => {
      const count = countOf(shape);
      const different = fc.shuffledSubarray(Array.from({ length: count }, (_, index) => index / 8), { minLength: count });
      return fc.tuple(different.map((data) => point(shape, data)), fc.subarray(shape.map((_, axis) => axis)), fc.boolean());
    });
    fc.assert(
      fc.property(cases, ([x, axes, keepAxes]) => {
        checkGradients([x], ([operand]) => sin(reduceMax(operand, { axes, keepAxes })));
        checkGradients([x], ([operand]) => sin(reduceMin(operand, { axes, keepAxes })));
      }),
      seeded(30),
    );
  });

  test('concat', () => {
    const cases = fc
      .tuple(shapes.filter((shape) => shape.length > 0), fc.nat(2), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }))
      .chain(([shape, at, lengths]) => {
        const axis = at % shape.length;
        return fc.tuple(fc.tuple(...lengths.map((length) => elements(anywhere, shape.with(axis, length)))), fc.constant(axis));
      });
    fc.assert(
      fc.property(cases, ([parts, axis]) => checkGradients(parts, (operands) => sin(concat(operands, axis)))),
      seeded(30),
    );
  });

  test('take, an element more than once or not at all', () => {
    const cases = shapes
      .filter((shape) => shape.length > 0)
      .chain((shape) => fc.tuple(elements(anywhere, shape), fc.nat(2), fc.array(fc.nat(8), { minLength: 1, maxLength: 5 })));
    fc.assert(
      fc.property(cases, ([x, at, indices]) => {
        const axis = at % x.shape.length;
        const map = indices.map((index) => index % (x.shape[axis] ?? 1));
        checkGradients([x], ([operand]) => sin(take(operand, map, axis)));
      }),
      seeded(40),
    );
  });

  test('windows that overlap, that touch, and that leave gaps; and overlapAdd', () => {
    const axis = fc.record({ positions: fc.integer({ min: 1, max: 3 }), window: fc.integer({ min: 1, max: 3 }), stride: fc.integer({ min: 1, max: 3 }), dilation: fc.integer({ min: 1, max: 2 }), left: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 2 }), fc.nat(1), (axes, batch) => {
        const size = axes.map(({ positions, window, stride, dilation, left }) => (positions - 1) * stride + (window - 1) * dilation + 1 + (left % stride));
        const window = axes.map((each) => each.window);
        const options = { strides: axes.map(({ stride }) => stride), dilations: axes.map(({ dilation }) => dilation) };
        const leading = batch === 0 ? [] : [2];
        const positions = axes.map((each) => each.positions);
        checkGradients([pseudoRandomPoint([...leading, ...size], 1)], ([x]) => sin(windows(x, window, options)));
        checkGradients([pseudoRandomPoint([...leading, ...positions, ...window], 2)], ([y]) => sin(overlapAdd(y, size, options)));
      }),
      seeded(40),
    );
  });

  test('a cast to another dtype and back', () => {
    checkGradients([pseudoRandomPoint([2, 3], 1)], ([x]) => sin(cast(cast(x, 'float32'), 'float64')));
  });

  test('slice with steps', () => {
    const cases = axes.chain((list) => {
      const start = list.map(([size, from]) => from % size);
      const stop = list.map(([size, , length], axis) => Math.min(size, (start[axis] ?? 0) + 1 + length));
      const x = elements(anywhere, list.map(([size]) => size));
      return fc.record({ x, start: fc.constant(start), stop: fc.constant(stop), step: fc.constant(list.map(([, , , by]) => by)) });
    });
    fc.assert(
      fc.property(cases, ({ x, ...options }) => checkGradients([x], ([operand]) => sin(slice(operand, options)))),
      seeded(60),
    );
  });

  test('pad with interior, and with negative ends that crop', () => {
    const ends = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 4 }), interior: fc.nat(2), low: fc.integer({ min: -3, max: 2 }), high: fc.integer({ min: -3, max: 2 }) }),
      { minLength: 1, maxLength: 2 },
    );
    const possible = ends.filter((list) => list.every(({ size, interior, low, high }) => (size - 1) * (interior + 1) + 1 + low + high >= 1));
    const cases = possible.chain((list) =>
      fc.record({
        x: elements(anywhere, list.map(({ size }) => size)),
        low: fc.constant(list.map(({ low }) => low)),
        high: fc.constant(list.map(({ high }) => high)),
        interior: fc.constant(list.map(({ interior }) => interior)),
        value: fc.constantFrom(0, 1.5),
      }),
    );
    fc.assert(
      fc.property(cases, ({ x, ...options }) => checkGradients([x], ([operand]) => sin(pad(operand, options)))),
      seeded(80),
    );
  });
});
