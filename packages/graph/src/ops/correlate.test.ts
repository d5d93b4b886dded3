import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOf, innerProduct, point } from '../../testing/points.ts';
import { seeded } from '../../testing/seeded.ts';
import { grad } from '../grad.ts';
import { evaluate } from '../interpreter/interpret.ts';
import { NdArray } from '../ndarray.ts';
import { conv2d, convolve2d, corr2d } from './convolution.ts';
import { correlate, type CorrelateOptions } from './correlate.ts';
import { add, mul } from './elementwise.ts';
import { flip, reshape, slice, transpose } from './movement.ts';
import { sum } from './reduce.ts';
import { arange, constant, input } from './source.ts';

// Small whole numbers: sums are exact, so laws hold to the bit.
const whole = fc.integer({ min: -4, max: 4 });

function wholes(shape: readonly number[]): fc.Arbitrary<NdArray> {
  const count = countOf(shape);
  return fc.array(whole, { minLength: count, maxLength: count }).map((data) => point(shape, data));
}

/** One spatial axis and whatever correlate can do along it. */
interface Drawn {
  readonly x: NdArray;
  readonly w: NdArray;
  readonly options: {
    readonly strides: number;
    readonly dilations: number;
    readonly inputDilations: number;
    readonly groups: number;
    readonly padding: readonly [readonly [number, number]];
  };
}

const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    size: fc.integer({ min: 1, max: 6 }),
    window: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 3 }),
    dilations: fc.integer({ min: 1, max: 2 }),
    inputDilations: fc.integer({ min: 1, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    low: fc.integer({ min: -2, max: 3 }),
    high: fc.integer({ min: -2, max: 3 }),
    batch: fc.integer({ min: 1, max: 2 }),
  })
  .filter(({ size, window, dilations, inputDilations, low, high }) => (size - 1) * inputDilations + 1 + low + high >= (window - 1) * dilations + 1)
  .chain(({ size, window, low, high, batch, ...rest }) =>
    fc.record({
      x: wholes([batch, 2 * rest.groups, size]),
      w: wholes([3 * rest.groups, 2, window]),
      options: fc.constant({ ...rest, padding: [[low, high]] as const }),
    }),
  );

/** The documented sum, written as one would by hand: spread, pad, slide. */
function byHand({ x, w, options: { strides, dilations, inputDilations, groups, padding } }: Drawn): readonly number[] {
  const [batch = 1, channels = 1, size = 1] = x.shape;
  const [outputs = 1, perGroup = 1, window = 1] = w.shape;
  const [[low, high]] = padding;
  const padded = (n: number, c: number): readonly number[] => {
    const row = Array.from({ length: size }, (_, index) => x.data[(n * channels + c) * size + index] ?? Number.NaN);
    const spread = row.flatMap((value, index) => (index === 0 ? [value] : [...Array.from({ length: inputDilations - 1 }, () => 0), value]));
    const zeros = (count: number): readonly number[] => Array.from({ length: Math.max(0, count) }, () => 0);
    const whole = [...zeros(low), ...spread, ...zeros(high)];
    return whole.slice(Math.max(0, -low), whole.length - Math.max(0, -high));
  };
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < outputs; o++) {
      const group = Math.floor(o / (outputs / groups));
      const rows = Array.from({ length: perGroup }, (_, c) => padded(n, group * perGroup + c));
      const length = rows[0]?.length ?? 0;
      for (let at = 0; at + (window - 1) * dilations < length; at += strides) {
        let total = 0;
        rows.forEach((row, c) => {
          for (let tap = 0; tap < window; tap++) total += (row[at + tap * dilations] ?? Number.NaN) * (w.data[(o * perGroup + c) * window + tap] ?? Number.NaN);
        });
        result.push(total);
      }
    }
  return result;
}

describe('laws', () => {
  test('it is the sum that its documentation states', () => {
    fc.assert(
      fc.property(drawn, (each) => {
        expect(Array.from(evaluate(correlate(each.x, each.w, each.options)).data)).toEqual(byHand(each).map((value) => value + 0));
      }),
      seeded(500),
    );
  });

  // <y, corr(x, w)> = <corrT(y, w), x>, and the same with respect to w.
  test('its gradients are its adjoints', () => {
    fc.assert(
      fc.property(drawn, fc.nat(1000), ({ x, w, options }, seed) => {
        const [X, K] = [input('X', x.shape, { dtype: 'float64' }), input('K', w.shape, { dtype: 'float64' })];
        const result = correlate(X, K, options);
        const value = evaluate(result, { X: x, K: w });
        const y = point(value.shape, Array.from(value.data, (_, index) => ((index * 7 + seed) % 11) - 5));
        const [adjointToX, adjointToK] = grad(sum(mul(result, y)), [X, K]);
        expect(innerProduct(evaluate(adjointToX, { X: x, K: w }), x)).toBe(innerProduct(y, value));
        expect(innerProduct(evaluate(adjointToK, { X: x, K: w }), w)).toBe(innerProduct(y, value));
      }),
      seeded(200),
    );
  });

  test('it is linear in the input and in the kernel', () => {
    const pairs = drawn.chain(({ x, w, options }) => fc.record({ x: fc.constant(x), w: fc.constant(w), other: wholes(x.shape), kernel: wholes(w.shape), options: fc.constant(options) }));
    fc.assert(
      fc.property(pairs, whole, ({ x, w, other, kernel, options }, a) => {
        const [X, other2, K, kernel2] = [constant(x), constant(other), constant(w), constant(kernel)];
        expect(evaluate(correlate(add(mul(a, X), other2), K, options)).data).toEqual(evaluate(add(mul(a, correlate(X, K, options)), correlate(other2, K, options))).data);
        expect(evaluate(correlate(X, add(mul(a, K), kernel2), options)).data).toEqual(evaluate(add(mul(a, correlate(X, K, options)), correlate(X, kernel2, options))).data);
      }),
      seeded(100),
    );
  });

  test('groups are correlations beside one another', () => {
    const x = reshape(arange(24), [1, 4, 6]);
    const w = reshape(arange(24), [6, 2, 2]);
    const together = correlate(x, w, { groups: 2 });
    const group = (index: number): unknown =>
      evaluate(correlate(slice(x, { start: [0, 2 * index], stop: [1, 2 * index + 2] }), slice(w, { start: [3 * index], stop: [3 * index + 3] }))).toNested();
    expect(evaluate(slice(together, { stop: [1, 3] })).toNested()).toEqual(group(0));
    expect(evaluate(slice(together, { start: [0, 3] })).toNested()).toEqual(group(1));
  });
});

describe('strict convolution', () => {
  const images = fc.tuple(fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 5 })).chain((shape) => wholes(shape));
  const kernels = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).chain((shape) => wholes(shape));

  test('it is correlation with the flipped kernel', () => {
    fc.assert(
      fc.property(images, kernels, (x, w) => {
        expect(evaluate(convolve2d(x, w)).toNested()).toEqual(evaluate(corr2d(x, flip(w))).toNested());
        expect(evaluate(convolve2d(x, flip(w))).toNested()).toEqual(evaluate(corr2d(x, w)).toNested());
      }),
      seeded(50),
    );
  });

  test('in full it is commutative, as correlation is not', () => {
    fc.assert(
      fc.property(images, kernels, (x, w) => {
        expect(evaluate(convolve2d(x, w, { padding: 'full' })).toNested()).toEqual(evaluate(convolve2d(w, x, { padding: 'full' })).toNested());
      }),
      seeded(50),
    );
    const [x, w] = [[[1, 2]], [[3, 5]]];
    expect(evaluate(corr2d(x, w, { padding: 'full' })).toNested()).not.toEqual(evaluate(corr2d(w, x, { padding: 'full' })).toNested());
  });

  test('in full it multiplies polynomials', () => {
    expect(evaluate(convolve2d([[1, 1]], [[1, 2, 1]], { padding: 'full' })).toNested()).toEqual([[1, 3, 3, 1]]);
  });
});

describe('padding', () => {
  const sizes = (options: CorrelateOptions, size = 7, window = 3): readonly unknown[] => correlate(input('x', [1, 1, size]), input('w', [1, 1, window]), options).shape.slice(2);

  test('same gives ceil(size / stride) elements', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 }), (size, window, stride, dilation) => {
        expect(sizes({ padding: 'same', strides: stride, dilations: dilation }, size, window)).toEqual([Math.ceil(size / stride)]);
      }),
      seeded(300),
    );
  });

  test('same puts the odd element at the end', () => {
    expect(evaluate(corr2d([[1, 2, 3]], [[1, 10]], { padding: 'same' })).toNested()).toEqual([[21, 32, 3]]);
  });

  test('one number, a number for each axis, and both ends of each axis', () => {
    const kernel = [[1, 1], [1, 1]];
    const shape = (padding: CorrelateOptions['padding'] & {}): unknown => corr2d(input('x', [4, 5]), kernel, { padding }).shape;
    expect(shape('valid')).toEqual([3, 4]);
    expect(shape('full')).toEqual([5, 6]);
    expect(shape(1)).toEqual([5, 6]);
    expect(shape([1, 2])).toEqual([5, 8]);
    expect(shape([[1, 0], [-1, 2]])).toEqual([4, 5]);
  });

  test('a padded position contributes nothing, whatever the tap', () => {
    const kernel = new NdArray([1, 3], Float32Array.of(Infinity, 3, Infinity));
    expect(evaluate(corr2d([[2]], kernel, { padding: [0, 1] })).toNested()).toEqual([[6]]);
  });

  test('a tap of 0 contributes nothing, whatever it meets', () => {
    const image = new NdArray([1, 3], Float32Array.of(2, Infinity, Number.NaN));
    expect(evaluate(corr2d(image, [[3, 0]])).toNested()).toEqual([[6, Infinity]]);
  });
});

test('the layouts NCHW and NHWC differ in the order of axes alone', () => {
  fc.assert(
    fc.property(wholes([2, 4, 5, 5]), wholes([2, 2, 3, 2]), fc.integer({ min: 1, max: 2 }), (x, w, strides) => {
      const options = { strides, padding: 1, groups: 2, bias: [1, -1] };
      const channelsFirst = conv2d(x, w, options);
      const channelsLast = conv2d(transpose(x, [0, 2, 3, 1]), transpose(w, [2, 3, 1, 0]), { ...options, layout: 'NHWC' });
      expect(evaluate(transpose(channelsLast, [0, 3, 1, 2])).toNested()).toEqual(evaluate(channelsFirst).toNested());
    }),
    seeded(30),
  );
});

test('the graph keeps nothing of the lists it was given', () => {
  const strides = [1, 1];
  const padding: [number, number] = [1, 1];
  const y = correlate(input('x', [1, 1, 4, 4]), input('w', [1, 1, 2, 2]), { strides, padding: [padding, padding] });
  strides[0] = 9;
  padding[0] = 9;
  expect(y.attributes).toMatchObject({ strides: [1, 1], padding: [[1, 1], [1, 1]] });
});
