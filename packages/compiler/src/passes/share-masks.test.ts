import { add, conv2d, grad, input, less, mul, NdArray, printShape, relu, select, square, state, sum, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomFeeds, randomGraph, randomSizes } from '../../testing/random-graphs.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { farthest } from '../../testing/values.ts';
import { certify } from '../certify/certify.ts';
import { programFor } from '../compile.ts';
import { shareMasks } from './share-masks.ts';

const x = input('x', [4]);
const y = input('y', [4]);

const after = (...tensors: readonly Tensor[]): string => print(Object.fromEntries(shareMasks.run(tensors).map((tensor, position) => [`z${position}`, tensor])));

test('0 < x = 0 < relu(x)', () => {
  const masked = select(less(0, x), y, 0);
  expect(after(relu(x), masked)).toMatchInlineSnapshot(`
    "%0 = constant(0) : float32 []
    %1 = broadcast(%0) : float32 [4]
    %2 = input("x") : float32 [4]
    %3 = less(%1, %2) : float32 [4]
    %4 = select(%3, %2, %1) : float32 [4]
    %5 = less(%1, %4) : float32 [4]
    %6 = input("y") : float32 [4]
    %7 = select(%5, %6, %1) : float32 [4]
    return { "z0": %4, "z1": %7 }
    "
  `);
  // Whichever comes first.
  expect(new Set(shareMasks.run([masked, relu(x)]))).toEqual(new Set(shareMasks.run([relu(x), masked])));
});

test('where there is no relu of it a mask stays as it is', () => {
  const masked = add(select(less(0, x), y, 0), relu(y));
  expect(shareMasks.run([masked])[0]).toBe(masked);
  const other = add(select(less(0, x), y, 0), select(less(0, x), x, 1));
  expect(shareMasks.run([other])[0]).toBe(other);
});

test('of a layer and its gradient nothing keeps what it was before relu, and that is certified', () => {
  const image = input('image', [1, 1, 8, 8]);
  const w = state('w', new NdArray([2, 1, 3, 3], pseudoRandom(18)));
  const loss = sum(square(conv2d(relu(conv2d(image, w)), mul(w, 0.5), { groups: 2 })));
  const [gradient] = grad(loss, [w]);
  const spec = { inputs: { image }, outputs: { loss, gradient } };
  const ofLayer = programFor(spec, direct()).buffers.filter(({ role, shape }) => role === 'temporary' && printShape(shape) === '[1, 2, 6, 6]');
  // The result and its gradient.
  expect(ofLayer).toHaveLength(2);
  expect(certify(spec, direct()).stages).toContain('after share masks');
});

test('every graph keeps its values, to the bit', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, (choices, sizes) => {
      const roots = Object.values(randomGraph(choices, sizes).outputs);
      expect(farthest(roots, shareMasks.run(roots), randomFeeds(sizes))).toBe(0);
    }),
    seeded(100),
  );
});
