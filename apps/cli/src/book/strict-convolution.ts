import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import type { Book, Matrix, TrainingRun } from '@xcorr/golden';
import { convolve2d, flip, grad, input, mul, squaredError, state, sub } from '@xcorr/graph';
import type { StrictConvolutionMessages } from '../languages/messages.ts';
import { compareMatrices, type Section } from './finding.ts';
import { flipped, rowsOf, sizeOf } from './matrix.ts';

/** The kernel that strict convolution learns from the flipped start of a run. */
function learnStrictly({ edge, learnKernel: { lr, iterations } }: Book, { initialKernel }: TrainingRun): Matrix {
  const X = input('X', sizeOf(edge.x));
  const Y = input('Y', sizeOf(edge.y));
  const K = state('K', flipped(initialKernel));
  const loss = squaredError(convolve2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  const step = compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(lr, dK))]] }, js());
  for (let iteration = 0; iteration < iterations; iteration++) step.run({ X: edge.x, Y: edge.y });
  return rowsOf(step.state.K, sizeOf(initialKernel)[1]);
}

export function strictConvolution(book: Book, { title, summary, flippedKernel }: StrictConvolutionMessages): Section {
  const { x, k, y } = book.corr2d;
  const X = input('X', sizeOf(x));
  const K = input('K', sizeOf(k));
  const program = compile({ inputs: { X, K }, outputs: { Y: convolve2d(X, flip(K)) } }, js());
  const { Y } = program.run({ X: x, K: k });
  const learned = book.learnKernel.runs.filter((run) => run.learnedKernel !== undefined).slice(0, 1);
  return {
    title,
    summary,
    parts: [
      {
        findings: [
          compareMatrices('convolve2d(X, flip(K))', rowsOf(Y, sizeOf(y)[1]), y),
          ...learned.map((run) =>
            compareMatrices(flippedKernel, flipped(learnStrictly(book, run)), run.learnedKernel, run.learnedKernelTolerance),
          ),
        ],
      },
    ],
  };
}
