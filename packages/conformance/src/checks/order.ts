import { programFor } from '@xcorr/compiler';
import { conv2d, corr2d, correlateTransposed, grad, input, matmul, mul, NdArray, neg, sub, sum, tabulate, topologicalOrder, type DType, type NodeOf, type Tensor } from '@xcorr/graph';
import { resultsInOrder } from '../judge/in-order.ts';
import { required, runnerOf } from '../judge/runner.ts';
import { createRandom } from '../random.ts';
import { eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';

export const orderNames = ['order: sums', 'order: several sums together', 'order: correlations', 'order: gradients of correlations'] as const;
export type OrderName = (typeof orderNames)[number];

/** Sums of so many terms of one input, `a`; what else is fed holds signs. */
interface Ordered {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly terms: number;
}

const fed =
  (dtype: DType) =>
  (name: string, ...shape: readonly number[]): Tensor =>
    input(name, shape, { dtype });

const single = (terms: number, y: Tensor): Ordered => ({ terms, outputs: { y } });

export const orderPrograms: Readonly<Record<OrderName, (dtype: DType) => Readonly<Record<string, Ordered>>>> = {
  'order: sums': (dtype) => {
    const x = fed(dtype);
    const a = x('a', 9, 10, 11);
    return {
      'of all': single(990, sum(a)),
      'over the first axis': single(9, sum(a, { axes: 0 })),
      'over the middle axis': single(10, sum(a, { axes: 1 })),
      'over the last axis': single(11, sum(a, { axes: 2 })),
      'over two axes': single(99, sum(a, { axes: [0, 2] })),
      'of 20,001 terms': single(20_001, sum(x('a', 20_001))),
      'of differences': single(50, sum(sub(x('a', 7, 50), x('b', 50)), { axes: 1 })),
    };
  },
  'order: several sums together': (dtype) => {
    const x = fed(dtype);
    const [a, b] = [x('a', 12, 13), x('b', 12, 13)];
    return {
      'in one sweep': { terms: 156, outputs: { total: sum(a), negative: sum(neg(a)), product: sum(mul(a, b)) } },
      'of rows and of all': { terms: 13, outputs: { rows: sum(a, { axes: 1 }), total: sum(a) } },
    };
  },
  'order: correlations': (dtype) => {
    const x = fed(dtype);
    const image = x('a', 1, 4, 9, 10);
    return {
      'a filter': single(25, corr2d(x('a', 23, 22), x('k', 5, 5))),
      'a filter, padded': single(9, corr2d(x('a', 14, 19), x('k', 3, 3), { padding: 1 })),
      'a row of taps': single(17, corr2d(x('a', 5, 40), x('k', 1, 17))),
      'a layer': single(36, conv2d(image, x('k', 5, 4, 3, 3), { padding: 1 })),
      'a layer of groups, with strides': single(18, conv2d(image, x('k', 6, 2, 3, 3), { groups: 2, strides: 2, padding: 1 })),
      'a transposed layer': single(9, correlateTransposed(x('a', 1, 4, 6, 7), x('k', 4, 3, 3, 3), { strides: 2 })),
      'a product of matrices': single(31, matmul(x('a', 9, 31), x('k', 31, 10))),
    };
  },
  'order: gradients of correlations': (dtype) => {
    const x = fed(dtype);
    const [image, other, kernel, k] = [x('a', 1, 4, 9, 10), x('b', 1, 4, 9, 10), x('k', 2, 2), x('k', 5, 4, 3, 3)];
    return {
      'of a filter, by the kernel': single(132, grad(sum(mul(corr2d(x('a', 12, 13), kernel), x('d', 11, 12))), [kernel])[0]),
      'of a layer, by the kernel': single(56, grad(sum(mul(conv2d(image, k), x('d', 1, 5, 7, 8))), [k])[0]),
      'of a layer, by the image': single(45, grad(sum(mul(conv2d(other, k), x('a', 1, 5, 7, 8))), [other])[0]),
    };
  },
};

/** So large that small whole numbers added to it are lost, in either precision, and its small multiples are exact. */
const large = 2 ** 70;
const runs = 3;

const isInput = (tensor: Tensor): tensor is NodeOf<'input'> => tensor.primitive === 'input';

/**
 * Whole numbers among which, now and then, stands a large one, of one sign and of the other by turns: what was summed before is lost, and what
 * comes when they have cancelled is kept. So a sum depends on its order, and on nothing else: it is the same in single
 * and in double precision, step by step.
 */
function drawn({ attributes: { name }, shape, dtype }: NodeOf<'input'>, terms: number, seed: number): NdArray {
  const random = createRandom(20_261_127, seed, name.charCodeAt(0));
  let next = large;
  const element = (): number => {
    if (name !== 'a') return random.pick([1, -1]);
    return random.chance(2 / terms) ? (next = -next) : random.integer(-3, 3);
  };
  const sizes = shape.map(Number);
  const length = sizes.reduce((product, size) => product * size, 1);
  return new NdArray(sizes, dtype === 'float32' ? Float32Array.from({ length }, element) : Float64Array.from({ length }, element));
}

async function problemsOf({ backend }: Subject, { outputs, terms }: Ordered): Promise<readonly string[]> {
  const inputs = topologicalOrder(Object.values(outputs)).filter(isInput);
  const spec = { inputs: Object.fromEntries(inputs.map((each) => [each.attributes.name, each])), outputs };
  const [runner, program] = [await runnerOf(spec, backend), programFor(spec, backend)];
  for (let run = 0; run < runs; run++) {
    const feeds = Object.fromEntries(inputs.map((each) => [each.attributes.name, drawn(each, terms, run)]));
    const got = await runner.run(feeds);
    const inOrder = resultsInOrder(program, Object.fromEntries(Object.entries(feeds).map(([input, { data }]) => [input, data])));
    for (const [output, want] of Object.entries(inOrder)) {
      const { data } = required(got, output);
      const wrong = Array.from(want).findIndex((value, element) => data[element] !== value);
      if (wrong >= 0) return [`element ${wrong} of ${output} is ${data[wrong]}; summed in the order of the nest it is ${want[wrong]}`];
    }
  }
  await runner.dispose();
  return [];
}

async function judged(name: OrderName, subject: Subject): Promise<Finding> {
  const cases = await eachCase(Object.entries(orderPrograms[name](subject.dtype)), subject.backend, ([place]) => place, async ([place, ordered]) => (await problemsOf(subject, ordered)).map((problem) => `${place}: ${problem}`));
  return { problems: [], cases };
}

const orderCheck = (name: OrderName, what: string): Check => ({ promise: `${what} are summed in the order of the nest, whatever the schedule`, runs: 'for each dtype', run: (subject) => judged(name, subject) });

const terms: Readonly<Record<OrderName, string>> = {
  'order: sums': 'the terms of a sum',
  'order: several sums together': 'the terms of sums that share their loops',
  'order: correlations': 'the terms of a correlation',
  'order: gradients of correlations': 'the terms of a gradient',
};

/** In which order sums are taken: where it is not the nest's, equal programs give other bits on another machine. */
export const orderChecks: Readonly<Record<OrderName, Check>> = tabulate(orderNames, (name) => orderCheck(name, terms[name]));
