import { compile, type Backend } from '@xcorr/compiler';
import type { Book, Matrix, TrainingRun } from '@xcorr/golden';
import { convolve2d, flip, grad, input, mul, squaredError, state, sub } from '@xcorr/graph';
import type { StrictConvolutionMessages } from '../languages/messages.ts';
import { compareMatrices, type Finding, type Section } from './finding.ts';
import { flipped, rowsOf, sizeOf } from './matrix.ts';

/** The kernel that strict convolution learns from the flipped start of a run. */
async function learnStrictly({ edge, learnKernel: { lr, iterations } }: Book, { initialKernel }: TrainingRun, backend: Backend<'async'>): Promise<Matrix> {
  const X = input('X', sizeOf(edge.x));
  const Y = input('Y', sizeOf(edge.y));
  const K = state('K', flipped(initialKernel));
  const loss = squaredError(convolve2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  const step = await compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(lr, dK))]] }, backend);
  await step.run({ X: edge.x, Y: edge.y }, { times: iterations, results: [] });
  return rowsOf(await step.state.K, sizeOf(initialKernel)[1]);
}

export async function strictConvolution(book: Book, { title, summary, flippedKernel }: StrictConvolutionMessages, backend: Backend<'async'>): Promise<Section> {
  const { x, k, y } = book.corr2d;
  const X = input('X', sizeOf(x));
  const K = input('K', sizeOf(k));
  const program = await compile({ inputs: { X, K }, outputs: { Y: convolve2d(X, flip(K)) } }, backend);
  const { Y } = await program.run({ X: x, K: k });
  const learned: Finding[] = [];
  for (const run of book.learnKernel.runs.filter(({ learnedKernel }) => learnedKernel !== undefined).slice(0, 1))
    learned.push(compareMatrices(flippedKernel, flipped(await learnStrictly(book, run, backend)), run.learnedKernel, run.learnedKernelTolerance));
  return {
    title,
    summary,
    parts: [
      {
        findings: [compareMatrices('convolve2d(X, flip(K))', rowsOf(Y, sizeOf(y)[1]), y), ...learned],
      },
    ],
  };
}
