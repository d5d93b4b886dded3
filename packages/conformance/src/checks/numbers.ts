import { book, type TrainingRun } from '@xcorr/golden';
import { conv2d, corr2d, grad, input, mul, ndarray, reshape, squaredError, state, sub, transpose } from '@xcorr/graph';
import { differenceOf } from '../judge/compare.ts';
import { required, resultsOf, runnerOf } from '../judge/runner.ts';
import { eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';
import { recordedChecks } from './recorded.ts';
import { vectorsCheck } from './vectors.ts';

export const numberNames = ['numbers: the book', 'numbers: TensorFlow.js', 'numbers: NumPy and SciPy', 'numbers: the folder of vectors'] as const;
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
  await runner.dispose();
  return [
    ...printed.flatMap((each, position) => (each === printedLosses[position] ? [] : [`${system}: the loss of iteration ${2 * position + 2} is ${each}, the book prints ${String(printedLosses[position])}`])),
    ...(learnedKernel ?? []).flat().flatMap((tap, position) => (Math.abs((taps[position] ?? Number.NaN) - tap) <= learnedKernelTolerance ? [] : [`${system}: tap ${position} is ${taps[position]}, the book prints ${tap}`])),
  ];
}

async function bookProblems(subject: Subject): Promise<Finding> {
  const { backend, dtype } = subject;
  const [X, K] = [input('X', ['H', 'W'], { dtype }), input('K', [2, 2], { dtype })];
  const photo = input('photo', [6, 8], { dtype });
  const correlated = await resultsOf({ inputs: { X, K }, outputs: { Y: corr2d(X, K) } }, backend, { X: ndarray(book.corr2d.x, dtype), K: ndarray(book.corr2d.k, dtype) });
  const edges = await resultsOf({ inputs: { photo }, outputs: { vertical: corr2d(photo, book.edge.k), transposed: corr2d(transpose(photo), book.edge.k) } }, backend, { photo: ndarray(book.edge.x, dtype) });
  const printed = {
    corr2d: differenceOf('corr2d', required(correlated, 'Y'), ndarray(book.corr2d.y, dtype)),
    'vertical edges': differenceOf('vertical edges', required(edges, 'vertical'), ndarray(book.edge.y, dtype)),
    'edges of the transposed image': differenceOf('edges of the transposed image', required(edges, 'transposed'), ndarray(book.edge.yOfTransposedX, dtype)),
  };
  const learned = await eachCase(book.learnKernel.runs, backend, ({ system }) => `learning, ${system}`, (run) => learning(subject, run));
  return { problems: [], cases: { ...Object.fromEntries(Object.entries(printed).map(([name, difference]) => [name, difference === undefined ? [] : [difference]])), ...learned } };
}

/** Numbers that others printed or recorded. */
export const numberChecks: Readonly<Record<NumberName, Check>> = {
  'numbers: the book': { promise: 'every number that the chapter "Convolutions for Images" prints comes out to its last digit', runs: 'for each dtype', run: bookProblems },
  ...recordedChecks,
  'numbers: the folder of vectors': vectorsCheck,
};
