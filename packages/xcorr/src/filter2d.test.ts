import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auto, compile, evaluate, filter2d, grad, input, mul, square, sum, type Border, type Dimension, type Filter2dOptions, type NdArray, type Tensor } from './index.ts';

// What a filter means is tested beside filter2d, on the reference interpreter; here the same filters are compiled. All
// sums are of whole numbers, so that results are equal to the digit.

/** A filter with everything it is asked for. */
interface Drawn {
  readonly image: readonly (readonly number[])[];
  readonly kernel: readonly (readonly number[])[];
  readonly options: Filter2dOptions;
}

function rows(height: number, width: number): fc.Arbitrary<number[][]> {
  return fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: width, maxLength: width }), { minLength: height, maxLength: height });
}

const borders = fc.constantFrom<Border[]>('zero', { constant: 3 }, 'edge', 'reflect', 'symmetric', 'wrap');

/** Pictures of up to 5 x 5 elements, kernels of up to three times as many rows and columns. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({ height: fc.integer({ min: 1, max: 5 }), width: fc.integer({ min: 1, max: 5 }), size: fc.constantFrom('same', 'valid', 'full'), border: borders, convolve: fc.boolean() })
  .chain(({ height, width, ...asked }) => {
    const times = asked.size === 'valid' ? 1 : 3;
    return fc.tuple(fc.constant({ height, width, asked }), fc.integer({ min: 1, max: times * height }), fc.integer({ min: 1, max: times * width }));
  })
  .chain(([{ height, width, asked }, h, w]) => {
    const origin = fc.tuple(...[h, w].map((taps) => fc.integer({ min: -Math.floor(taps / 2), max: Math.ceil(taps / 2) - 1 })));
    return fc.record({ image: rows(height, width), kernel: rows(h, w), origin: asked.size === 'same' ? fc.option(origin) : fc.constant(null) }).map(({ image, kernel, origin: at }) => {
      const [row = 0, column = 0] = at ?? [];
      return { image, kernel, options: at === null ? asked : { ...asked, origin: [row, column] as const } };
    });
  });

const seeded = { seed: 20_261_122, numRuns: 500 };

/** Shape and elements, the two zeros as one. */
function seen({ shape, data }: NdArray): readonly unknown[] {
  return [shape, Array.from(data, (value) => value + 0)];
}

function wanted({ image, kernel, options }: Drawn): readonly unknown[] {
  return seen(evaluate(filter2d(image, kernel, options)));
}

describe('any border, size, origin and kernel, compiled', () => {
  test('for a picture whose size is known, with taps that are known', () => {
    fc.assert(
      fc.property(drawn, (each) => {
        const X = input('X', [each.image.length, each.image[0]?.length ?? 0]);
        const program = compile({ inputs: { X }, outputs: { y: filter2d(X, each.kernel, each.options) } }, auto());
        expect(seen(program.run({ X: each.image }).y)).toEqual(wanted(each));
      }),
      seeded,
    );
  });

  test('for a picture of any size, with taps that are fed', () => {
    fc.assert(
      fc.property(drawn, (each) => {
        const X = input('X', ['H', 'W']);
        const K = input('K', [each.kernel.length, each.kernel[0]?.length ?? 0]);
        const program = compile({ inputs: { X, K }, outputs: { y: filter2d(X, K, each.options) } }, auto());
        expect(seen(program.run({ X: each.image, K: each.kernel }).y)).toEqual(wanted(each));
      }),
      seeded,
    );
  });

  test('for a picture of any size, with taps that are known', () => {
    fc.assert(
      fc.property(drawn, (each) => {
        const X = input('X', ['H', 'W']);
        const program = compile({ inputs: { X }, outputs: { y: filter2d(X, each.kernel, each.options) } }, auto());
        expect(seen(program.run({ X: each.image }).y)).toEqual(wanted(each));
      }),
      { ...seeded, numRuns: 100 },
    );
  });
});

/** The slopes of half the squared filter by picture and taps, and those of the first ones' sums: they see all that is folded back. */
function slopes({ kernel, options }: Drawn, [height, width]: readonly [Dimension, Dimension]): { readonly inputs: Record<'X' | 'K', Tensor>; readonly outputs: Record<'dX' | 'dK' | 'ddX' | 'ddK', Tensor> } {
  const X = input('X', [height, width], { dtype: 'float64' });
  const K = input('K', [kernel.length, kernel[0]?.length ?? 0], { dtype: 'float64' });
  const [dX, dK] = grad(mul(0.5, sum(square(filter2d(X, K, options)))), [X, K]);
  const [ddX, ddK] = grad(sum(dX), [X, K]);
  return { inputs: { X, K }, outputs: { dX, dK, ddX, ddK } };
}

test('gradients by the picture and by the taps, first and second order, compiled', () => {
  fc.assert(
    fc.property(drawn, (each) => {
      const sizes = [each.image.length, each.image[0]?.length ?? 0] as const;
      const feeds = { X: each.image, K: each.kernel };
      const { outputs } = slopes(each, sizes);
      for (const shape of [sizes, ['H', 'W']] as const) {
        const got = compile(slopes(each, shape), auto()).run(feeds);
        for (const name of ['dX', 'dK', 'ddX', 'ddK'] as const) expect([name, ...seen(got[name])]).toEqual([name, ...seen(evaluate(outputs[name], feeds))]);
      }
    }),
    { ...seeded, numRuns: 60 },
  );
});

test('pictures that the kernel outreaches and pictures that hold it: one program for all of them, and one for each', () => {
  const kernel = Array.from({ length: 7 }, (_, row) => Array.from({ length: 7 }, (_, column) => ((row * 7 + column * 3) % 5) - 2));
  for (const border of ['zero', 'edge', 'reflect', 'symmetric', 'wrap'] as const) {
    const options: Filter2dOptions = { border, origin: [-3, 2] };
    const compiled = (height: Dimension, width: Dimension): ((image: Drawn['image']) => NdArray) => {
      const photo = input('photo', [height, width]);
      const program = compile({ inputs: { photo }, outputs: { y: filter2d(photo, kernel, options) } }, auto());
      return (image) => program.run({ photo: image }).y;
    };
    const ofAnySize = compiled('H', 'W');
    for (const [height, width] of [[1, 1], [2, 40], [40, 3], [33, 34]] as const) {
      const image = Array.from({ length: height }, (_, row) => Array.from({ length: width }, (_, column) => ((row * 11 + column * 5) % 13) - 6));
      const want = wanted({ image, kernel, options });
      expect(seen(ofAnySize(image))).toEqual(want);
      expect(seen(compiled(height, width)(image))).toEqual(want);
    }
  }
});
