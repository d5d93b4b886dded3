import { add, broadcast, concat, conv2d, corr2d, correlate, div, flip, grad, input, matmul, mean, mul, NdArray, neg, pad, relu, reshape, select, slice, square, state, sub, sum, tanh, transpose, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomFeeds, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { farthest } from '../../testing/values.ts';
import { certify } from '../certify/certify.ts';
import { foldConstants } from './fold-constants.ts';
import { moveFactors } from './move-factors.ts';

const x = input('x', [1, 1, 8, 9]);
const w = state('w', new NdArray([2, 1, 3, 3], pseudoRandom(18)));
const c = state('c', 0.3);

function after(...tensors: readonly Tensor[]): string {
  return print(Object.fromEntries(moveFactors.run(foldConstants.run(tensors)).map((tensor, position) => [`y${position}`, tensor])));
}

/** The shapes of products and quotients in a text. */
function multiplied(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /= (?:mul|div)\(.*: float32 (.*)$/.exec(line)?.[1] ?? []);
}

describe('a scalar factor stands where there are fewest elements', () => {
  test('correlate(c * x, w) = c * correlate(x, w): behind it, where that has fewer', () => {
    const y = correlate(mul(x, c), conv2d(x, slice(w, { stop: [1] })));
    expect(after(y)).toMatchInlineSnapshot(`
      "%0 = state("c", 0.30000001192092896) : float32 []
      %1 = broadcast(%0) : float32 [1, 1, 3, 3]
      %2 = input("x") : float32 [1, 1, 8, 9]
      %3 = state("w", [[[[0.25414788722991943, -0.9945285320281982, 0.05489407852292061], [0.962101936340332, 0.9367557764053345, -0.43779298663139343], [0.2256777286529541, 0.44148626923561096, -0.14840608835220337]]], [[[0.9896458983421326, -0.08945774286985397, -0.022423364222049713], [-0.7221328616142273, -0.1925104707479477, -0.5049521923065186], [-0.691013753414154, -0.021712210029363632, -0.8652602434158325]]]]) : float32 [2, 1, 3, 3]
      %4 = slice(%3, start=[0, 0, 0, 0], stop=[1, 1, 3, 3], step=[1, 1, 1, 1]) : float32 [1, 1, 3, 3]
      %5 = correlate(%2, %4, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 6, 7]
      %6 = correlate(%2, %5, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 3, 3]
      %7 = mul(%1, %6) : float32 [1, 1, 3, 3]
      return { "y0": %7 }
      "
    `);
  });

  test('correlate(c * x, w) = correlate(x, c * w): on the kernel, where that has fewer', () => {
    expect(after(square(conv2d(mul(0.1, x), w)))).toMatchInlineSnapshot(`
      "%0 = input("x") : float32 [1, 1, 8, 9]
      %1 = constant(0.10000000149011612) : float32 []
      %2 = broadcast(%1) : float32 [2, 1, 3, 3]
      %3 = state("w", [[[[0.25414788722991943, -0.9945285320281982, 0.05489407852292061], [0.962101936340332, 0.9367557764053345, -0.43779298663139343], [0.2256777286529541, 0.44148626923561096, -0.14840608835220337]]], [[[0.9896458983421326, -0.08945774286985397, -0.022423364222049713], [-0.7221328616142273, -0.1925104707479477, -0.5049521923065186], [-0.691013753414154, -0.021712210029363632, -0.8652602434158325]]]]) : float32 [2, 1, 3, 3]
      %4 = mul(%2, %3) : float32 [2, 1, 3, 3]
      %5 = correlate(%0, %4, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 2, 6, 7]
      %6 = mul(%5, %5) : float32 [1, 2, 6, 7]
      return { "y0": %6 }
      "
    `);
  });

  test('c * correlate(x, W) = correlate(x, c * W): into taps that are known, whatever the shape it is given', () => {
    const image = input('image', ['H', 'W']);
    expect(after(mul(corr2d(image, [[0.3, 0.7], [0.1, -2]]), 0.5))).toMatchInlineSnapshot(`
      "%0 = input("image") : float32 [H, W]
      %1 = reshape(%0) : float32 [1, 1, H, W]
      %2 = constant(0.5) : float32 []
      %3 = broadcast(%2) : float32 [1, 1, 2, 2]
      %4 = constant([[[[0.30000001192092896, 0.699999988079071], [0.10000000149011612, -2]]]]) : float32 [1, 1, 2, 2]
      %5 = mul(%3, %4) : float32 [1, 1, 2, 2]
      %6 = correlate(%1, %5, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, H - 1, W - 1]
      %7 = reshape(%6) : float32 [H - 1, W - 1]
      return { "y0": %7 }
      "
    `);
  });

  test.each<readonly [string, Tensor]>([
    ['of ones and zeros: they need no multiplication', mul(conv2d(x, [[[[1, 1, 1], [1, 0, -1], [1, 1, 1]]]]), 0.3)],
    ['of a result that is wanted without it, too', add(mul(conv2d(x, [[[[0.3, 2]]]]), 0.3), square(conv2d(x, [[[[0.3, 2]]]])))],
  ])('not into taps %s', (_, y) => {
    expect(moveFactors.run([y])[0]).toBe(y);
  });

  test.each<readonly [string, Tensor]>([
    ['sums', sum(mul(c, x))],
    ['quotients by a scalar', sum(div(x, c))],
    ['broadcasts of a computed scalar', sum(mul(x, broadcast(reshape(tanh(c), [1, 1, 1, 1]), x.shape)))],
    ['movements', sum(slice(flip(transpose(reshape(pad(mul(c, x), { low: [0, 0, 1] }), [9, 9]))), { start: [2] }))],
    ['products with what carries none', sum(mul(mul(c, x), square(x)))],
    ['additions of what carries it', sum(add(flip(mul(c, x)), mul(c, x)))],
    ['concatenations of what carries it', sum(concat([mul(c, x), flip(mul(c, x))], 2))],
    ['choices of it or of nothing', sum(select(square(x), mul(c, x), 0))],
    ['matrix products', sum(matmul(reshape(mul(c, x), [8, 9]), input('z', [9, 20])))],
    ['means', mean(neg(mul(c, x)))],
  ])('through %s', (_, y) => {
    const [before, behind] = [multiplied(print({ y })), multiplied(after(y))];
    // It was multiplied by where there are many elements, and is where there is one.
    expect([behind.length, behind.filter((shape) => shape === '[]').length - before.filter((shape) => shape === '[]').length]).toEqual([before.length, 1]);
  });

  test.each<readonly [string, Tensor]>([
    ['a square', sum(square(mul(c, x)))],
    ['an addition of what carries none', sum(add(mul(c, x), square(x)))],
    ['a choice of something else', sum(select(square(x), mul(c, x), 1))],
    ['a choice that it decides', sum(select(mul(c, x), mul(c, x), 0))],
    ['a pad of another number', sum(pad(mul(c, x), { low: [0, 0, 1], value: 1 }))],
    ['a quotient by it', sum(div(square(x), mul(c, x)))],
    ['a function that is not linear', sum(tanh(mul(c, x)))],
  ])('not through %s', (_, y) => {
    expect(moveFactors.run([y])[0]).toBe(y);
  });

  test('not where it is wanted itself', () => {
    const scaled = mul(c, x);
    expect(moveFactors.run([scaled, sum(scaled)])[0]).toBe(scaled);
  });

  test('several factors go their own ways', () => {
    expect(after(sum(mul(mul(0.3, x), c)))).toMatchInlineSnapshot(`
      "%0 = state("c", 0.30000001192092896) : float32 []
      %1 = constant(0.30000001192092896) : float32 []
      %2 = input("x") : float32 [1, 1, 8, 9]
      %3 = sum(%2, [0, 1, 2, 3]) : float32 []
      %4 = mul(%1, %3) : float32 []
      %5 = mul(%0, %4) : float32 []
      return { "y0": %5 }
      "
    `);
  });
});

/** Two layers, their loss and its gradients. */
function twoLayers(size: number | string): { readonly loss: Tensor; readonly gradients: readonly Tensor[]; readonly inputs: Readonly<Record<string, Tensor>>; readonly state: Readonly<Record<string, Tensor>> } {
  const inputs = { image: input('image', [2, 1, size, size]), wanted: input('wanted', [2, 1, size, size]) };
  const layers = { first: state('first', new NdArray([3, 1, 3, 3], pseudoRandom(27, 1))), second: state('second', new NdArray([1, 3, 3, 3], pseudoRandom(27, 2))) };
  const loss = mean(square(sub(conv2d(relu(conv2d(inputs.image, layers.first, { padding: 1 })), layers.second, { padding: 1 }), inputs.wanted)));
  return { loss, gradients: grad(loss, [layers.first, layers.second]), inputs, state: layers };
}

test.each([16, 'S'])('of a step of two layers of %s, kernels alone are multiplied', (size) => {
  const { gradients } = twoLayers(size);
  // Of a size that is known the factors are numbers; of another one they are computed, scalars.
  const shapes = moveFactors.run(foldConstants.run(gradients)).flatMap((gradient) => multiplied(print({ gradient })));
  expect(new Set(shapes)).toEqual(new Set(typeof size === 'number' ? ['[3, 1, 3, 3]', '[1, 3, 3, 3]'] : ['[]', '[3, 1, 3, 3]', '[1, 3, 3, 3]']));
});

test('a step of two layers is certified', () => {
  const { loss, gradients: [one, two], inputs, state: layers } = twoLayers(5);
  if (one === undefined || two === undefined) throw new TypeError('a gradient each');
  const [first, second] = Object.values(layers);
  if (first === undefined || second === undefined) throw new TypeError('two layers');
  expect(certify({ inputs, outputs: { loss }, updates: [[first, sub(first, mul(0.1, one))], [second, sub(second, mul(0.1, two))]] }, direct()).stages).toContain('after move factors');
});

test('every graph keeps its values but for rounding', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, (choices, sizes) => {
      const roots = Object.values(randomGraph(choices, sizes).outputs);
      expect(farthest(roots, moveFactors.run(roots), randomFeeds(sizes))).toBeLessThan(1e-9);
    }),
    { ...seeded(150), endOnFailure: true },
  );
});
