import { abs, add, broadcast, constant, correlate, div, elementCount, full, mul, neg, ones, reshape, sub, transpose, zeros, type Tensor } from '@xcorr/graph';
import type { Bench } from './bench.ts';

/** The laws of the compiler's graph passes, in their words. */
export const lawTexts = [
  'x + 0 = x',
  '0 + x = x',
  'x - 0 = x',
  'x * 1 = x',
  '1 * x = x',
  'x / 1 = x',
  '-(-x) = x',
  'x + x = 2 * x',
  'x + -y = x - y',
  '-x * y = -(x * y)',
  'reshape(reshape(x)) = reshape(x)',
  'broadcast(broadcast(x)) = broadcast(x)',
  'transpose(transpose(x)) = transpose(x)',
  'correlate(x, w, padding) = correlate(pad(x), w)',
  'f(constants) = a constant',
] as const;
export type LawText = (typeof lawTexts)[number];

type Like = (x: Tensor, bench: Bench) => Tensor;

/** The same number everywhere: a scalar that broadcasts, or a whole tensor of it. */
const uniform =
  (value: number): Like =>
  (x, { random, dtype }) => {
    const shaped = value === 0 ? zeros(x.shape, { dtype }) : value === 1 ? ones(x.shape, { dtype }) : full(x.shape, value, { dtype });
    return random.chance(0.5) ? constant(value, { dtype }) : shaped;
  };
const zero = uniform(0);
const one = uniform(1);

/** A tensor to which each law applies. */
export const lawRecipes: Readonly<Record<LawText, Like>> = {
  'x + 0 = x': (x, bench) => add(x, zero(x, bench)),
  '0 + x = x': (x, bench) => add(zero(x, bench), x),
  'x - 0 = x': (x, bench) => sub(x, zero(x, bench)),
  'x * 1 = x': (x, bench) => mul(x, one(x, bench)),
  '1 * x = x': (x, bench) => mul(one(x, bench), x),
  'x / 1 = x': (x, bench) => div(x, one(x, bench)),
  '-(-x) = x': (x) => neg(neg(x)),
  'x + x = 2 * x': (x) => add(x, x),
  'x + -y = x - y': (x, bench) => add(x, neg(bench.partner(x))),
  '-x * y = -(x * y)': (x, bench) => mul(neg(x), bench.partner(x)),
  'reshape(reshape(x)) = reshape(x)': (x) => reshape(reshape(x, [1, elementCount(x.shape), 1]), [elementCount(x.shape)]),
  'broadcast(broadcast(x)) = broadcast(x)': (x, { random }) => {
    const once = [random.integer(2, 3), ...x.shape];
    return broadcast(broadcast(x, once), [random.integer(1, 2), ...once]);
  },
  'transpose(transpose(x)) = transpose(x)': (x, { random }) => {
    const axes = x.shape.map((_, axis) => axis);
    const permutation = random.shuffled(axes);
    const isSame = permutation.every((axis, position) => axis === position);
    return transpose(transpose(x), isSame ? [...axes].reverse() : permutation);
  },
  // The tensor as one row of an image.
  'correlate(x, w, padding) = correlate(pad(x), w)': (x, { random, constant: drawn }) =>
    correlate(reshape(x, [1, 1, elementCount(x.shape)]), drawn([1, 1, random.integer(1, 3)]), { padding: random.integer(1, 2), inputDilations: random.integer(1, 2) }),
  'f(constants) = a constant': (x, { constant: drawn }) => add(x, sub(abs(drawn(x.shape.map((size) => (typeof size === 'number' ? size : 1)))), drawn([]))),
};
