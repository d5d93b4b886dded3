import { conv2d, input, interpret, NdArray, type Tensor } from '@xcorr/graph';
import { print } from '@xcorr/graph/text';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import { separatePadding } from './separate-padding.ts';

const x = input('x', [1, 2, 5, 7]);
const w = input('w', [2, 1, 2, 3]);

function separated(tensor: Tensor): Tensor {
  return separatePadding.run([tensor])[0] ?? tensor;
}

test('a padded correlation is a correlation of a padded image', () => {
  expect(print({ y: separated(conv2d(x, w, { padding: [1, [0, 2]], strides: 2, groups: 2 })) })).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [1, 2, 5, 7]
    %1 = pad(%0, low=[0, 0, 1, 0], high=[0, 0, 1, 2], interior=[0, 0, 0, 0], value=0) : float32 [1, 2, 7, 9]
    %2 = input("w") : float32 [2, 1, 2, 3]
    %3 = correlate(%1, %2, strides=[2, 2], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=2) : float32 [1, 2, 3, 4]
    return { "y": %3 }
    "
  `);
});

test('without padding and spreading there is nothing to separate', () => {
  const y = conv2d(x, w, { strides: 2, dilations: [1, 2], groups: 2 });
  expect(separated(y)).toBe(y);
});

test('nothing changes, to the bit', () => {
  const pads = fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 3 }));
  const step = fc.integer({ min: 1, max: 3 });
  const feeds = { x: new NdArray([1, 2, 5, 7], pseudoRandom(70, 1)), w: new NdArray([2, 1, 2, 3], pseudoRandom(12, 2)) };
  const [image, weight] = [input('x', [1, 2, 5, 7], { dtype: 'float64' }), input('w', [2, 1, 2, 3], { dtype: 'float64' })];
  fc.assert(
    fc.property(pads, pads, step, step, fc.integer({ min: 1, max: 2 }), (rows, columns, strides, inputDilations, dilations) => {
      const y = conv2d(image, weight, { padding: [rows, columns], strides, inputDilations, dilations, groups: 2 });
      const [before, after] = interpret([y, separated(y)], feeds);
      expect(after?.shape).toEqual(before?.shape);
      expect(after?.data.map((value) => value + 0)).toEqual(before?.data.map((value) => value + 0));
    }),
    seeded(200),
  );
});
