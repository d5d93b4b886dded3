import { add, arange, broadcast, constant, corr2d, exp, extend, full, grad, input, interpret, mul, NdArray, reshape, sum, transpose, windows, zeros, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomChoices, randomFeeds, randomOutputs, randomSizes } from '../../testing/random-graphs.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { foldConstants } from './fold-constants.ts';

function after(tensor: Tensor): string {
  return print({ y: foldConstants.run([tensor])[0] ?? tensor });
}

describe('f(constants) = a constant', () => {
  test('what is known is computed when the program is made', () => {
    const taps = mul(transpose(constant([[1, 2], [3, 4]])), 10);
    expect(after(corr2d(input('x', [3, 3]), taps))).toMatchInlineSnapshot(`
      "%0 = input("x") : float32 [3, 3]
      %1 = reshape(%0) : float32 [1, 1, 3, 3]
      %2 = constant([[[[10, 30], [20, 40]]]]) : float32 [1, 1, 2, 2]
      %3 = correlate(%1, %2, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 2, 2]
      %4 = reshape(%3) : float32 [2, 2]
      return { "y": %4 }
      "
    `);
  });

  test('whatever the primitives on the way', () => {
    expect(after(sum(windows(reshape(arange(9), [3, 3]), [2, 2]), { axes: [0, 1] }))).toBe('%0 = constant([[8, 12], [20, 24]]) : float32 [2, 2]\nreturn { "y": %0 }\n');
  });

  test('a pattern of one number stays a pattern: it is read through its index', () => {
    expect(after(broadcast(constant([1, 2]), [100, 2]))).toContain('broadcast');
    expect(after(add(zeros([100, 2]), 1))).toContain('constant');
  });

  test('what depends on a feed, on a size or on a state is left alone', () => {
    const x = input('x', ['H']);
    const y = mul(x, exp(full(['H'], 2)));
    expect(foldConstants.run([y])[0]).toBe(y);
  });

  test('what would take more room than its computation is worth is left alone', () => {
    const large = exp(reshape(arange(4097), [4097]));
    expect(foldConstants.run([large])[0]).toBe(large);
    expect(foldConstants.run([exp(arange(4096))])[0]?.primitive).toBe('constant');
  });
});

test.each(['edge', 'reflect', 'symmetric', 'wrap'] as const)('what was extended by %s is folded back in the order of the definition, to the bit', (mode) => {
  const x = input('x', [3], { dtype: 'float64' });
  for (let seed = 1; seed <= 20; seed++) {
    const weights = constant(new NdArray([15], pseudoRandom(15, seed).map((value) => value / 3)), { dtype: 'float64' });
    const [gathered] = grad(sum(mul(extend(x, { mode, low: [7], high: [5] }), weights)), [x]);
    if (gathered === undefined) throw new TypeError('there is a gradient for each source');
    const [folded] = foldConstants.run([gathered]);
    expect(folded?.primitive).toBe('constant');
    expect(folded === undefined ? [] : interpret([folded])[0]?.data).toEqual(interpret([gathered])[0]?.data);
  }
});

test('a graph of constants becomes the constants that it means', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, (choices, sizes) => {
      const { X, Y, K } = randomFeeds(sizes);
      const dtype = 'float64';
      const roots = Object.values(randomOutputs(choices, { X: constant(X, { dtype }), Y: constant(Y, { dtype }), K: constant(K, { dtype }) }));
      const folded = foldConstants.run(roots);
      interpret(roots).forEach(({ data }, position) => {
        const root = folded[position];
        expect(['constant', 'broadcast']).toContain(root?.primitive);
        expect(interpret(root === undefined ? [] : [root])[0]?.data.map((value) => value + 0)).toEqual(data.map((value) => value + 0));
      });
    }),
    seeded(40),
  );
});
