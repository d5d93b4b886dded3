import {
  abs,
  add,
  concat,
  corr2d,
  div,
  exp,
  extend,
  flip,
  grad,
  input,
  less,
  max,
  mean,
  min,
  mul,
  NdArray,
  neg,
  pad,
  printShape,
  relu,
  reshape,
  select,
  sigmoid,
  slice,
  square,
  sub,
  sum,
  tanh,
  transpose,
  windows,
  type Dimension,
  type Tensor,
} from '@xcorr/graph';
import fc from 'fast-check';
import { pseudoRandom } from './seeded.ts';

/** How a tensor is made from one tensor and another one of the same shape [h, w]; values stay small. */
const steps: readonly ((a: Tensor, b: Tensor, K: Tensor) => Tensor)[] = [
  (a, b) => add(a, b),
  (a, b) => sub(a, b),
  (a, b) => mul(tanh(a), b),
  (a, b) => max(a, b),
  (a, b) => min(a, b),
  (a, b) => div(a, add(square(b), 1)),
  (a, b) => select(less(a, b), mul(a, 0.5), mul(b, -1)),
  (a) => neg(a),
  (a) => abs(a),
  (a) => relu(a),
  (a) => sigmoid(a),
  (a) => square(tanh(a)),
  (a) => add(a, 0),
  (a) => mul(a, 1),
  (a) => mul(sub(0, a), 2),
  (a) => sub(a, mean(a)),
  (a) => mul(a, mean(tanh(a), { axes: 1, keepAxes: true })),
  (a) => add(a, mean(a, { axes: 0 })),
  (a) => div(exp(tanh(a)), sum(exp(tanh(a)))),
  (a) => transpose(a),
  (a) => flip(a),
  (a) => reshape(a, [a.shape[1] ?? 1, a.shape[0] ?? 1]),
  (a) => pad(slice(a, { start: [1, 0] }), { low: [1, 0] }),
  (a) => pad(a, { low: [1, -1], high: [-1, 1], value: 2 }),
  (a) => slice(pad(a, { interior: [1, 2], value: 3 }), { step: [2, 3] }),
  (a) => concat([slice(a, { start: [0, 1] }), slice(a, { stop: [a.shape[0] ?? 1, 1] })], 1),
  (a) => mul(corr2d(a, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], { padding: 'same' }), 0.125),
  (a, _, K) => mul(corr2d(a, K, { padding: [[0, 1], [1, 0]] }), 0.25),
  (a) => mean(windows(pad(a, { low: [1, 1] }), [2, 2]), { axes: [2, 3] }),
  (a, _, K) => mul(corr2d(extend(a, { mode: 'reflect', low: [1, 0], high: [0, 1] }), K), 0.25),
  (a, _, K) => mul(corr2d(extend(a, { mode: 'symmetric', low: [0, 1], high: [1, 0] }), K), 0.25),
  (a) => mul(corr2d(extend(a, { mode: 'wrap', low: [1, 4], high: [1, 1] }), [[1, 0, 2, 0, 0, -1], [0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0]]), 0.125),
  (a) => mul(corr2d(extend(a, { mode: 'edge', low: [3], high: [0, 2] }), [[1, 0, -1], [0, 1, 0], [0, 0, 0], [0, -1, 0]]), 0.125),
];

/** A graph over images X and Y [h, w] and a kernel K [2, 2]: what it computes, and gradients of its mean. */
export interface RandomGraph {
  readonly inputs: { readonly X: Tensor; readonly Y: Tensor; readonly K: Tensor };
  readonly outputs: { readonly [Name in 'last' | 'middle' | 'loss' | 'dX' | 'dK']: Tensor };
}

/** Which step makes each tensor, from which of those before it. */
export type Choices = readonly (readonly [step: number, first: number, second: number])[];

export const randomChoices: fc.Arbitrary<Choices> = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 10 });

export const randomSizes: fc.Arbitrary<readonly [number, number]> = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }));

/** What is fed to such a graph. */
export function randomFeeds([height, width]: readonly [number, number]): Record<'X' | 'Y' | 'K', NdArray> {
  const picture = (seed: number): NdArray => new NdArray([height, width], pseudoRandom(height * width, seed));
  return { X: picture(1), Y: picture(2), K: new NdArray([2, 2], pseudoRandom(4, 3)) };
}

export function randomGraph(choices: Choices, [height, width]: readonly [Dimension, Dimension]): RandomGraph {
  const dtype = 'float64';
  const inputs = { X: input('X', [height, width], { dtype }), Y: input('Y', [height, width], { dtype }), K: input('K', [2, 2], { dtype }) };
  return { inputs, outputs: randomOutputs(choices, inputs) };
}

/** What a graph computes from these sources, whatever they are. */
export function randomOutputs(choices: Choices, { X, Y, K }: RandomGraph['inputs']): RandomGraph['outputs'] {
  const made = [X, Y];
  for (const [step, first, second] of choices) {
    const a = made[first % made.length] ?? X;
    const like = made.filter((each) => printShape(each.shape) === printShape(a.shape));
    made.push(steps[step]?.(a, like[second % like.length] ?? a, K) ?? a);
  }
  const last = made.at(-1) ?? X;
  const loss = add(mean(last), mul(0.5, add(mean(square(X)), mean(square(K)))));
  const [dX, dK] = grad(loss, [X, K]);
  return { last, middle: made[made.length >> 1] ?? X, loss, dX, dK };
}
