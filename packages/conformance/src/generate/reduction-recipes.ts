import { correlate, grad, mean, mul, reduceMax, reshape, sum, square, take, times, type CorrelateOptions, type Padding, type Shape, type Tensor } from '@xcorr/graph';
import { over, type Bench, type Recipe } from './bench.ts';
import { extendedAtRandom, poured, someAxes } from './movement-recipes.ts';

type ReductionName = 'sum' | 'reduceMax' | 'correlate' | 'scatter' | 'foldBack' | 'size';

const reduceOptions = (x: Tensor, bench: Bench): { readonly axes?: readonly number[]; readonly keepAxes: boolean } => ({
  ...(bench.random.chance(0.3) || x.shape.length === 0 ? {} : { axes: someAxes(x, bench) }),
  keepAxes: bench.random.chance(0.3),
});

/** A tensor as [N, C, ...spatial] with so many spatial axes: unit axes are put in front, or leading axes merged. */
function asImages(x: Tensor, spatial: number): Tensor {
  const missing = spatial + 2 - x.shape.length;
  if (missing >= 0) return reshape(x, [...Array.from({ length: missing }, () => 1), ...x.shape]);
  const merged = x.shape.slice(0, 1 - missing);
  return reshape(x, [merged.reduce(times, 1), ...x.shape.slice(1 - missing)]);
}

/** A weight of this shape: known at compile time, or made of a tensor that is there. */
export function weightOf(shape: readonly number[], bench: Bench): Tensor {
  const { random } = bench;
  const found = random.chance(0.4) ? bench.find((each) => each.shape.length === shape.length && each.shape.every((size, axis) => size === shape[axis])) : undefined;
  if (found !== undefined) return found;
  const other = random.chance(0.45) ? bench.find((each) => each.primitive !== 'constant') : undefined;
  return (other === undefined ? undefined : poured(other, shape, random.pick([0, 1]))) ?? bench.constant(shape);
}

function paddingFor(axes: number, { random }: Bench): Padding {
  const side = (): number => random.integer(-1, 2);
  return random.pick<Padding>(['valid', 'same', 'full', random.integer(0, 1), Array.from({ length: axes }, () => [side(), side()] as const), Array.from({ length: axes }, side)]);
}

/** Options of a correlation over images, and the weight's shape that goes with them. */
export function correlationFor(images: Shape, bench: Bench): { readonly options: CorrelateOptions; readonly weight: readonly number[] } | undefined {
  const { random } = bench;
  const [, channels, ...spatial] = images;
  if (typeof channels !== 'number') return undefined;
  const divisors = [1, 2, 3, 4, 5, 6, 7, 8].filter((each) => channels % each === 0 && channels / each <= 6);
  if (divisors.length === 0) return undefined;
  const groups = random.pick(divisors);
  const window = spatial.map((size) => random.integer(1, Math.min(3, bench.sizeOf(size) + 1)));
  const perAxis = (most: number): number | readonly number[] => (random.chance(0.4) ? 1 : random.chance(0.5) ? random.integer(1, most) : spatial.map(() => random.integer(1, most)));
  return {
    weight: [groups * random.integer(1, 2), channels / groups, ...window],
    options: {
      groups,
      strides: perAxis(3),
      dilations: perAxis(2),
      inputDilations: random.chance(0.7) ? 1 : perAxis(3),
      padding: paddingFor(spatial.length, bench),
    },
  };
}

/** How each reduction comes into a graph. */
export const reductionRecipes: Readonly<Record<ReductionName, Recipe>> = {
  sum: over((x, bench) => sum(x, reduceOptions(x, bench))),
  reduceMax: over((x, bench) => reduceMax(x, reduceOptions(x, bench))),
  correlate: over((x, bench) => {
    const images = asImages(x, bench.random.pick([0, 1, 1, 2, 2, 2, 3]));
    const drawn = correlationFor(images.shape, bench);
    return drawn === undefined ? undefined : correlate(images, weightOf(drawn.weight, bench), drawn.options);
  }),
  // The adjoint of take.
  scatter: over((x, { random }) => {
    const literal = x.shape.flatMap((size, axis) => (typeof size === 'number' ? [axis] : []));
    if (literal.length === 0) return undefined;
    const axis = random.pick(literal);
    const size = Number(x.shape[axis]);
    const taken = take(x, Array.from({ length: random.integer(1, size + 2) }, () => random.integer(0, size - 1)), axis);
    return grad(sum(random.chance(0.5) ? square(taken) : mul(taken, 3)), [x]);
  }),
  // The adjoint of extend.
  foldBack: over((x, bench) => {
    const extended = extendedAtRandom(x, bench);
    return extended.primitive === 'extend' ? grad(sum(bench.random.chance(0.5) ? square(extended) : mul(extended, 3)), [x]) : undefined;
  }),
  // A mean over an axis of named size divides by the number that it has in this run.
  size: over((x, { random }) => {
    const named = x.shape.flatMap((size, axis) => (typeof size === 'number' ? [] : [axis]));
    return mean(x, { axes: named.slice(0, random.integer(1, named.length)), keepAxes: random.chance(0.5) });
  }, (x) => x.shape.some((size) => typeof size !== 'number')),
};
