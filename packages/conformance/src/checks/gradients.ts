import {
  add,
  atan2,
  averagePool,
  constant,
  conv2d,
  corr2d,
  correlateTransposed,
  cos,
  div,
  exp,
  extend,
  grad,
  huber,
  input,
  log,
  matmul,
  maxPool,
  mean,
  mul,
  NdArray,
  pow,
  relu,
  select,
  sigmoid,
  sin,
  softmaxCrossEntropy,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  literalShape,
  type DType,
  type Tensor,
} from '@xcorr/graph';
import { required, runnerOf, type AnyBackend } from '../judge/runner.ts';
import { createRandom } from '../random.ts';
import { eachCase, type Check, type Finding } from '../suite/check.ts';
import { programsCheck, type Programs } from './described.ts';

export const gradientNames = ['gradients: first order', 'gradients: second order', 'gradients: by differences'] as const;
export type GradientName = (typeof gradientNames)[number];

/** A function of some operands that has two derivatives wherever they are drawn. */
interface Differentiable {
  readonly shapes: readonly (readonly number[])[];
  readonly make: (operands: readonly [Tensor, Tensor]) => Tensor;
}

const image = [1, 2, 5, 6];
const safe = (x: Tensor): Tensor => add(square(x), 0.5);

const functions: Readonly<Record<string, Differentiable>> = {
  arithmetic: { shapes: [[3, 4], [4]], make: ([x, y]) => div(mul(x, sub(y, x)), safe(y)) },
  'elementary functions': { shapes: [[7], [7]], make: ([x, y]) => add(mul(exp(mul(x, 0.5)), sin(y)), mul(log(safe(x)), cos(mul(x, y)))) },
  'tanh and sigmoid': { shapes: [[7], [7]], make: ([x, y]) => mul(tanh(x), sigmoid(y)) },
  powers: { shapes: [[7], [7]], make: ([x, y]) => add(pow(x, 3), pow(safe(x), tanh(y))) },
  angles: { shapes: [[7], [7]], make: ([x, y]) => add(atan2(x, safe(y)), sqrt(safe(x))) },
  'a correlation': { shapes: [[6, 7], [3, 2]], make: ([x, k]) => corr2d(x, k, { padding: [[1, 0], [2, -1]], strides: 2, dilations: [1, 2] }) },
  'a layer': { shapes: [image, [4, 1, 3, 2]], make: ([x, w]) => conv2d(x, w, { groups: 2, padding: 1, strides: [1, 2] }) },
  'a transposed layer': { shapes: [image, [2, 3, 3, 3]], make: ([x, w]) => correlateTransposed(x, w, { strides: 2 }) },
  'a product of matrices': { shapes: [[2, 3, 4], [4, 2]], make: ([a, b]) => matmul(a, b) },
  'a border': { shapes: [[3, 4], [3, 3]], make: ([x, k]) => square(corr2d(extend(x, { mode: 'reflect', low: [1, 2], high: [3, 1] }), k)) },
  averages: { shapes: [image, [1]], make: ([x, y]) => mul(square(averagePool(x, [2, 3])), y) },
  normalisation: { shapes: [[9], [9]], make: ([x, y]) => mul(div(sub(x, mean(x)), sqrt(add(mean(square(sub(x, mean(x)))), 0.5))), y) },
  'cross entropy': { shapes: [[4, 5], [4, 5]], make: ([x, y]) => add(softmaxCrossEntropy(x, constant([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 1, 0, 0]], { dtype: x.dtype })), mean(square(y))) },
  'Huber loss': { shapes: [[6], [6]], make: ([x, y]) => mul(huber(x, constant([9, 9, 9, 0.1, 0.2, -9], { dtype: x.dtype })), sum(square(y))) },
};

/** Functions with kinks, compared with the interpreter alone. */
const kinked: Readonly<Record<string, Differentiable>> = {
  'positive parts': { shapes: [image, [3, 2, 3, 3]], make: ([x, w]) => square(relu(conv2d(x, w))) },
  'largest of windows': { shapes: [image, [1]], make: ([x, y]) => mul(square(maxPool(x, [2, 3], { strides: [1, 2] })), y) },
  selected: { shapes: [[8], [8]], make: ([x, y]) => select(constant([1, 0, 0, 1, 1, 0, 1, 0], { dtype: x.dtype }), mul(x, square(y)), exp(mul(y, 0.5))) },
};

/** <v, y> for a fixed direction v: a scalar that depends on every element. */
function along(y: Tensor, seed: number): Tensor {
  return sum(mul(y, constant(drawn(literalShape(y.shape) ?? [], seed), { dtype: y.dtype })));
}

function drawn(shape: readonly number[], seed: number): NdArray {
  const random = createRandom(20_261_124, seed);
  return new NdArray(shape, Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => Math.fround(random.uniform(-1, 1))));
}

interface Derivatives {
  readonly operands: readonly [Tensor, Tensor];
  readonly loss: Tensor;
  readonly first: readonly [Tensor, Tensor];
  /** The slope of the loss along a fixed direction, and its gradient. */
  readonly slope: Tensor;
  readonly second: readonly [Tensor, Tensor];
}

function derivatives({ shapes: [a = [], b = []], make }: Differentiable, dtype: DType): Derivatives {
  const operands = [input('x0', a, { dtype }), input('x1', b, { dtype })] as const;
  const loss = along(make(operands), 1);
  const first = grad(loss, operands);
  const slope = add(along(first[0], 2), along(first[1], 3));
  return { operands, loss, first, slope, second: grad(slope, operands) };
}

const programs =
  (order: 'first' | 'second'): Programs =>
  (dtype) =>
    Object.fromEntries(
      Object.entries({ ...functions, ...kinked }).map(([name, differentiable]) => {
        const made = derivatives(differentiable, dtype);
        const [dx, dy] = made[order];
        return [name, { outputs: order === 'first' ? { loss: made.loss, dx, dy } : { slope: made.slope, dx, dy }, set: 'real' }];
      }),
    );

export const gradientPrograms: Programs = programs('first');

const step = 1e-4;
const tolerance = 1e-6;

/**
 * The gradient, and the gradient of the gradient, against central differences, all of it on the backend:
 *
 *   <grad L, d>  =  (L(x + h d) - L(x - h d)) / 2h
 */
async function differences(name: string, differentiable: Differentiable, backend: AnyBackend): Promise<readonly string[]> {
  const { operands: [x0, x1], loss, first, slope, second } = derivatives(differentiable, 'float64');
  const runner = await runnerOf({ inputs: { x0, x1 }, outputs: { loss, slope, f0: first[0], f1: first[1], s0: second[0], s1: second[1] } }, backend);
  const point = differentiable.shapes.map((shape, position) => drawn(shape, 11 + position));
  const direction = differentiable.shapes.map((shape, position) => drawn(shape, 21 + position));
  const at = (by: number): Readonly<Record<string, NdArray>> =>
    Object.fromEntries(point.map(({ shape, data }, position) => [`x${position}`, new NdArray(shape, Float64Array.from(data, (value, index) => value + by * (direction[position]?.data[index] ?? 0)))]));
  const [here, ahead, behind] = [await runner.run(at(0)), await runner.run(at(step)), await runner.run(at(-step))];
  await runner.dispose();
  return (['first', 'second'] as const).flatMap((order) => {
    const [scalar, gradients] = order === 'first' ? ['loss', ['f0', 'f1']] : ['slope', ['s0', 's1']];
    const terms = gradients.flatMap((gradient, position) => Array.from(required(here, gradient).data, (value, index) => value * (direction[position]?.data[index] ?? 0)));
    const said = terms.reduce((total, term) => total + term, 0);
    const seen = (required(ahead, scalar).item() - required(behind, scalar).item()) / (2 * step);
    const scale = terms.reduce((total, term) => total + Math.abs(term), 1);
    return Math.abs(said - seen) <= tolerance * scale ? [] : [`${name}, ${order} order: the gradient says ${said}, the difference ${seen}`];
  });
}

const byDifferences: Check = {
  promise: 'gradients of both orders are the slopes that differences show',
  // Differences in single precision tell nothing.
  runs: 'once',
  inapplicable: ({ dtypes }) => (dtypes.includes('float64') ? undefined : 'differences need float64'),
  run: async ({ backend }): Promise<Finding> => ({ problems: [], cases: await eachCase(Object.entries(functions), backend, ([name]) => name, ([name, differentiable]) => differences(name, differentiable, backend)) }),
};

export const gradientChecks: Readonly<Record<GradientName, Check>> = {
  'gradients: first order': programsCheck('gradients are those of the interpreter', gradientPrograms),
  'gradients: second order': programsCheck('gradients of gradients are those of the interpreter', programs('second')),
  'gradients: by differences': byDifferences,
};
