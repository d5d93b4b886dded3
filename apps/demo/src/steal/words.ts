import type { CameraProblem } from '../compute/camera.ts';
import type { InEachLanguage } from '../languages/language.ts';
import type { Verdict } from './learned.ts';
import type { Problem, Sides } from './problem.ts';
import type { ExampleName } from './state.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';

type ProblemKind = Problem['kind'];

export type StealWords = {
  readonly summary: string;

  /** The two photographs. */
  readonly photographs: string;
  readonly before: string;
  readonly after: string;
  readonly howToGive: string;
  readonly choose: (slot: string) => string;
  readonly pageExample: string;
  readonly usePageExample: string;
  readonly made: string;
  readonly madeOf: (example: string) => string;
  readonly examples: Readonly<Record<ExampleName, string>>;
  readonly own: string;

  /** What is sought. */
  readonly sought: string;
  readonly size: string;
  readonly sizeOf: (rows: number, columns: number) => string;
  readonly rows: string;
  readonly columns: string;
  readonly bias: string;
  readonly everywhere: string;

  /** What was found. */
  readonly result: string;
  readonly working: string;
  readonly ofPair: (before: string, after: string) => string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly explains: string;
  readonly explainsBefore: string;
  readonly verdictOf: (explained: string) => string;
  /** Of a share below 0. */
  readonly explainsNothing: string;
  readonly leftOver: (rootMeanSquare: string, times: string) => string;
  readonly mayBeLossy: string;
  readonly tryOthers: string;
  readonly errors: string;
  readonly errorsOf: (rootMeanSquare: string, largest: string, rounding: string) => string;
  readonly again: string;
  readonly againOf: (share: string, largest: number) => string;
  readonly learnedFrom: string;
  readonly samplesOf: (samples: string, sides: Sides, seen: 'brightness' | 'colours') => string;
  readonly partOnly: string;
  readonly measuredPart: (sides: Sides, of: Sides) => string;
  readonly cropped: (sides: Sides) => string;
  readonly clippedOut: (count: string) => string;
  readonly clippedKept: (count: string) => string;
  readonly known: string;
  readonly knownTo: (uncertainty: string) => string;
  readonly notOnly: string;
  readonly time: string;
  readonly timeOf: (milliseconds: number) => string;
  readonly noLoops: Readonly<Record<'closures' | 'gpu', string>>;
  readonly kernelOf: (rows: number, columns: number) => string;
  readonly biasOf: (levels: string) => string;
  readonly pictures: string;
  readonly filteredBefore: string;
  readonly difference: string;
  readonly differenceScale: (gain: number) => string;

  /** The filter on other pictures. */
  readonly run: string;
  readonly runSummary: string;
  readonly startCamera: string;
  readonly stopCamera: string;
  readonly cameraProblems: Readonly<Record<CameraProblem, string>>;
  readonly stillPhotograph: string;
  readonly chooseStill: string;
  readonly given: string;
  readonly filtered: string;
  readonly ranAt: (sides: Sides, milliseconds: number) => string;

  /** The filter to take away. */
  readonly code: string;
  readonly codeSummary: string;
  readonly typescript: string;
  readonly kernelText: string;
  readonly copy: (what: string) => string;
  readonly copied: (what: string) => string;
  readonly notCopied: (what: string) => string;
  readonly inEdges: string;
  readonly biasStays: string;

  readonly problems: { readonly [Kind in ProblemKind]: (problem: Extract<Problem, { readonly kind: Kind }>) => string };
  readonly lastStays: string;
  /** What stands between two words of a list, and between two sentences of which the first has no end of its own. */
  readonly between: string;
  readonly stop: string;
};

export const stealWords: InEachLanguage<StealWords> = { en: english, pt: portuguese, zh: chinese, ja: japanese };

/** What a problem is called in words. */
export function problemText(words: StealWords, problem: Problem): string {
  switch (problem.kind) {
    case 'no-picture':
      return words.problems['no-picture'](problem);
    case 'damaged':
      return words.problems.damaged(problem);
    case 'too-many-pixels':
      return words.problems['too-many-pixels'](problem);
    case 'too-many-bytes':
      return words.problems['too-many-bytes'](problem);
    case 'sizes':
      return words.problems.sizes(problem);
    case 'kernel-too-large':
      return words.problems['kernel-too-large'](problem);
    case 'flat':
      return words.problems.flat(problem);
    case 'too-few':
      return words.problems['too-few'](problem);
    case 'failed':
      return words.problems.failed(problem);
    default:
      return problem satisfies never;
  }
}
