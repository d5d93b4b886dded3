import type { Framework } from '@xcorr/nn';
import type { InEachLanguage } from '../languages/language.ts';
import type { Divergence, Prospect } from './advice.ts';
import type { PresetName } from './presets.ts';
import type { bookStarts, ImageName, OptimiserName, Pace } from './state.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';

export type LearnWords = {
  readonly title: string;
  readonly summary: string;
  readonly presets: string;
  readonly bookPresets: string;
  readonly morePresets: string;
  readonly bookRuns: Readonly<Record<(typeof bookStarts)[number], string>>;
  readonly otherPresets: Readonly<Record<Exclude<PresetName, (typeof bookStarts)[number]>, string>>;

  readonly pair: string;
  readonly image: string;
  readonly images: Readonly<Record<ImageName, string>>;
  readonly target: string;
  readonly drawn: string;
  readonly rows: string;
  readonly columns: string;
  /** The drawn kernel's cells, as a group. */
  readonly drawnKernel: string;
  readonly cell: (row: number, column: number) => string;
  readonly whiten: string;
  readonly whitenHelp: string;

  readonly startGroup: string;
  readonly start: string;
  readonly startGroups: { readonly book: string; readonly layers: string; readonly chapter: string };
  readonly chapterStart: (framework: string) => string;
  readonly frameworks: Readonly<Record<Framework, string>>;
  readonly seed: string;
  readonly seedUnused: string;
  readonly anotherSeed: string;

  readonly descent: string;
  readonly optimiser: string;
  readonly optimisers: Readonly<Record<OptimiserName, string>>;
  readonly rate: string;
  readonly momentum: string;
  readonly bestRate: string;
  readonly steps: string;
  readonly pace: string;
  readonly paces: Readonly<Record<Pace, string>>;
  /** `high` undefined: there is no bound to speak of. */
  readonly invalidNumber: (low: number, high: number | undefined) => string;
  readonly prospect: (prospect: Prospect) => string;
  readonly flat: string;

  readonly controls: string;
  readonly learn: string;
  readonly pause: string;
  readonly resume: string;
  readonly again: string;
  readonly step: string;
  readonly reset: string;
  readonly opening: string;
  readonly ready: string;
  readonly learning: string;
  readonly paused: (step: number) => string;
  readonly done: (step: number, loss: string) => string;
  readonly settled: (step: number) => string;
  readonly diverged: (step: number) => string;
  readonly failed: (reason: string) => string;
  readonly workerFailed: string;
  readonly stepNow: string;
  readonly lossNow: string;
  readonly offTarget: string;
  readonly noLoops: string;

  readonly whyDiverged: string;
  readonly divergence: (divergence: Divergence) => string;
  readonly takeRate: (rate: number) => string;

  readonly lossCurve: string;
  readonly lossOfStep: string;
  readonly noLosses: string;
  readonly curveText: (steps: number, first: string, last: string) => string;
  readonly lossTable: string;
  readonly stepColumn: string;
  readonly lossColumn: string;

  readonly kernels: string;
  readonly learnedKernel: string;
  readonly targetKernel: string;
  readonly kernelDifference: string;

  readonly pictures: string;
  readonly input: string;
  readonly targetPicture: string;
  readonly response: string;
  readonly difference: string;
  readonly largest: (value: string) => string;
  readonly pictureText: (name: string, rows: number, columns: number) => string;

  readonly bookTable: (edition: string, layout: string) => string;
  readonly epoch: string;
  readonly printed: string;
  readonly ours: string;
  readonly agreement: string;
  readonly agrees: string;
  readonly differs: string;
  readonly notYet: string;
  readonly notPrinted: string;
  readonly allAgree: string;
  readonly bookStartNote: string;

  readonly handOver: string;
  readonly copyMatrix: string;
  readonly openInEdges: string;
  readonly code: string;
  readonly codeHelp: string;
  readonly copyCode: string;
  readonly copied: string;
  readonly notCopied: string;
};

export const learnWords: InEachLanguage<LearnWords> = { en: english, pt: portuguese, zh: chinese, ja: japanese };
