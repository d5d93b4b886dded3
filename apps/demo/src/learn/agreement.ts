import { book, type TrainingRun } from '@xcorr/golden';
import type { Live } from './learning.ts';
import { bookStarts, initial, isBookStart, type LearnState } from './state.ts';

/** A printed loss and ours; ours is undefined before its step was made. */
export type LossLine = { readonly epoch: number; readonly printed: string; readonly ours: string | undefined; readonly agrees: boolean };

/** A tap of the learned kernel; ours is undefined while the steps that the book made are not made, or more are. */
export type TapLine = { readonly printed: string; readonly ours: string | undefined; readonly agrees: boolean };

export type Agreement = {
  readonly run: TrainingRun;
  readonly lines: readonly LossLine[];
  /** None where the book does not show the kernel. */
  readonly taps: readonly TapLine[];
  /** Whether all that was printed was compared, and agrees. */
  readonly complete: boolean;
};

/** Whether a state is one of the book's runs, whatever the number of steps and their pace. */
export function isBookRun({ image, target, start, optimiser, rate, whiten }: LearnState): boolean {
  return image === 'book' && target === 'book' && isBookStart(start) && optimiser === 'sgd' && rate === book.learnKernel.lr && !whiten;
}

/** The state of a run of the book. */
export function bookRun(start: (typeof bookStarts)[number], state: LearnState): LearnState {
  return { ...state, image: 'book', target: 'book', start, optimiser: 'sgd', rate: book.learnKernel.lr, whiten: false, steps: book.learnKernel.iterations, pace: initial.pace };
}

/** What the book prints beside what came out here; undefined where this is none of its runs, or its rate was another one on the way. */
export function agreementOf(state: LearnState, { curve, kernel, rate }: Pick<Live, 'curve' | 'kernel' | 'rate'>): Agreement | undefined {
  const run = isBookStart(state.start) ? book.learnKernel.runs[bookStarts.indexOf(state.start)] : undefined;
  if (run === undefined || !isBookRun(state) || (rate !== undefined && rate !== book.learnKernel.lr)) return undefined;
  const { iterations } = book.learnKernel;
  const every = Math.floor(iterations / run.printedLosses.length);
  const lines = run.printedLosses.map((printed, line): LossLine => {
    const epoch = (line + 1) * every;
    const ours = curve.head[epoch - 1]?.toFixed(printed.length - printed.indexOf('.') - 1);
    return { epoch, printed, ours, agrees: ours === printed };
  });
  const taps = (run.learnedKernel ?? []).flat().map((tap, at): TapLine => {
    const printed = String(tap);
    const found = curve.total === iterations ? (kernel.flat()[at] ?? Number.NaN) : undefined;
    return { printed, ours: found?.toFixed(printed.length - printed.indexOf('.') - 1), agrees: found !== undefined && Math.abs(found - tap) <= (run.learnedKernelTolerance ?? 0) };
  });
  return { run, lines, taps, complete: [...lines, ...taps].every(({ agrees }) => agrees) };
}
