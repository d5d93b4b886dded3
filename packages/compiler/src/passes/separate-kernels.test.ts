import { cast, constant, conv2d, corr2d, correlate, input, interpret, NdArray, type Dimension, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { farthest } from '../../testing/values.ts';
import { CertificateError, certify } from '../certify/certify.ts';
import { compile } from '../compile.ts';
import { passes, passesFor } from '../lower-program.ts';
import { separateKernels } from './separate-kernels.ts';
import type { Pass } from './rewrite.ts';

const gaussian = (size: number, deviation: number): NdArray => {
  const at = (place: number): number => Math.exp(-((place - (size - 1) / 2) ** 2) / (2 * deviation ** 2));
  return new NdArray([size, size], Float64Array.from({ length: size * size }, (_, place) => Math.fround(at(Math.floor(place / size)) * at(place % size))));
};

/** One behind the other, as all passes leave them. */
const better = (...tensors: readonly Tensor[]): readonly Tensor[] => passes.reduce((roots, pass) => pass.run(roots), tensors);
const correlations = (...tensors: readonly Tensor[]): readonly string[] => [...print(Object.fromEntries(better(...tensors).map((tensor, at) => [`y${at}`, tensor]))).matchAll(/= correlate.*: (.*)/g)].map(([, shape = '']) => shape);

const binomial = constant([1, 4, 6, 4, 1].map((a) => [1, 4, 6, 4, 1].map((b) => a * b)));

test('correlate(x, u v) = correlate(correlate(x, v), u)', () => {
  const x = input('x', [1, 1, 'H', 'W']);
  const [y = x] = separateKernels.run([correlate(x, constant([[[[1, 4, 6, 4, 1], [4, 16, 24, 16, 4], [6, 24, 36, 24, 6], [4, 16, 24, 16, 4], [1, 4, 6, 4, 1]]]]), { strides: [1, 2], dilations: [2, 1] })]);
  expect(print({ y })).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [1, 1, H, W]
    %1 = cast(%0) : float64 [1, 1, H, W]
    %2 = constant([[[[1, 4, 6, 4, 1]]]]) : float64 [1, 1, 1, 5]
    %3 = correlate(%1, %2, strides=[1, 2], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float64 [1, 1, H, floor((W + 1) / 2) - 2]
    %4 = constant([[[[1], [4], [6], [4], [1]]]]) : float64 [1, 1, 5, 1]
    %5 = correlate(%3, %4, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[2, 1], inputDilations=[1, 1], groups=1) : float64 [1, 1, H - 8, floor((W + 1) / 2) - 2]
    %6 = cast(%5) : float32 [1, 1, H - 8, floor((W + 1) / 2) - 2]
    return { "y": %6 }
    "
  `);
});

describe('which kernels have two passes', () => {
  const x = input('x', [40, 50]);
  test.each<readonly [string, Tensor, number]>([
    ['3 x 3 taps: as it is', corr2d(x, [[1, 2, 1], [2, 4, 2], [1, 2, 1]]), 1],
    ['5 x 5 taps', corr2d(x, binomial), 2],
    ['with a border', corr2d(x, binomial, { padding: 'same' }), 2],
    ['with strides across', corr2d(x, binomial, { strides: [1, 2] }), 2],
    ['with strides down rows are made in between that nobody wants', corr2d(x, binomial, { strides: [3, 1] }), 1],
    ['a rounded Gaussian', corr2d(x, constant(gaussian(7, 1.3))), 2],
    ['a Gaussian of many taps', corr2d(input('large', [200, 300]), constant(gaussian(63, 9))), 2],
    ['random taps: as they are', corr2d(x, constant(new NdArray([7, 7], pseudoRandom(49)))), 1],
    ['a row of taps: as it is', corr2d(x, [[1, 2, 3, 4, 5, 6, 7, 8, 9]]), 1],
    ['a kernel that is an input', corr2d(x, input('w', [5, 5])), 1],
    ['a sum of two Gaussians: two rows of two channels', corr2d(x, constant(new NdArray([9, 9], gaussian(9, 1).data.map((tap, at) => tap + (gaussian(9, 2.5).data[at] ?? 0))))), 2],
  ])('%s', (_, y, count) => {
    expect(correlations(y)).toHaveLength(count);
  });

  test('channels of their own', () => {
    const layers = input('layers', [2, 3, 30, 30]);
    const weights = constant(new NdArray([3, 1, 7, 7], Float64Array.from([0.8, 1.3, 2].flatMap((deviation) => [...gaussian(7, deviation).data]))));
    expect(correlations(correlate(layers, weights, { groups: 3 }))).toEqual(['float64 [2, 3, 30, 24]', 'float64 [2, 3, 24, 24]']);
  });

  test('where there is no double precision, none', () => {
    expect(passesFor({ dtypes: ['float32'] })).not.toContain(separateKernels);
    expect(passesFor({})).toContain(separateKernels);
  });
});

/** Sums of products of whole numbers, in any layout. */
const layouts = fc.record({
  rank: fc.integer({ min: 1, max: 2 }),
  groups: fc.integer({ min: 1, max: 2 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  inputs: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 4, max: 7 }),
  width: fc.integer({ min: 4, max: 7 }),
  strides: fc.tuple(fc.constantFrom(1, 1, 2), fc.integer({ min: 1, max: 2 })),
  dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  padding: fc.integer({ min: 0, max: 2 }),
  seed: fc.nat(1000),
});

test('every kernel of few factors means what it meant', () => {
  let separated = 0;
  fc.assert(
    fc.property(layouts, ({ rank, groups, outputs, inputs, height, width, strides, dilations, padding, seed }) => {
      const draw = (count: number, from: number): readonly number[] => Array.from(pseudoRandom(count, seed + from), (value) => Math.round(3 * value) || 1);
      // Of a group: an output and a row of taps by r, and r by an input and a column of taps.
      const left = draw(groups * outputs * height * rank, 1);
      const right = draw(groups * rank * inputs * width, 5000);
      const shape = [groups * outputs, inputs, height, width];
      const taps = Float64Array.from({ length: groups * outputs * inputs * height * width }, (_, place) => {
        const [b, a, i, o] = [place % width, Math.floor(place / width) % height, Math.floor(place / (width * height)) % inputs, Math.floor(place / (width * height * inputs))];
        const g = Math.floor(o / outputs);
        return Array.from({ length: rank }, (__, r) => (left[(o * height + a) * rank + r] ?? 0) * (right[((g * rank + r) * inputs + i) * width + b] ?? 0)).reduce((sum, term) => sum + term, 0);
      });
      const x = input('x', [2, groups * inputs, 16, 15], { dtype: 'float64' });
      const y = conv2d(x, constant(new NdArray(shape, taps), { dtype: 'float64' }), { strides, dilations, padding, groups });
      const after = better(y);
      if (print({ y: after[0] ?? y }).match(/= correlate/g)?.length === 2) separated++;
      expect(farthest([y], after, { x: new NdArray([2, groups * inputs, 16, 15], pseudoRandom(2 * groups * inputs * 240, seed)) })).toBeLessThan(1e-12);
    }),
    seeded(60),
  );
  expect(separated).toBeGreaterThan(12);
});

describe('a certificate', () => {
  const small = (height: Dimension, width: Dimension): Tensor => input('x', [height, width]);

  test.each<readonly [string, (x: Tensor) => Tensor]>([
    ['of whole numbers', (x) => corr2d(x, binomial, { padding: 2 })],
    ['of a rounded Gaussian', (x) => corr2d(x, constant(gaussian(5, 1.1)), { padding: 'same' })],
    ['of double precision', (x) => cast(corr2d(cast(x, 'float64'), constant([1, 4, 6, 4, 1].map((a) => [1, 4, 6, 4, 1].map((b) => (a * b) / 7)), { dtype: 'float64' })), 'float32')],
  ])('%s', (_, filter) => {
    const x = small(8, 9);
    expect(certify({ inputs: { x }, outputs: { y: filter(x) } }, direct()).stages).toContain('after separate kernels');
  });

  test('knows a tap that is off by more than rounding, and a graph that is another one', () => {
    const x = small(9, 9);
    const spec = { inputs: { x }, outputs: { y: corr2d(x, constant(gaussian(5, 1.1))) } };
    const from = passes.indexOf(separateKernels);
    const withPass = (pass: Pass): readonly Pass[] => passes.with(from, pass);
    const wrong = (change: (roots: readonly Tensor[]) => readonly Tensor[]): Pass => ({ ...separateKernels, approximated: (roots) => separateKernels.approximated?.(change(roots)) ?? roots });
    const otherTaps = (roots: readonly Tensor[]): readonly Tensor[] => {
      const other = corr2d(x, constant(gaussian(5, 1.1 + 3e-7)));
      return roots.length === 1 ? passes.slice(0, from).reduce<readonly Tensor[]>((each, pass) => pass.run(each), [other]) : roots;
    };
    expect(() => certify(spec, direct(), { passes: withPass(separateKernels) })).not.toThrow();
    expect(() => certify(spec, direct(), { passes: withPass(wrong(otherTaps)) })).toThrow(new CertificateError('certify: separate kernels takes something for a constant [1, 1, 5, 5] that differs from it by more than rounding'));
    expect(() => certify(spec, direct(), { passes: withPass(wrong(() => [corr2d(x, binomial, { padding: -1 })])) })).toThrow(CertificateError);
  });
});

test('what comes out is within two units of what the definition gives', () => {
  const x = input('x', [30, 31]);
  const y = corr2d(x, constant(gaussian(9, 1.7)));
  const picture = new NdArray([30, 31], Float32Array.from(pseudoRandom(930)));
  const { data } = compile({ inputs: { x }, outputs: { y } }, direct()).run({ x: picture }).y;
  const [exact, bound] = interpret([y, corr2d(input('a', [30, 31]), constant(gaussian(9, 1.7)))], { x: picture, a: new NdArray([30, 31], Float32Array.from(picture.data, Math.abs)) });
  expect(data.every((value, at) => Math.abs(value - (exact?.data[at] ?? Number.NaN)) <= 2 * 2 ** -24 * (bound?.data[at] ?? 0))).toBe(true);
});
