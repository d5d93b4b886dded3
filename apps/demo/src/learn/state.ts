import type { KernelName } from '@xcorr/image';
import type { Framework } from '@xcorr/nn';
import type { Matrix } from '../page/matrix-text.ts';

/** What the kernel sees: the chapter's image, a part of a photograph, or numbers drawn at random. */
export const imageNames = ['book', 'photograph', 'random'] as const;

export type ImageName = (typeof imageNames)[number];

/** Kernels of at most this many rows and columns are learned. */
export const mostSide = 7;

/** The largest magnitude of a tap that is drawn: of responses to larger ones single precision keeps too little. */
export const largestTap = 1000;

/** The named kernels that are no larger. */
export const targetNames = [
  'book',
  'sobel-x',
  'sobel-y',
  'prewitt-x',
  'prewitt-y',
  'scharr-x',
  'scharr-y',
  'roberts-main',
  'roberts-anti',
  'kirsch-n',
  'kirsch-ne',
  'kirsch-e',
  'kirsch-se',
  'kirsch-s',
  'kirsch-sw',
  'kirsch-w',
  'kirsch-nw',
  'forward-x',
  'forward-y',
  'central-x',
  'central-y',
  'second-x',
  'second-y',
  'second-xy',
  'laplacian-4',
  'laplacian-8',
  'gabor-7',
  'box-3',
  'box-5',
  'gaussian-3',
  'gaussian-5',
  'motion-main',
  'motion-anti',
  'sharpen',
  'identity',
] as const satisfies readonly KernelName[];

export type TargetName = (typeof targetNames)[number] | 'drawn';

/** The five runs that the editions of the book print, in their order in `book.learnKernel.runs`. */
export const bookStarts = ['book-pytorch', 'book-mxnet', 'book-flax', 'book-keras', 'book-chinese'] as const;

export const frameworks = ['pytorch', 'mxnet', 'flax', 'keras'] as const satisfies readonly Framework[];

/** Where the kernel starts: as in a run of the book, as a framework's layer, or as the chapter's own class. */
export type StartName = (typeof bookStarts)[number] | Framework | `chapter-${Framework}`;

export const startNames: readonly StartName[] = [...bookStarts, ...frameworks, ...frameworks.map((each): `chapter-${Framework}` => `chapter-${each}`)];

export const optimiserNames = ['sgd', 'momentum', 'nesterov', 'adam', 'adamw', 'rmsprop'] as const;

export type OptimiserName = (typeof optimiserNames)[number];

/** Those whose momentum is chosen. */
export function hasMomentum(optimiser: OptimiserName): boolean {
  return optimiser === 'momentum' || optimiser === 'nesterov';
}

/** How fast steps follow one another: some a second, or as many as there is time for. */
export const paces = ['slow', 'brisk', 'quick', 'fast'] as const;

export type Pace = (typeof paces)[number];

export type LearnState = {
  readonly image: ImageName;
  readonly target: TargetName;
  /** The kernel that makes the target where `target` is `drawn`. */
  readonly drawn: Matrix;
  readonly start: StartName;
  readonly seed: number;
  readonly optimiser: OptimiserName;
  readonly rate: number;
  readonly momentum: number;
  /** Whether the loss compares the Laplacians. */
  readonly whiten: boolean;
  /** Learning stops after so many steps. */
  readonly steps: number;
  readonly pace: Pace;
};

export const mostSteps = 1_000_000;

/** Of 1 and more, steps at any rate grow without end. */
export const mostMomentum = 0.999;

/** The chapter's own example, as its English edition runs it in PyTorch. */
export const initial: LearnState = {
  image: 'book',
  target: 'book',
  drawn: [
    [0, 1, 2],
    [-1, 0, 1],
    [-2, -1, 0],
  ],
  start: 'book-pytorch',
  seed: 1,
  optimiser: 'sgd',
  rate: 0.03,
  momentum: 0.9,
  whiten: false,
  steps: 10,
  pace: 'brisk',
};

export function isBookStart(start: StartName): start is (typeof bookStarts)[number] {
  return start.startsWith('book-');
}

/** The framework whose initialiser a start is. */
export function frameworkOf(start: Framework | `chapter-${Framework}`): Framework {
  return frameworks.find((each) => start.endsWith(each)) ?? 'pytorch';
}
