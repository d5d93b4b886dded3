import type { PlaceName } from '../compute/place-names.ts';
import type { InEachLanguage } from '../languages/language.ts';
import type { CameraProblem } from '../compute/camera.ts';
import type { PlaceNote } from '../compute/choose-place.ts';
import type { KernelFamily } from './kernel-families.ts';
import type { Problem } from './outcome.ts';
import type { BorderName, DirectionViewName, FindName, PairName, PictureName, ViewName } from './state.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';
import { japanese } from './words/japanese.ts';
import { portuguese } from './words/portuguese.ts';

/** A sentence for each kind of what is said; it gets what is known of it. */
type Sentences<Union extends { readonly kind: string }> = { readonly [Kind in Union['kind']]: (said: Extract<Union, { readonly kind: Kind }>) => string };

export type EdgesWords = {
  readonly title: string;
  readonly summary: string;
  readonly picture: {
    readonly legend: string;
    readonly choice: string;
    readonly names: Readonly<Record<PictureName, string>>;
    readonly file: string;
    /** How else a picture comes here, and how large it may be. */
    readonly hint: (side: number, megabytes: number) => string;
    readonly startCamera: string;
    readonly stopCamera: string;
    readonly frames: (perSecond: number) => string;
    readonly size: (width: number, height: number) => string;
    readonly grey: string;
  };
  readonly find: { readonly legend: string; readonly names: Readonly<Record<FindName, string>> };
  readonly kernel: {
    readonly choice: string;
    readonly edited: string;
    readonly families: Readonly<Record<KernelFamily, string>>;
    readonly cells: (rows: number, columns: number) => string;
    readonly tap: (row: number, column: number) => string;
    readonly rows: string;
    readonly columns: string;
    readonly flip: string;
    readonly transpose: string;
  };
  readonly border: { readonly choice: string; readonly names: Readonly<Record<BorderName, string>>; readonly constant: string };
  readonly view: { readonly choice: string; readonly names: Readonly<Record<ViewName, string>>; readonly legends: Readonly<Record<ViewName, string>> };
  readonly direction: { readonly pair: string; readonly pairs: Readonly<Record<PairName, string>>; readonly choice: string; readonly names: Readonly<Record<DirectionViewName, string>>; readonly legend: string };
  readonly canny: {
    readonly low: string;
    readonly high: string;
    readonly norm: string;
    readonly aperture: string;
    readonly smooth: string;
    readonly legend: string;
    /** Of a matrix of 0 to 1: its white is 255. */
    readonly ofNumbers: string;
  };
  readonly place: { readonly choice: string; readonly names: Readonly<Record<PlaceName, string>>; readonly noWebgl: string; readonly noGraphics: string };
  readonly result: {
    readonly heading: string;
    readonly before: (picture: string) => string;
    readonly after: (what: string) => string;
    readonly slider: string;
    readonly sliderText: (percent: number) => string;
    readonly working: string;
    readonly reading: string;
    readonly rows: (done: number, of: number) => string;
    readonly cancel: string;
    readonly cancelled: string;
    readonly ran: (milliseconds: string, ranOn: string) => string;
    /** What stands between two of these in one sentence. */
    readonly between: string;
    /** What stands between two clauses, and between two sentences of which the first has no end of its own. */
    readonly apart: string;
    readonly stop: string;
    readonly compiled: (milliseconds: string) => string;
    readonly kept: string;
    readonly range: (least: string, most: string, strong: string) => string;
    readonly edges: (count: number) => string;
    readonly lastStays: string;
  };
  readonly numbers: {
    readonly input: (rows: number, columns: number) => string;
    readonly output: (rows: number, columns: number) => string;
    readonly magnitude: (rows: number, columns: number) => string;
    readonly direction: (rows: number, columns: number) => string;
    readonly edges: (rows: number, columns: number) => string;
    readonly degrees: (angle: string) => string;
    readonly flat: string;
  };
  readonly code: { readonly heading: string; readonly copy: string; readonly copied: string; readonly notCopied: string };
  readonly notes: Sentences<PlaceNote>;
  readonly problems: Sentences<Problem>;
  readonly cameraProblems: Readonly<Record<CameraProblem, string>>;
};

export const edgesWords: InEachLanguage<EdgesWords> = { en: english, pt: portuguese, zh: chinese, ja: japanese };
