import { add, broadcast, constant, conv2d, corr2d, correlate, input, mul, NdArray, neg, pad, reshape, slice, square, sub, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { farthest } from '../../testing/values.ts';
import { certify } from '../certify/certify.ts';
import { passes } from '../lower-program.ts';

const better = (...tensors: readonly Tensor[]): readonly Tensor[] => passes.reduce((roots, pass) => pass.run(roots), tensors);
const after = (...tensors: readonly Tensor[]): string => print(Object.fromEntries(better(...tensors).map((tensor, at) => [`y${at}`, tensor])));
const correlations = (...tensors: readonly Tensor[]): number => after(...tensors).match(/= correlate/g)?.length ?? 0;

const x = input('x', ['H', 'W']);
const random = (rows: number, columns: number, seed: number): Tensor => constant(new NdArray([rows, columns], pseudoRandom(rows * columns, seed)));

test('correlate(correlate(x, u), v) = correlate(x, u conv v)', () => {
  expect(after(corr2d(corr2d(x, [[1, -1]]), [[1], [-1]]))).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [H, W]
    %1 = reshape(%0) : float32 [1, 1, H, W]
    %2 = constant([[[[1, -1], [-1, 1]]]]) : float32 [1, 1, 2, 2]
    %3 = correlate(%1, %2, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, H - 1, W - 1]
    %4 = reshape(%3) : float32 [H - 1, W - 1]
    return { "y0": %4 }
    "
  `);
});

test('a * correlate(x, u) + b * correlate(x, v) = correlate(x, a * u + b * v), in a common frame', () => {
  expect(after(sub(mul(0.5, corr2d(x, [[1, 2, 4]], { padding: [0, 1] })), corr2d(x, [[8], [3], [5]], { padding: [1, 0] })))).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [H, W]
    %1 = reshape(%0) : float32 [1, 1, H, W]
    %2 = pad(%1, low=[0, 0, 1, 1], high=[0, 0, 1, 1], interior=[0, 0, 0, 0], value=0) : float32 [1, 1, H + 2, W + 2]
    %3 = constant([[[[0, -8, 0], [0.5, -2, 2], [0, -5, 0]]]]) : float32 [1, 1, 3, 3]
    %4 = correlate(%2, %3, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, H, W]
    %5 = reshape(%4) : float32 [H, W]
    return { "y0": %5 }
    "
  `);
});

describe('as one', () => {
  const images = input('images', [1, 1, 'H', 'W']);
  const layers = input('layers', [2, 3, 9, 9]);
  const each = constant(new NdArray([3, 1, 2, 2], pseudoRandom(12)));
  test.each<readonly [string, Tensor, number]>([
    ['three differences', corr2d(corr2d(corr2d(x, [[1, -1]]), [[1, -1]]), [[1, -1]]), 1],
    ['two blurs of 5 x 5 taps: of 9 x 9, in two passes', corr2d(corr2d(x, [1, 4, 6, 4, 1].map((a) => [1, 4, 6, 4, 1].map((b) => a * b))), [1, 2, 3, 2, 1].map((a) => [1, 2, 3, 2, 1].map((b) => a * b))), 2],
    ['channels of their own', correlate(correlate(layers, each, { groups: 3 }), each, { groups: 3 }), 1],
    ['strides behind', corr2d(corr2d(x, [[1, -1]]), [[1], [-1]], { strides: 2 }), 1],
    ['sums of sums', add(add(corr2d(x, random(3, 3, 1)), corr2d(x, random(3, 3, 2))), neg(corr2d(x, random(3, 3, 3)))), 1],
    ['parts of a picture', sub(correlate(slice(images, { start: [0, 0, 1] }), [[[[1, 2]]]]), correlate(pad(images, { low: [0, 0, -1] }), [[[[3, 4]]]])), 1],
  ])('%s', (_, y, count) => {
    expect(correlations(y)).toBe(count);
  });
});

describe('as they are', () => {
  const [u, v] = [corr2d(x, random(1, 9, 1)), corr2d(x, random(3, 3, 2))];
  test.each<readonly [string, Tensor, number]>([
    ['two passes of many taps', corr2d(u, random(9, 1, 3)), 2],
    ['what is read in between', add(corr2d(v, [[1]], { strides: 1 }), square(v)), 2],
    ['strides in between', corr2d(corr2d(x, [[1, -1]], { strides: 2 }), [[1], [-1]]), 2],
    ['a border in between', corr2d(corr2d(x, [[1, -1]]), [[1], [-1]], { padding: 1 }), 2],
    ['sums of two pictures', add(corr2d(x, [[1, 2]]), corr2d(input('z', ['H', 'W']), [[1, 2]])), 2],
    ['sums at other strides', add(corr2d(input('s', [9, 9]), [[1, 2, 3]], { strides: [1, 2] }), corr2d(slice(input('t', [9, 9]), { stop: [9, 6] }), [[1, 2, 3]])), 2],
    ['kernels that are inputs', corr2d(corr2d(x, input('w', [1, 2])), [[1], [-1]]), 2],
  ])('%s', (_, y, count) => {
    expect(correlations(y)).toBe(count);
  });
});

const sizes = fc.integer({ min: 1, max: 3 });
const step = fc.integer({ min: 1, max: 2 });
const chains = fc.record({ h: sizes, w: sizes, h2: sizes, w2: sizes, inner: fc.tuple(step, step), outer: fc.tuple(step, step), strides: step, channels: sizes, groups: fc.boolean(), padding: fc.integer({ min: 0, max: 2 }), seed: fc.nat(1000) });

test('every chain and every sum means what it meant', () => {
  let merged = 0;
  fc.assert(
    fc.property(chains, fc.boolean(), ({ h, w, h2, w2, inner, outer, strides, channels, groups, padding, seed }, isSum) => {
      const dtype = 'float64';
      const image = input('image', [1, 2, 13, 14], { dtype });
      const kernel = (shape: readonly number[], from: number): Tensor => constant(new NdArray(shape, pseudoRandom(shape.reduce((product, size) => product * size, 1), seed + from)), { dtype });
      const own = groups ? 2 : 1;
      const between = groups ? 2 : channels;
      const first = conv2d(image, kernel([between, 2 / own, h, w], 1), { dilations: inner, padding, groups: own, ...(isSum ? { strides } : {}) });
      const y = isSum
        ? add(mul(first, 0.7), conv2d(image, kernel([between, 2 / own, h, w], 2), { dilations: inner, padding, groups: own, strides }))
        : conv2d(first, kernel([2, between / own, h2, w2], 2), { dilations: outer, strides, groups: own });
      const roots = better(y);
      if (print({ y: roots[0] ?? y }).match(/= correlate/g)?.length === 1) merged++;
      expect(farthest([y], roots, { image: new NdArray([1, 2, 13, 14], pseudoRandom(364, seed)) })).toBeLessThan(1e-12);
    }),
    seeded(80),
  );
  expect(merged).toBeGreaterThan(25);
});

test('what is merged is certified', () => {
  const image = input('image', [9, 8]);
  const chain = corr2d(corr2d(corr2d(image, [[0.3, -1]]), [[1.7], [-1]]), [[0.1, 0.7]], { dilations: 2 });
  const total = sub(mul(corr2d(image, [[0.1, 2, 1]], { padding: [0, 1] }), 0.3), corr2d(image, [[1], [7.3], [0.9]], { padding: [1, 0] }));
  expect(certify({ inputs: { image }, outputs: { chain, total } }, direct()).stages).toContain('after merge kernels');
});

test('a kernel of literals that has a named size is none that is known: it stays as it is', () => {
  const kernel = broadcast(1, [1, 1, x.shape[0] ?? 1, 1]);
  const y = correlate(reshape(x, [1, 1, ...x.shape]), kernel);
  expect(correlations(mul(2, y), y)).toBe(1);
});
