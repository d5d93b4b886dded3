import { compile, type Backend } from '@xcorr/compiler';
import type { Book, Matrix, TrainingRun } from '@xcorr/golden';
import { conv2d, grad, input, mul, square, state, sub, sum, type Layout, type Nested, type Tensor } from '@xcorr/graph';
import type { LearningMessages } from '../languages/messages.ts';
import { compareMatrices, compareText, type Finding, type Part, type Section } from './finding.ts';
import { rowsOf, sizeOf } from './matrix.ts';
import { systemIn } from './system.ts';

interface Placement {
  readonly image: (matrix: Matrix) => Nested;
  readonly kernel: (matrix: Matrix) => Nested;
  readonly shape: (size: readonly [number, number]) => readonly number[];
}

/** Where one image of one channel, and a kernel from one channel to one, have their rows and columns. */
const layouts: Readonly<Record<Layout, Placement>> = {
  NCHW: {
    image: (matrix) => [[matrix]],
    kernel: (matrix) => [[matrix]],
    shape: ([rows, columns]) => [1, 1, rows, columns],
  },
  NHWC: {
    image: (matrix) => [matrix.map((row) => row.map((value) => [value]))],
    kernel: (matrix) => matrix.map((row) => row.map((value) => [[value]])),
    shape: ([rows, columns]) => [1, rows, columns, 1],
  },
};

/** What a run is made of: a type that keeps the names, so that feeds and results are checked by them. */
export interface LearningStep {
  readonly inputs: { readonly X: Tensor; readonly Y: Tensor };
  readonly state: { readonly K: Tensor };
  readonly outputs: { readonly loss: Tensor };
  readonly updates: readonly (readonly [Tensor, Tensor])[];
}

/** One program holds the loss, its gradient and the step: K becomes K - lr * dloss/dK at the end of each run. */
export function learningStep({ edge, learnKernel: { lr } }: Book, { layout, initialKernel }: TrainingRun): LearningStep {
  const { kernel, shape } = layouts[layout];
  const X = input('X', shape(sizeOf(edge.x)));
  const Y = input('Y', shape(sizeOf(edge.y)));
  const K = state('K', kernel(initialKernel));
  const loss = sum(square(sub(conv2d(X, K, { layout }), Y)));
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(lr, dK))]] };
}

async function learn(book: Book, run: TrainingRun, backend: Backend<'async'>): Promise<{ losses: readonly number[]; kernel: Matrix }> {
  const { edge, learnKernel } = book;
  const { image } = layouts[run.layout];
  const step = await compile(learningStep(book, run), backend);
  const feeds = { X: image(edge.x), Y: image(edge.y) };
  const { loss } = await step.run(feeds, { times: learnKernel.iterations, record: ['loss'] });
  return { losses: [...loss.data], kernel: rowsOf(await step.state.K, sizeOf(run.initialKernel)[1]) };
}

async function trainingRun(book: Book, run: TrainingRun, messages: LearningMessages, backend: Backend<'async'>): Promise<Part> {
  const { losses, kernel } = await learn(book, run, backend);
  // The loss of every second iteration is printed: as many lines as the book has.
  const every = Math.floor(losses.length / run.printedLosses.length);
  const printed = run.printedLosses.map((text, line): Finding => {
    const epoch = (line + 1) * every;
    return compareText(messages.loss(epoch), (losses[epoch - 1] ?? Number.NaN).toFixed(3), text);
  });
  const learned = compareMatrices(messages.kernel, kernel, run.learnedKernel, run.learnedKernelTolerance);
  return { title: messages.run(systemIn(run.system, messages), run.layout), findings: [...printed, learned] };
}

export async function learning(book: Book, messages: LearningMessages, backend: Backend<'async'>): Promise<Section> {
  const parts: Part[] = [];
  for (const run of book.learnKernel.runs) parts.push(await trainingRun(book, run, messages, backend));
  return { title: messages.title, summary: messages.summary, parts };
}
