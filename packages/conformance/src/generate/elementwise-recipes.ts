import { abs, add, atan2, cast, constant, cos, div, equal, exp, floor, less, lessEqual, log, max, min, mul, neg, pow, select, sign, sin, sqrt, stopGradient, sub, tanh, type BinaryName, type Tensor, type UnaryName } from '@xcorr/graph';
import { over, type Bench, type Recipe } from './bench.ts';

type ElementwiseName = UnaryName | BinaryName | 'select' | 'cast' | 'stopGradient';

const pairs = (make: (a: Tensor, b: Tensor) => Tensor): Recipe =>
  over((x, bench) => {
    const other = bench.partner(x);
    return bench.random.chance(0.5) ? make(x, other) : make(other, x);
  });

const number = (value: number, { dtype }: Bench): Tensor => constant(value, { dtype });

/** A tensor of positive values, at least 1/4. */
const positive = (x: Tensor, bench: Bench): Tensor => add(abs(x), number(bench.random.pick([0.25, 0.5, 1]), bench));

/** A comparison of a tensor with another or with a number. */
export function condition(x: Tensor, bench: Bench): Tensor {
  const compare = bench.random.pick([less, lessEqual, equal]);
  const other = bench.random.chance(0.4) ? number(bench.random.pick([0, 0.5, 1]), bench) : bench.partner(x);
  return bench.random.chance(0.5) ? compare(x, other) : compare(other, x);
}

/** How each element-wise primitive comes into a graph. Arguments mostly lie where a function has values, not always. */
export const elementwiseRecipes: Readonly<Record<ElementwiseName, Recipe>> = {
  neg: over((x) => neg(x)),
  abs: over((x) => abs(x)),
  sign: over((x) => sign(x)),
  floor: over((x, { random, dtype }) => floor(random.chance(0.5) ? x : mul(x, constant(random.pick([0.5, 1.5, 2]), { dtype })))),
  sqrt: over((x, bench) => sqrt(bench.random.chance(0.85) ? positive(x, bench) : x)),
  exp: over((x, bench) => exp(bench.random.pick([tanh(x), mul(x, number(0.25, bench)), sub(number(1, bench), abs(x))]))),
  log: over((x, bench) => log(bench.random.chance(0.85) ? positive(x, bench) : x)),
  sin: over((x) => sin(x)),
  cos: over((x) => cos(x)),
  tanh: over((x) => tanh(x)),
  add: pairs(add),
  sub: pairs(sub),
  mul: pairs(mul),
  // The exact set divides by powers of two alone.
  div: over((x, bench) => {
    if (bench.set === 'exact') return div(x, number(bench.random.pick([1, 2, 4, -2, 0.5]), bench));
    const other = bench.partner(x);
    return bench.random.pick([div(x, positive(other, bench)), div(x, number(3, bench)), div(number(1, bench), positive(x, bench)), div(x, other)]);
  }),
  min: pairs(min),
  max: pairs(max),
  pow: over((x, bench) => {
    const exponent = number(bench.random.pick([-2, -1, 0, 0.5, 1, 2, 2, 3, 1.5]), bench);
    return bench.random.pick([pow(positive(x, bench), exponent), pow(x, number(bench.random.pick([1, 2, 3]), bench)), pow(positive(x, bench), tanh(bench.partner(x))), pow(x, exponent)]);
  }),
  atan2: pairs(atan2),
  less: pairs(less),
  lessEqual: pairs(lessEqual),
  equal: pairs(equal),
  select: over((x, bench) => select(condition(x, bench), x, bench.partner(x))),
  cast: over((x, { dtypes }) => {
    const other = dtypes.find((each) => each !== x.dtype);
    return other === undefined ? undefined : cast(x, other);
  }),
  stopGradient: over((x) => stopGradient(x)),
};
