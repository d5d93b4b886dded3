import type { InEachLanguage } from '../languages/language.ts';
import type { ExampleName } from './examples.ts';
import type { Setting } from './state.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';

/** From a first number to a last one. */
export type Span = readonly [number, number];

/** Names such as `X`, `K`, `Y` and `Y[0, 1]` are the same in every language, as are formulas. */
export type SlideWords = {
  readonly summary: string;
  readonly settings: string;
  readonly example: string;
  readonly examples: Readonly<Record<ExampleName, string>>;
  /** What the list shows when the state is none of the examples. */
  readonly ownExample: string;
  readonly setting: Readonly<Record<Setting, string>>;
  readonly flip: string;
  readonly flipHint: string;
  readonly inputSize: string;
  readonly kernelSize: string;
  readonly rows: string;
  readonly columns: string;
  readonly input: string;
  readonly kernel: string;
  readonly flippedKernel: string;
  readonly output: string;
  /** The output of a layer of several. */
  readonly featureMap: (layer: number) => string;
  readonly window: string;
  readonly keys: string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly position: string;
  readonly positionOf: (step: number, steps: number) => string;
  readonly sum: string;
  readonly noSum: string;
  readonly shape: string;
  /** What the letters of the shape formula stand for. */
  readonly letters: Readonly<Record<'n' | 'k' | 'p' | 'd' | 's', string>>;
  readonly field: string;
  /** An element is made of a window of a map. */
  readonly sees: (element: string, map: string, height: number, width: number, rows: Span, columns: Span) => string;
  readonly seesPadding: string;
  /** With gaps between what it sees. */
  readonly seesGaps: (count: number) => string;
  readonly misfit: (layer: number, window: string, input: string) => string;
  readonly badCell: (name: string, most: number) => string;
};

export const slideWords: InEachLanguage<SlideWords> = { en: english, pt: portuguese, zh: chinese, ja: japanese };
