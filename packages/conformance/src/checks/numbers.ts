import { book, type TrainingRun } from '@xcorr/golden';
import { mismatch, readCorrelationGradientVectors, readCorrelationVectors, vectorsFolder, type Elements } from '@xcorr/golden/vectors';
import { conv2d, corr2d, grad, input, mul, NdArray, ndarray, reshape, squaredError, state, sub, sum, transpose, type Tensor } from '@xcorr/graph';
import { differenceOf } from '../judge/compare.ts';
import { required, runnerOf } from '../judge/runner.ts';
import type { Check, Finding, Subject } from '../suite/check.ts';
import { recordedCheck } from './recorded.ts';

export const numberNames = ['numbers: the book', 'numbers: TensorFlow.js', 'numbers: the folder of vectors'] as const;
export type NumberName = (typeof numberNames)[number];

/** The training that the book prints, in either layout; its losses to the last digit that it prints. */
async function learning({ backend, dtype }: Subject, { system, layout, initialKernel, printedLosses, learnedKernel, learnedKernelTolerance = 0 }: TrainingRun): Promise<readonly string[]> {
  const isLast = layout === 'NHWC';
  const [X, Y] = [input('X', isLast ? [1, 6, 8, 1] : [1, 1, 6, 8], { dtype }), input('Y', isLast ? [1, 6, 7, 1] : [1, 1, 6, 7], { dtype })];
  const K = state('K', ndarray(initialKernel, 'float64'), { dtype });
  const loss = squaredError(conv2d(X, reshape(K, isLast ? [1, 2, 1, 1] : [1, 1, 1, 2]), { layout }), Y);
  const [dK] = grad(loss, [K]);
  const runner = await runnerOf({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(dK, book.learnKernel.lr))]] }, backend);
  const feeds = { X: ndarray(book.edge.x.flat(), dtype).data, Y: ndarray(book.edge.y.flat(), dtype).data };
  const losses: string[] = [];
  for (let iteration = 0; iteration < book.learnKernel.iterations; iteration++) losses.push(required(await runner.run(feeds), 'loss').item().toFixed(3));
  const printed = losses.filter((_, iteration) => iteration % 2 === 1);
  const taps = required(await runner.states(), 'K').data;
  return [
    ...printed.flatMap((each, position) => (each === printedLosses[position] ? [] : [`${system}: the loss of iteration ${2 * position + 2} is ${each}, the book prints ${String(printedLosses[position])}`])),
    ...(learnedKernel ?? []).flat().flatMap((tap, position) => (Math.abs((taps[position] ?? Number.NaN) - tap) <= learnedKernelTolerance ? [] : [`${system}: tap ${position} is ${taps[position]}, the book prints ${tap}`])),
  ];
}

async function bookProblems(subject: Subject): Promise<Finding> {
  const { backend, dtype } = subject;
  const [X, K] = [input('X', ['H', 'W'], { dtype }), input('K', [2, 2], { dtype })];
  const photo = input('photo', [6, 8], { dtype });
  const correlated = await (await runnerOf({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, backend)).run({ X: ndarray(book.corr2d.x, dtype), K: ndarray(book.corr2d.k, dtype) });
  const edges = await (await runnerOf({ inputs: { photo }, outputs: { vertical: corr2d(photo, book.edge.k), transposed: corr2d(transpose(photo), book.edge.k) } }, backend)).run({ photo: ndarray(book.edge.x, dtype) });
  const problems = [
    differenceOf('corr2d', required(correlated, 'Y'), ndarray(book.corr2d.y, dtype)),
    differenceOf('vertical edges', required(edges, 'vertical'), ndarray(book.edge.y, dtype)),
    differenceOf('edges of the transposed image', required(edges, 'transposed'), ndarray(book.edge.yOfTransposedX, dtype)),
  ].filter((each) => each !== undefined);
  for (const run of book.learnKernel.runs) problems.push(...(await learning(subject, run)));
  return { problems };
}

const fed = ({ shape, data }: Elements): NdArray => new NdArray(shape, Float32Array.from(data));

/** The vectors of the folder that XCORR_VECTORS names. */
async function folderProblems({ backend }: Subject): Promise<Finding> {
  const folder = vectorsFolder();
  if (folder === undefined) return { problems: [], notRun: 'XCORR_VECTORS names no folder' };
  const problems: string[] = [];
  const compare = (id: string, got: NdArray, want: Elements, tolerance: Parameters<typeof mismatch>[2]): void => {
    const shapes = got.shape.join() === want.shape.join() ? undefined : `the shape is [${got.shape.join(', ')}], not [${want.shape.join(', ')}]`;
    const difference = shapes ?? mismatch(got.data, want.data, tolerance);
    if (difference !== undefined) problems.push(`${id}: ${difference}`);
  };
  const layer = (x: Elements, w: Elements): readonly [Tensor, Tensor] => [input('X', x.shape), input('W', w.shape)];
  for (const { id, x, w, bias, y, attributes, tolerance } of readCorrelationVectors(folder)) {
    const [X, W] = layer(x, w);
    const runner = await runnerOf({ inputs: { X, W }, outputs: { Y: conv2d(X, W, bias === undefined ? attributes : { ...attributes, bias: fed(bias) }) } }, backend);
    compare(id, required(await runner.run({ X: fed(x), W: fed(w) }), 'Y'), y, tolerance);
  }
  for (const { id, x, w, dy, dx, dw, attributes, tolerance } of readCorrelationGradientVectors(folder)) {
    const [X, W] = layer(x, w);
    const dY = input('dY', dy.shape);
    const [dX, dW] = grad(sum(mul(conv2d(X, W, attributes), dY)), [X, W]);
    const results = await (await runnerOf({ inputs: { X, W, dY }, outputs: { dX, dW } }, backend)).run({ X: fed(x), W: fed(w), dY: fed(dy) });
    compare(`${id}, dX`, required(results, 'dX'), dx, tolerance);
    compare(`${id}, dW`, required(results, 'dW'), dw, tolerance);
  }
  return { problems };
}

/** Numbers that others printed or recorded. */
export const numberChecks: Readonly<Record<NumberName, Check>> = {
  'numbers: the book': { promise: 'every number that the chapter "Convolutions for Images" prints comes out to its last digit', runs: 'for each dtype', run: bookProblems },
  'numbers: TensorFlow.js': recordedCheck,
  'numbers: the folder of vectors': { promise: 'the vectors of the folder that XCORR_VECTORS names come out within their tolerances', runs: 'once', run: folderProblems },
};
