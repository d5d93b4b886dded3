import {
  absoluteError,
  add,
  averagePool,
  convolve2d,
  conv2d,
  corr2d,
  correlate,
  correlateTransposed,
  div,
  huber,
  matmul,
  maxPool,
  mean,
  meanSquaredError,
  mul,
  reduceMin,
  relu,
  setSlice,
  sigmoid,
  softmaxCrossEntropy,
  sqrt,
  square,
  squaredError,
  sub,
  sum,
  transpose,
  type Padding,
  type Tensor,
} from '@xcorr/graph';
import type { SetName } from '../case.ts';
import { over, type Recipe } from './bench.ts';
import { gradient, gradientOfMaximum, secondGradient } from './gradients.ts';
import { correlationFor, weightOf } from './reduction-recipes.ts';

const ofRank = (rank: number): ((tensor: Tensor) => boolean) => (tensor) => tensor.shape.length === rank;

/** A plain image with a plain kernel. */
const plain = (make: typeof corr2d): Recipe =>
  over((x, bench) => {
    const { random } = bench;
    const side = (size: Tensor['shape'][number] | undefined): number => random.integer(1, Math.min(3, bench.sizeOf(size)));
    const kernel = weightOf([side(x.shape[0]), side(x.shape[1])], bench);
    const padding = random.pick<Padding>(['valid', 'valid', 'same', 'full', 1, [[1, -1], [0, 2]]]);
    return make(x, kernel, { padding, strides: random.integer(1, 2), dilations: random.integer(1, 2) });
  }, ofRank(2));

/** The layer operation in both layouts, with or without a bias. */
const layer: Recipe = over((x, bench) => {
  const { random } = bench;
  const isLast = random.chance(0.5);
  const drawn = correlationFor(isLast ? [x.shape[0] ?? 1, x.shape[3] ?? 1, x.shape[1] ?? 1, x.shape[2] ?? 1] : x.shape, bench);
  if (drawn === undefined) return undefined;
  const weight = weightOf(drawn.weight, bench);
  const [outputs = 1] = drawn.weight;
  const bias = random.chance(0.5) ? { bias: weightOf([outputs], bench) } : {};
  const y = conv2d(x, isLast ? transpose(weight, [2, 3, 1, 0]) : weight, { ...drawn.options, ...bias, layout: isLast ? 'NHWC' : 'NCHW' });
  return random.chance(0.4) ? relu(y) : y;
}, ofRank(4));

const transposedLayer: Recipe = over((x, bench) => {
  const { random } = bench;
  const [, channels, ...spatial] = x.shape;
  if (typeof channels !== 'number' || channels > 6) return undefined;
  const groups = random.pick([1, 2, 3].filter((each) => channels % each === 0));
  const weight = weightOf([channels, random.integer(1, 2), ...spatial.map(() => random.integer(1, 3))], bench);
  return correlateTransposed(x, weight, { groups, strides: random.integer(1, 3), dilations: random.integer(1, 2), padding: random.pick<0 | 1 | 'valid'>([0, 1, 'valid']) });
}, (x) => x.shape.length >= 3);

const pooled = (make: typeof maxPool): Recipe =>
  over((x, bench) => {
    const { random } = bench;
    return make(x, [random.integer(1, 3), random.integer(1, 3)], random.chance(0.5) ? {} : { strides: random.integer(1, 2), padding: random.integer(0, 1) });
  }, ofRank(4));

/** A loss against a tensor of the same shape. */
const loss = (make: (prediction: Tensor, target: Tensor) => Tensor): Recipe => over((x, bench) => make(x, bench.partner(x)));

/** Several sums over the same elements, and small results made of them: what one sweep can gather. */
const statistics: Recipe = over((x, bench) => {
  const other = bench.partner(x);
  const [total, squares, product] = [sum(x), sum(square(x)), sum(mul(x, other))];
  const combined = add(mul(total, 2), sub(squares, product));
  return bench.random.chance(0.5) ? [combined, add(x, combined)] : combined;
});

const normalised: Recipe = over((x) => {
  const centred = sub(x, mean(x));
  return div(centred, sqrt(add(mean(square(centred)), 0.5)));
}, (x) => x.shape.length > 0);

const product: Recipe = over((x, bench) => {
  const { random } = bench;
  const inner = x.shape.at(-1);
  if (typeof inner !== 'number' || inner > 8) return undefined;
  return matmul(x, weightOf([...(random.chance(0.3) ? [random.integer(1, 2)] : []), inner, random.integer(1, 3)], bench));
}, (x) => x.shape.length >= 2 && x.shape.length <= 3);

const replaced: Recipe = over((x, bench) => {
  const { random } = bench;
  const ranges = x.shape.map((size) => (bench.sizeOf(size) > 1 ? random.pick([':', '1:', ':-1', '::2', 0, -1, '0:1']) : ':'));
  return setSlice(x, ranges, bench.constant([]));
}, (x) => x.shape.length > 0);

/** Images at hand, or any tensor seen as one, with as many spatial axes. */
const correlated = (spatial: number): Recipe =>
  over((x, bench) => {
    const drawn = correlationFor(x.shape, bench);
    return drawn === undefined ? undefined : correlate(x, weightOf(drawn.weight, bench), drawn.options);
  }, ofRank(spatial + 2));

/** An operation of the language that is made of several primitives, and the sets that it belongs to. */
export interface Composition {
  readonly name: string;
  readonly sets: readonly SetName[];
  readonly recipe: Recipe;
}

const both: readonly SetName[] = ['exact', 'real'];
const real: readonly SetName[] = ['real'];

export const compositions: readonly Composition[] = [
  { name: 'relu', sets: both, recipe: over((x) => relu(x)) },
  { name: 'square', sets: both, recipe: over((x) => square(x)) },
  { name: 'sigmoid', sets: real, recipe: over((x) => sigmoid(x)) },
  { name: 'reduceMin', sets: both, recipe: over((x) => reduceMin(x)) },
  { name: 'mean', sets: real, recipe: over((x) => mean(x)) },
  { name: 'squaredError', sets: both, recipe: loss(squaredError) },
  { name: 'meanSquaredError', sets: real, recipe: loss(meanSquaredError) },
  { name: 'absoluteError', sets: real, recipe: loss(absoluteError) },
  { name: 'huber', sets: real, recipe: loss(huber) },
  { name: 'softmaxCrossEntropy', sets: real, recipe: over((x) => softmaxCrossEntropy(x, x), (x) => x.shape.length > 0) },
  { name: 'corr2d', sets: both, recipe: plain(corr2d) },
  { name: 'convolve2d', sets: both, recipe: plain(convolve2d) },
  { name: 'conv2d', sets: both, recipe: layer },
  { name: 'correlateTransposed', sets: both, recipe: transposedLayer },
  { name: 'maxPool', sets: both, recipe: pooled(maxPool) },
  { name: 'averagePool', sets: real, recipe: pooled(averagePool) },
  { name: 'matmul', sets: both, recipe: product },
  { name: 'setSlice', sets: both, recipe: replaced },
  { name: 'statistics', sets: both, recipe: statistics },
  { name: 'normalisation', sets: real, recipe: normalised },
  { name: 'correlation along one axis', sets: both, recipe: correlated(1) },
  { name: 'correlation along three axes', sets: both, recipe: correlated(3) },
  { name: 'gradient of a maximum', sets: both, recipe: gradientOfMaximum },
  { name: 'gradient', sets: both, recipe: gradient },
  { name: 'gradient of a gradient', sets: both, recipe: secondGradient },
];

/** Recipes of one set, by their names. */
export function compositionsOf(set: SetName): readonly Composition[] {
  return compositions.filter(({ sets }) => sets.includes(set));
}

