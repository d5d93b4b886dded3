import type { Divergence } from '../advice.ts';
import type { LearnWords } from '../words.ts';

const optimisers = { sgd: 'gradient descent', momentum: 'momentum (Polyak)', nesterov: 'momentum (Nesterov)', adam: 'Adam', adamw: 'AdamW', rmsprop: 'RMSProp' } as const;

const brief = (value: number): string => String(Number(value.toPrecision(3)));

function divergence({ optimiser, rate, momentum, most, limit, factor }: Divergence): string {
  const withMomentum = optimiser === 'sgd' ? '' : ` and the momentum ${momentum}`;
  if (limit === undefined) return `With the learning rate ${rate} the steps of ${optimisers[optimiser]} are so long that the loss grows without end.`;
  const reason = `The largest curvature of the loss is ${brief(most)}. With it${withMomentum}, steps converge only at rates below ${limit}, and the rate was ${rate}: each step jumps over the minimum and lands further away than it began.`;
  return factor === undefined ? reason : `${reason} Along the steepest direction the error is multiplied by |1 − ${rate} × ${brief(most)}| = ${brief(factor)} in every step.`;
}

export const english: LearnWords = {
  title: 'Learning a kernel',
  summary: 'From an image and what a kernel made of it, gradient descent finds the kernel again.',
  presets: 'Begin with',
  bookPresets: 'The book’s runs',
  morePresets: 'Others',
  bookRuns: { 'book-pytorch': 'PyTorch', 'book-mxnet': 'MXNet', 'book-flax': 'JAX', 'book-keras': 'TensorFlow', 'book-chinese': 'PyTorch, Chinese notes' },
  otherPresets: { 'too-large': 'a rate too large', photograph: 'a photograph', laplacians: 'a photograph, by Laplacians' },

  pair: 'Input and target',
  image: 'Input',
  images: { book: 'the book’s image, 6 × 8', photograph: 'a photograph, 96 × 96', random: 'random numbers, 32 × 32' },
  target: 'Target: the response to',
  drawn: 'a kernel of your own',
  rows: 'Rows',
  columns: 'Columns',
  drawnKernel: 'Your kernel',
  cell: (row, column) => `row ${row}, column ${column}`,
  whiten: 'Compare Laplacians',
  whitenHelp: 'Neighbours in a photograph are alike; their Laplacians are not. So the loss curves alike in all directions, and far fewer steps are needed.',

  startGroup: 'First kernel',
  start: 'Initialiser',
  startGroups: { book: 'as a run of the book', layers: 'as layers of the framework', chapter: 'as the chapter’s own Conv2D' },
  chapterStart: (framework) => `Conv2D, ${framework}`,
  frameworks: { pytorch: 'PyTorch', mxnet: 'MXNet', flax: 'Flax (JAX)', keras: 'Keras (TensorFlow)' },
  seed: 'Seed',
  seedUnused: 'The book’s run has its own first kernel.',
  anotherSeed: 'Another seed',

  descent: 'Optimiser',
  optimiser: 'Optimiser',
  optimisers,
  rate: 'Learning rate',
  momentum: 'Momentum',
  bestRate: 'Take the best rate',
  steps: 'Steps',
  pace: 'Pace',
  paces: { slow: '2 steps a second', brisk: '10 steps a second', quick: '100 steps a second', fast: 'as fast as it goes' },
  invalidNumber: (low, high) => (high === undefined ? `A number of at least ${low} is needed.` : `A number from ${low} to ${high} is needed.`),
  prospect: (prospect) => {
    const curvature = `The curvature of the loss lies between ${brief(prospect.least)} and ${brief(prospect.most)}.`;
    if (prospect.kind === 'adaptive') return `${curvature} Each step of this optimiser moves a tap by about the rate, whatever the curvature: it ends no nearer than that.`;
    return `${curvature} Steps converge at rates below ${prospect.limit}${prospect.exceeds ? ': this one is too large' : ''}.`;
  },
  flat: 'Along some direction the loss does not change at all: this image cannot tell all kernels of this size apart, and many make the same target.',

  controls: 'Learning',
  learn: 'Learn',
  pause: 'Pause',
  resume: 'Resume',
  again: 'Learn again',
  step: 'Step',
  reset: 'Reset',
  opening: 'Compiling the step…',
  ready: 'Ready.',
  learning: 'Learning…',
  paused: (step) => `Paused after step ${step}.`,
  done: (step, loss) => `Done: ${step} ${step === 1 ? 'step' : 'steps'}, loss ${loss}.`,
  settled: (step) => `Settled: after step ${step} no tap changes any more.`,
  diverged: (step) => `Diverged: stopped after step ${step}.`,
  failed: (reason) => `Nothing can be learned here: ${reason}`,
  workerFailed: 'the worker’s script did not start. Load the page anew.',
  stepNow: 'Step',
  lossNow: 'Loss',
  offTarget: 'Largest difference from the target kernel',
  noLoops: 'Run-time JavaScript loops are not allowed here: the steps are interpreted, and large images take longer.',

  whyDiverged: 'Why it diverged',
  divergence,
  takeRate: (rate) => `Take the rate ${rate}`,

  lossCurve: 'Loss',
  lossOfStep: 'loss before the step (logarithmic)',
  noLosses: 'No step has been made yet.',
  curveText: (steps, first, last) => `Loss over ${steps} ${steps === 1 ? 'step' : 'steps'}, logarithmic: from ${first} to ${last}.`,
  lossTable: 'The losses as a table',
  stepColumn: 'Step',
  lossColumn: 'Loss',

  kernels: 'Kernels',
  learnedKernel: 'Learned kernel',
  targetKernel: 'Target kernel',
  kernelDifference: 'Difference',

  pictures: 'Images',
  input: 'Input',
  targetPicture: 'Target',
  response: 'Response of the learned kernel',
  difference: 'Difference from the target',
  largest: (value) => `at most ${value}`,
  pictureText: (name, rows, columns) => `${name}, ${rows} × ${columns}`,

  bookTable: (edition, layout) => `The book’s run: ${edition}, ${layout}`,
  epoch: 'Epoch',
  printed: 'Book',
  ours: 'Ours',
  agreement: 'Comparison',
  agrees: 'ok',
  differs: 'differs',
  notYet: 'not yet',
  notPrinted: 'The book does not show the learned kernel of this run.',
  allAgree: 'All that the book prints of this run came out here, too.',
  bookStartNote: 'The first kernel is not printed in the book: it is recovered from the printed losses.',

  handOver: 'The learned kernel',
  copyMatrix: 'Copy as matrix',
  openInEdges: 'Open in Edges',
  code: 'The code that does the same',
  codeHelp: 'Loss, gradient and step are compiled into one program.',
  copyCode: 'Copy code',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
};
