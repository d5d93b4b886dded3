import { add, conv2d, corr2d, elementCount, evaluate, flip, input, matmul, mean, mul, NdArray, reduceMax, reshape, slice, sub, sum, transpose, type DType, type Dimension, type Tensor } from '@xcorr/graph';
import { differenceOf } from '../judge/compare.ts';
import { required, runnerOf } from '../judge/runner.ts';
import type { Check } from '../suite/check.ts';
import { arrayOf } from './functions.ts';
import { programsCheck, waysOf, type Described, type Programs } from './described.ts';

export const sizeNames = ['sizes: named', 'sizes: more bindings than are kept'] as const;
export type SizeName = (typeof sizeNames)[number];

const fed =
  (dtype: DType) =>
  (name: string, ...shape: readonly Dimension[]): Tensor =>
    input(name, shape, { dtype });

const bindings: readonly Readonly<Record<string, number>>[] = [
  { H: 4, W: 8 },
  { H: 16, W: 4 },
  { H: 1, W: 1 },
  { H: 2, W: 32 },
];

export const sizePrograms: Programs = (dtype) => {
  const x = fed(dtype);
  const [a, b] = [x('a', 'H', 'W'), x('b', 'W')];
  const results = {
    map: sub(mul(a, 2), b),
    'sum of rows': sum(a, { axes: 1 }),
    'sum of columns': sum(mul(a, b), { axes: 0 }),
    // The number of elements is a number of the program: powers of two, so that the mean is exact.
    mean: mean(a),
    'means of rows': sub(a, mean(a, { axes: 1, keepAxes: true })),
    largest: reduceMax(flip(a, [1]), { axes: 0 }),
    'one row of all': reshape(transpose(a), [1, elementCount(a.shape)]),
    'without the ends': slice(flat(extendedBy(a)), { start: [1], stop: [-1] }),
    product: matmul(a, x('c', 'W', 3)),
    'with padding': corr2d(a, [[1, -1], [2, 1]], { padding: 1 }),
    'a layer': conv2d(x('d', 'H', 2, 5, 'W'), x('w', 3, 2, 2, 1)),
    'two of one size': add(transpose(x('e', 'W', 'H')), a),
  };
  return Object.fromEntries(Object.entries(results).map(([name, y]): [string, Described] => [name, { outputs: { y }, bindings }]));
};

const flat = (a: Tensor): Tensor => reshape(a, [elementCount(a.shape)]);

/** Two rows more, so that something is left between the ends of one element. */
function extendedBy(a: Tensor): Tensor {
  return corr2d(a, [[1], [1], [1]], { padding: [[2, 2], [0, 0]] });
}

const heights = [3, 5, 2, 9, 7, 1, 4, 3, 9];

/** More bindings than a program keeps ready, and the first ones again. */
const manyBindings: Check = {
  promise: 'a program serves any number of sizes, however often they change',
  runs: 'for each dtype',
  run: async ({ backend, dtype }) => {
    const problems: string[] = [];
    for (const specialise of waysOf({ bindings: [] }, backend)) {
      const a = input('a', ['H', 3], { dtype });
      const y = corr2d(a, [[1, 2]], { padding: [[0, 0], [1, 0]] });
      const runner = await runnerOf({ inputs: { a }, outputs: { y } }, backend, specialise ? { specialise } : {});
      for (const height of heights) {
        const { data } = arrayOf(Array.from({ length: 3 * height }, (_, position) => ((position * 7) % 11) - 5), dtype);
        const feeds = { a: new NdArray([height, 3], data) };
        const difference = differenceOf(`${height} rows${specialise ? ', a program for each size' : ''}`, required(await runner.run(feeds), 'y'), evaluate(y, feeds));
        if (difference !== undefined) problems.push(difference);
      }
      await runner.dispose();
    }
    return { problems };
  },
};

export const sizeChecks: Readonly<Record<SizeName, Check>> = {
  'sizes: named': programsCheck('one program for pictures of any size', sizePrograms),
  'sizes: more bindings than are kept': manyBindings,
};
