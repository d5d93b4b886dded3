import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { build, networks, positionIn, positive, type Network } from '../../testing/random-networks.ts';
import { thrown } from '../../testing/thrown.ts';
import { averagePool, constant, conv2d, corr2d, correlate, evaluate, extend, grad, input, literalShape, mul, ones, reshape, slice, state, sum, type Tensor } from '../index.ts';
import { elementsOf, receptiveField, type ReceptiveField } from './receptive-field.ts';

const box = ones([2, 2]);
const X = input('X', [6, 8]);

describe('the chapter', () => {
  const first = corr2d(X, box);
  const second = corr2d(first, box);

  test('two layers of 2x2 see 2x2 of the first feature map and 3x3 of the input', () => {
    expect(receptiveField(second, first).clipped.window).toEqual([2, 2]);
    expect(receptiveField(second, X).clipped.window).toEqual([3, 3]);
    expect(receptiveField(second, X, { at: [1, 2] }).clipped.positions).toEqual([[1, 2, 3], [2, 3, 4]]);
  });

  test('it may be larger than the input', () => {
    let y: Tensor = X;
    for (let layer = 0; layer < 5; layer++) y = corr2d(y, ones([3, 3]), { padding: 1 });
    const { unclipped, clipped } = receptiveField(y, X, { at: [3, 3] });
    expect([unclipped.window, unclipped.start]).toEqual([[11, 11], [-2, -2]]);
    expect([clipped.window, clipped.start]).toEqual([[6, 8], [0, 0]]);
  });
});

describe('sets have holes where windows have none', () => {
  test('dilation', () => {
    expect(receptiveField(corr2d(X, ones([2, 3]), { dilations: 2 }), X, { at: [0, 1] }).clipped.positions).toEqual([[0, 2], [1, 3, 5]]);
  });

  test('what lies on padding on the way is read no further', () => {
    const line = input('line', [1, 1, 8]);
    const w = ones([1, 1, 2]);
    const holes = correlate(correlate(line, ones([1, 1, 3]), { padding: 1 }), w, { dilations: 4, padding: [[1, 0]] });
    const field = receptiveField(holes, line, { at: [0, 0, 0] });
    expect(field.unclipped.positions[2]).toEqual([-2, -1, 0, 2, 3, 4]);
    expect(field.clipped.positions[2]).toEqual([2, 3, 4]);
  });

  test('paths that meet: a cross is no square', () => {
    const x = input('x', [1, 1, 5, 5]);
    const y = conv2d(x, ones([1, 1, 3, 1]), { padding: 'same' });
    const z = conv2d(x, ones([1, 1, 1, 3]), { padding: 'same' });
    const field = receptiveField(mul(y, z), x);
    expect(field.clipped.window).toEqual([1, 1, 3, 3]);
    expect(elementsOf(field.clipped).map(([, , i, j]) => [i, j])).toEqual([[1, 2], [2, 1], [2, 2], [2, 3], [3, 2]]);
  });
});

test('through a border the picture is read where the border comes from, and unclipped where it would be', () => {
  const y = extend(X, { mode: 'reflect', low: [2, 0], high: [0, 3] });
  const field = receptiveField(y, X, { at: [0, 10] });
  expect([field.unclipped.positions, field.clipped.positions]).toEqual([[[-2], [10]], [[2], [4]]]);
});

test('a picture of one row keeps the rows above and below it, unclipped', () => {
  const row = input('row', [1, 8]);
  expect(receptiveField(corr2d(row, ones([3, 3]), { padding: 1 }), row).unclipped.window).toEqual([3, 3]);
});

test('channels and groups', () => {
  const x = input('x', [1, 4, 3, 3]);
  const y = conv2d(x, ones([6, 2, 1, 1]), { groups: 2 });
  expect(receptiveField(y, x, { at: [0, 2, 1, 1] }).clipped.positions).toEqual([[0], [0, 1], [1], [1]]);
  expect(receptiveField(y, x, { at: [0, 3, 1, 1] }).clipped.positions).toEqual([[0], [2, 3], [1], [1]]);
});

test('of a kernel, the taps that meet the picture', () => {
  const k = state('k', [[1, 1, 1], [1, 1, 1], [1, 1, 1]]);
  const y = corr2d(X, k, { padding: 1 });
  expect(receptiveField(y, k, { at: [0, 0] }).clipped.positions).toEqual([[1, 2], [1, 2]]);
  expect(receptiveField(y, k, { at: [0, 0] }).unclipped.positions).toEqual([[0, 1, 2], [0, 1, 2]]);
});

test('a flattened picture is followed element by element', () => {
  const flat = reshape(X, [48]);
  expect(elementsOf(receptiveField(slice(flat, { start: [6], stop: [11] }), X, { at: [2] }).clipped)).toEqual([[1, 0]]);
  expect(elementsOf(receptiveField(averagePool(flat, [3]), X, { at: [2] }).clipped)).toEqual([[0, 6], [0, 7], [1, 0]]);
});

test('an element of padding depends on nothing', () => {
  const y = averagePool(extend(X, { mode: 'edge', low: [1, 1] }), [2, 2]);
  expect(receptiveField(y, X, { at: [0, 0] }).clipped.window).toEqual([1, 1]);
  const padded = corr2d(X, [[1]], { padding: 1 });
  expect(receptiveField(padded, X, { at: [0, 0] })).toMatchObject({ unclipped: { window: [1, 1], start: [-1, -1] }, clipped: { window: [0, 0], boxes: [] } });
});

test('named sizes are given numbers', () => {
  const photo = input('photo', ['H', 'W']);
  const y = corr2d(corr2d(photo, box), box);
  expect(receptiveField(y, photo, { sizes: { H: 9, W: 5 } })).toMatchObject({ at: [3, 1], size: [9, 5], clipped: { window: [3, 3], start: [3, 1] } });
  expect(receptiveField(sum(photo), photo, { sizes: { H: 9, W: 5 } }).clipped.window).toEqual([9, 5]);
});

describe('errors, word for word', () => {
  test('a tensor that is not on the way', () => {
    expect(thrown(() => receptiveField(corr2d(X, box), input('Z', [2])))).toMatchInlineSnapshot(`
      "ShapeError: receptiveField: the output does not depend on Z
        output  [5, 7]     at receptive-field.test.ts:<line>
        input   [2]     Z  at receptive-field.test.ts:<line>
        give a tensor that the output was computed from"
    `);
  });
  test('no such element', () => {
    expect(thrown(() => receptiveField(corr2d(X, box), X, { at: [0, 7] }))).toMatchInlineSnapshot(`
      "ShapeError: receptiveField: there is no element [0, 7]
        output  [5, 7]  at receptive-field.test.ts:<line>
                    ^ positions of this axis run from 0 to 6"
    `);
    expect(thrown(() => receptiveField(corr2d(X, box), X, { at: [0] }))).toMatchInlineSnapshot(`
      "ShapeError: receptiveField: there is no element [0]
        output  [5, 7]  at receptive-field.test.ts:<line>
        an element of the output has 2 positions, one for each axis"
    `);
  });
  test('named sizes', () => {
    const photo = input('photo', ['H', 'W']);
    expect(thrown(() => receptiveField(corr2d(photo, box), photo))).toMatchInlineSnapshot(`
      "ShapeError: receptiveField: the size H has no number
        output  [H - 1, W - 1]  at receptive-field.test.ts:<line>
        positions are numbers; give one for each named size: { sizes: { H: 64, W: 64 } }"
    `);
    expect(thrown(() => receptiveField(corr2d(photo, box), photo, { sizes: { H: 3, W: 0 } }))).toMatchInlineSnapshot(`"ValueError: receptiveField: the size W is given as 0; a size is a whole number of at least 1"`);
    expect(thrown(() => receptiveField(corr2d(photo, box), photo, { sizes: { H: 1, W: 4 } }))).toMatchInlineSnapshot(`
      "ShapeError: correlate: axis 2 has H - 1 = 0 elements, where H = 1, W = 4
        result  [1, 1, H - 1, W - 1]  at receptive-field.test.ts:<line>
                       ^ every axis must have at least 1 element; feed larger values"
    `);
  });
});

/** The elements of a tensor at which the gradient of one element of another is not zero. */
function nonZero(output: Tensor, at: readonly number[], wrt: Tensor, feeds: Readonly<Record<string, ReturnType<typeof positive>>>): readonly (readonly number[])[] {
  const element = sum(slice(output, { start: at, stop: at.map((index) => index + 1) }));
  const [gradient] = grad(element, [wrt]);
  const { shape, data } = evaluate(gradient, feeds);
  return Array.from(data.keys()).filter((offset) => data[offset] !== 0).map((offset) => positionIn(shape, offset));
}

const isLarger = ({ unclipped, size }: ReceptiveField): boolean => unclipped.window.some((extent, axis) => extent > (size[axis] ?? 0));

describe('500 networks with positive weights and inputs: where the gradient is not zero, there and nowhere else is the receptive field', () => {
  const larger: Network[] = [];

  test('of the input', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const x = input('x', network.input, { dtype: 'float64' });
        const y = build(x, network);
        const at = positionIn(literalShape(y.shape) ?? [], network.at);
        const field = receptiveField(y, x, { at });
        expect(elementsOf(field.clipped)).toEqual(nonZero(y, at, x, { x: positive(network.input, 5) }));
        if (isLarger(field)) larger.push(network);
      }),
      seeded(500),
    );
    expect(larger.length, 'some receptive fields are larger than the input').toBeGreaterThan(50);
  });

  // The gradient of a network is one: of adjoints, from dy to dx.
  test('of dy, in the network that is the gradient', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const x = constant(positive(network.input, 5), { dtype: 'float64' });
        const y = build(x, network);
        const shape = literalShape(y.shape) ?? [];
        const dy = input('dy', shape, { dtype: 'float64' });
        const [dx] = grad(sum(mul(y, dy)), [x]);
        const at = positionIn(network.input, network.at);
        expect(elementsOf(receptiveField(dx, dy, { at }).clipped)).toEqual(nonZero(dx, at, dy, { dy: positive(shape, 6) }));
      }),
      seeded(500),
    );
  });

  test('of a kernel that meets a padded picture', () => {
    const axis = fc.record({ size: fc.integer({ min: 1, max: 5 }), window: fc.integer({ min: 1, max: 3 }), stride: fc.integer({ min: 1, max: 3 }), dilation: fc.integer({ min: 1, max: 2 }), spread: fc.integer({ min: 1, max: 2 }), low: fc.nat(4), high: fc.nat(4) });
    const fits = ({ size, window, dilation, spread, low, high }: { size: number; window: number; dilation: number; spread: number; low: number; high: number }): boolean =>
      (size - 1) * spread + 1 + low + high >= (window - 1) * dilation + 1;
    fc.assert(
      fc.property(fc.array(axis.filter(fits), { minLength: 1, maxLength: 2 }), fc.nat(1), fc.nat(1000), (axes, more, chosen) => {
        const groups = 1 + more;
        const w = input('w', [2 * groups, 2, ...axes.map(({ window }) => window)], { dtype: 'float64' });
        const x = constant(positive([2, 2 * groups, ...axes.map(({ size }) => size)], 5), { dtype: 'float64' });
        const y = correlate(x, w, { groups, strides: axes.map(({ stride }) => stride), dilations: axes.map(({ dilation }) => dilation), inputDilations: axes.map(({ spread }) => spread), padding: axes.map(({ low, high }) => [low, high] as const) });
        const at = positionIn(literalShape(y.shape) ?? [], chosen);
        expect(elementsOf(receptiveField(y, w, { at }).clipped)).toEqual(nonZero(y, at, w, { w: positive(literalShape(w.shape) ?? [], 6) }));
      }),
      seeded(200),
    );
  });
});
