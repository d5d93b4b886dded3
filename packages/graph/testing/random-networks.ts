import fc from 'fast-check';
import {
  add,
  averagePool,
  cast,
  concat,
  constant,
  conv2d,
  correlate,
  correlateTransposed,
  div,
  extend,
  flip,
  literalShape,
  matmul,
  mul,
  NdArray,
  overlapAdd,
  pad,
  reshape,
  slice,
  sqrt,
  sum,
  take,
  transpose,
  windows,
  type Tensor,
} from '../src/index.ts';
import { countOf } from './points.ts';
import { pseudoRandom } from './seeded.ts';

/** Positive numbers: nothing that is read cancels, and no gradient vanishes. */
export function positive(shape: readonly number[], seed: number): NdArray {
  return new NdArray(shape, pseudoRandom(countOf(shape), seed).map((value) => 0.625 + value / 2.5));
}

/** One layer: which, and four numbers that it takes its attributes from. */
export interface Layer {
  readonly kind: keyof typeof layers;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

type Attributes = Omit<Layer, 'kind'>;

const sizesOf = (x: Tensor): readonly [number, number, number, number] => {
  const [n = 1, c = 1, h = 1, w = 1] = literalShape(x.shape) ?? [];
  return [n, c, h, w];
};

const weight = (shape: readonly number[], seed: number): Tensor => constant(positive(shape, seed), { dtype: 'float64' });

/** A layer from [N, C, H, W] to the same; the tensor itself where it does not fit. Weights are positive, and so are results of positive inputs. */
const layers = {
  conv: (x: Tensor, { a, b, c, d }: Attributes): Tensor => {
    const [, channels, height, width] = sizesOf(x);
    const groups = channels % 2 === 0 && a % 3 === 0 ? 2 : 1;
    const window = [1 + (a % 3), 1 + (b % 3)] as const;
    const dilations = [1 + (c % 2), 1 + (d % 2)] as const;
    const padding = [
      [b % 3, c % 3],
      [d % 2, a % 4],
    ] as const;
    const fits = height + (b % 3) + (c % 3) > (window[0] - 1) * dilations[0] && width + (d % 2) + (a % 4) > (window[1] - 1) * dilations[1];
    if (!fits) return x;
    const w = weight([groups * (1 + (d % 2)), channels / groups, ...window], a + b);
    return conv2d(x, w, { strides: [1 + (d % 3), 1 + (c % 2)], padding, dilations, groups, bias: weight([groups * (1 + (d % 2))], c) });
  },
  spread: (x: Tensor, { a, b, c, d }: Attributes): Tensor =>
    correlate(x, weight([1 + (d % 2), sizesOf(x)[1], 2, 1 + (c % 2)], b), { inputDilations: [1 + (a % 2), 2], padding: [[1, b % 3], [c % 2, 1]], strides: [1, 1 + (d % 2)] }),
  transposed: (x: Tensor, { a, b, c, d }: Attributes): Tensor =>
    correlateTransposed(x, weight([sizesOf(x)[1], 1 + (d % 2), 1 + (a % 3), 2], c), { strides: [1 + (b % 2), 1 + (c % 2)] }),
  cropped: (x: Tensor, { a, b }: Attributes): Tensor => {
    const [, channels, height, width] = sizesOf(x);
    return height < 4 || width < 4 ? x : conv2d(x, weight([1, channels, 1, 2], a), { padding: [[-(a % 2), b % 2], [b % 2, -1]] });
  },
  pool: (x: Tensor, { a, b, c }: Attributes): Tensor => {
    const [, , height, width] = sizesOf(x);
    const size = [Math.min(height, 1 + (a % 3)), Math.min(width, 1 + (b % 3))] as const;
    return averagePool(x, size, { strides: [1 + (c % 3), 1 + (b % 2)], padding: c % 2 === 0 ? 'valid' : 'same' });
  },
  border: (x: Tensor, { a, b, c, d }: Attributes): Tensor =>
    extend(x, { mode: (['edge', 'reflect', 'symmetric', 'wrap'] as const)[a % 4] ?? 'edge', low: [0, 0, b % 4, c % 3], high: [0, 0, d % 3, a % 5] }),
  padded: (x: Tensor, { a, b, c, d }: Attributes): Tensor => pad(x, { low: [0, 0, a % 3, b % 2], high: [0, 0, c % 2, d % 3], interior: [0, 0, b % 2, a % 2], value: 0.5 }),
  sliced: (x: Tensor, { a, b, c }: Attributes): Tensor => {
    const [, , height, width] = sizesOf(x);
    return slice(x, { start: [0, 0, a % height, b % width], step: [1, 1, 1 + (c % 3), 1 + (a % 2)] });
  },
  flipped: (x: Tensor, { a }: Attributes): Tensor => flip(x, a % 2 === 0 ? [2] : [2, 3]),
  turned: (x: Tensor): Tensor => transpose(x, [0, 1, 3, 2]),
  last: (x: Tensor, { a, b }: Attributes): Tensor => {
    const channels = sizesOf(x)[1];
    return transpose(conv2d(transpose(x, [0, 2, 3, 1]), weight([1, 1, channels, 1 + (a % 3)], b), { layout: 'NHWC' }), [0, 3, 1, 2]);
  },
  taken: (x: Tensor, { a, b, c, d }: Attributes): Tensor => {
    const size = sizesOf(x)[3];
    return take(x, [a % size, b % size, c % size, d % size], 3);
  },
  windows: (x: Tensor, { a, b, c, d }: Attributes): Tensor => {
    const [, , height, width] = sizesOf(x);
    const dilations = [1 + (d % 2), 1 + (c % 2)] as const;
    const size = [Math.min(Math.ceil(height / dilations[0]), 1 + (a % 2)), Math.min(Math.ceil(width / dilations[1]), 1 + (b % 3))] as const;
    const every = windows(x, size, { strides: [1 + (c % 2), 1 + (a % 3)], dilations });
    return sum(c % 3 === 0 ? mul(every, weight([...size], b)) : every, { axes: [4, 5] });
  },
  overlapped: (x: Tensor, { a, b, c, d }: Attributes): Tensor => {
    const [, , height, width] = sizesOf(x);
    const dilations = [1 + (c % 2), 1 + (d % 2)] as const;
    const size = [Math.min(Math.ceil(height / dilations[0]), 1 + (a % 3)), Math.min(Math.ceil(width / dilations[1]), 1 + (b % 2))] as const;
    const options = { strides: [1 + (c % 3), 1 + (a % 2)], dilations };
    const every = windows(x, size, options);
    return overlapAdd(mul(every, weight(literalShape(every.shape) ?? [], c)), [height, width], options);
  },
  branches: (x: Tensor, { a, b }: Attributes): Tensor => {
    const [, channels] = sizesOf(x);
    const tall = conv2d(x, weight([channels, channels, 3, 1], a), { padding: 'same' });
    const wide = conv2d(x, weight([channels, channels, 1, 3], b), { padding: 'same' });
    return a % 3 === 0 ? mul(tall, wide) : a % 3 === 1 ? div(add(tall, x), add(wide, 1)) : add(tall, wide);
  },
  besides: (x: Tensor, { a }: Attributes): Tensor => concat([x, flip(sqrt(x), [3])], a % 4),
  cut: (x: Tensor, { a }: Attributes): Tensor => {
    const [n, c, h, w] = sizesOf(x);
    return a % 3 === 0 ? reshape(x, [1, n, c * h, w]) : a % 3 === 1 ? reshape(x, [n, c, w, h]) : reshape(x, [n, 1, 1, c * h * w]);
  },
  dense: (x: Tensor, { a, b }: Attributes): Tensor => {
    const [n, c, h, w] = sizesOf(x);
    return a % 2 === 0 ? matmul(x, weight([w, 1 + (b % 4)], a)) : reshape(matmul(reshape(x, [n * c, h * w]), weight([h * w, 6], b)), [n, c, 2, 3]);
  },
  reduced: (x: Tensor, { a }: Attributes): Tensor => sum(x, { axes: [a % 4], keepAxes: true }),
  scaled: (x: Tensor, { a }: Attributes): Tensor => add(x, mul(sqrt(sum(x, { axes: [2 + (a % 2)], keepAxes: true })), cast(cast(x, 'float32'), 'float64'))),
};

const names = ['conv', 'spread', 'transposed', 'cropped', 'pool', 'border', 'padded', 'sliced', 'flipped', 'turned', 'last', 'taken', 'windows', 'overlapped', 'branches', 'besides', 'cut', 'dense', 'reduced', 'scaled'] as const;

/** A network: the sizes of its input and its layers, each of which may be large. */
export interface Network {
  readonly input: readonly [number, number, number, number];
  readonly layers: readonly Layer[];
  /** Chooses an element of the result. */
  readonly at: number;
}

export const networks: fc.Arbitrary<Network> = fc.record({
  input: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
  layers: fc.array(fc.record({ kind: fc.constantFrom(...names), a: fc.nat(11), b: fc.nat(11), c: fc.nat(11), d: fc.nat(11) }), { minLength: 1, maxLength: 5 }),
  at: fc.nat(10_000),
});

/** What the network makes of its input; layers that would make it large are left out. A number is added to each, so that no element is 0. */
export function build(x: Tensor, network: Network): Tensor {
  return network.layers.reduce<Tensor>((y, layer) => {
    const next = add(layers[layer.kind](y, layer), 0.25);
    return countOf(literalShape(next.shape) ?? []) > 250 ? y : next;
  }, x);
}

/** The position that a number chooses in a shape. */
export function positionIn(shape: readonly number[], chosen: number): readonly number[] {
  let rest = chosen % countOf(shape);
  return [...shape].reverse().map((size) => {
    const position = rest % size;
    rest = Math.floor(rest / size);
    return position;
  }).reverse();
}
