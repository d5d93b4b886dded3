import { CompileError, type DType } from '@xcorr/graph';
import type { AnyBackend } from '../judge/runner.ts';
import { severally } from '../judge/several.ts';
import type { Vectors } from './vectors.ts';

/** What a check looks at: a backend, in one dtype. */
export interface Subject {
  readonly backend: AnyBackend;
  readonly dtype: DType;
  /** All that the backend has: no program of a check holds another. */
  readonly dtypes: readonly DType[];
  /** c: how many units a sum may err by. */
  readonly errorConstant: number;
  readonly extent: Extent;
  /** Reference vectors that were handed over. */
  readonly vectors: Vectors | undefined;
}

/** How much is drawn at random. */
export interface Extent {
  readonly seed: number;
  /** Random graphs of each set. */
  readonly graphs: number;
  /** Which part of them is certified at every stage of compilation: 0 to 1. */
  readonly certified: number;
}

export const defaultExtent: Extent = { seed: 20_261_122, graphs: 450, certified: 1 / 8 };

/** What `npm run test:full` takes: about two minutes of one core for a backend. */
export const fullExtent: Omit<Extent, 'seed'> = { graphs: 1200, certified: 1 };

/** The largest error that an operation was seen to make, and what it may be. */
export interface Measurement {
  readonly operation: string;
  readonly dtype: DType;
  /**
   * `ulp`: units in the last place, of an element-wise function. `c`: of what sums,
   * |got - want| <= c u sum |terms|, with u = 2^-24 for float32 and 2^-53 for float64.
   */
  readonly measure: 'ulp' | 'c';
  /** The operands over which it was measured, in words. */
  readonly domain: string;
  readonly largest: number;
  readonly allowed: number;
}

/** What came of a check. */
export interface Finding {
  /** What is wrong, a sentence each; none where the promise is kept. */
  readonly problems: readonly string[];
  /** What is wrong with each of the cases that the check is made of, by their names: a known gap may be one of them. */
  readonly cases?: Readonly<Record<string, readonly string[]>>;
  readonly measured?: readonly Measurement[];
  /** Those of its sentences that tell of errors which are no refusals: no known gap excuses them. */
  readonly crashes?: readonly string[];
  /** Why nothing was looked at, though there is something to look at. */
  readonly notRun?: string;
  /** What was not looked at beside the rest, and why. */
  readonly leftOut?: readonly string[];
  /** What else is to be read, not judged. */
  readonly text?: string;
}

/** A promise, and how it is put to the test. */
export interface Check {
  /** The promise in a sentence. */
  readonly promise: string;
  readonly runs: 'for each dtype' | 'once';
  /** Why backends of this kind promise no such thing; undefined where they do. Default: all of them do. */
  readonly inapplicable?: (subject: Pick<Subject, 'backend' | 'dtypes'>) => string | undefined;
  readonly run: (subject: Subject) => Promise<Finding>;
}

export const dtypes: readonly DType[] = ['float32', 'float64'];

/** The unit roundoff of each dtype. */
export const unitRoundoff: Readonly<Record<DType, number>> = { float32: 2 ** -24, float64: 2 ** -53 };

/** Looks at cases, several of an asynchronous backend at once; one that is refused has that for its problem, and the others go on. */
export async function eachCase<Item>(items: readonly Item[], backend: Pick<AnyBackend, 'mode'>, nameOf: (item: Item) => string, problemsOf: (item: Item) => Promise<readonly string[]>): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = await severally(items, backend, async (item) => {
    const name = nameOf(item);
    try {
      return { name, problems: await problemsOf(item) };
    } catch (error) {
      if (!(error instanceof CompileError)) throw error;
      return { name, problems: [`${name}: refused: ${error.message}`] };
    }
  });
  const cases: Record<string, readonly string[]> = {};
  // Recorded cases may share a name: then they are one case.
  for (const { name, problems } of found) cases[name] = [...(cases[name] ?? []), ...problems];
  return cases;
}
