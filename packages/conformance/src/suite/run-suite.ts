import { CompileError, suggest, ValueError, type DType } from '@xcorr/graph';
import type { AnyBackend } from '../judge/runner.ts';
import { dtypes as allDTypes, type Extent, type Finding, type Measurement } from './check.ts';
import { checkNames, checks, driverNames, type CheckName, type DriverName } from './checks.ts';

export interface SuiteOptions {
  /** The dtypes that the backend has. Default: both. */
  readonly dtypes?: readonly DType[];
  /** Checks that are known to fail, each with its reason. One that passes is a failure: the gap is closed, and must go. */
  readonly knownGaps?: Readonly<Partial<Record<CheckName, string>>>;
  /** What the backend's driver decides: run and recorded, never judged. */
  readonly unspecified?: readonly DriverName[];
  /** c: how many units a sum may err by. An algorithm that needs more than 16 says so. Default: 16. */
  readonly errorConstant?: number;
  /** Random graphs: 1000 of each set unless said otherwise, of which every eighth is certified. */
  readonly extent?: Partial<Extent>;
  /** A part of the suite. Default: all of it. */
  readonly only?: readonly CheckName[];
}

/** `known gap`: fails, as was said. `unspecified`: not judged. `not run`: something that it needs is not there. */
export type Status = 'passed' | 'failed' | 'known gap' | 'unspecified' | 'not run';

export interface CheckResult {
  readonly name: CheckName;
  readonly promise: string;
  readonly status: Status;
  readonly problems: readonly string[];
  readonly measured: readonly Measurement[];
  /** Of a known gap, and of what was not run. */
  readonly reason?: string;
  /** What else is to be read. */
  readonly texts: readonly string[];
}

/** The checks that are to run on a backend, one by one or all. */
export interface Plan {
  readonly names: readonly CheckName[];
  readonly run: (name: CheckName) => Promise<CheckResult>;
}

export interface SuiteReport {
  readonly backend: string;
  readonly dtypes: readonly DType[];
  readonly results: readonly CheckResult[];
}

const defaultExtent: Extent = { seed: 20_261_121, graphs: 1000, certified: 1 / 8 };

function checkNamesOf(given: readonly string[], known: readonly string[], option: string): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new ValueError(`conformance: ${option} names ${JSON.stringify(unknown)}, which is none of its checks; ${suggest(unknown, known, 'checks')}`);
}

function checkOptions({ dtypes = allDTypes, knownGaps = {}, unspecified = [], errorConstant = 16, only = checkNames }: SuiteOptions): void {
  checkNamesOf(Object.keys(knownGaps), checkNames, 'knownGaps');
  checkNamesOf(unspecified, driverNames, 'unspecified');
  checkNamesOf(only, checkNames, 'only');
  for (const [name, reason] of Object.entries(knownGaps)) {
    if (typeof reason !== 'string' || reason.trim() === '') throw new ValueError(`conformance: the known gap ${JSON.stringify(name)} has no reason; say in a sentence why it is there`);
    if (unspecified.some((each) => each === name)) throw new ValueError(`conformance: ${JSON.stringify(name)} is listed as a known gap and as unspecified; what is never judged is no gap`);
  }
  if (dtypes.length === 0) throw new ValueError('conformance: dtypes is empty; name at least one of "float32" and "float64"');
  if (!(errorConstant >= 1)) throw new ValueError(`conformance: errorConstant ${errorConstant} is not a number of at least 1`);
}

/** What a check finds over all the dtypes that it runs for, an error among its problems. */
async function findings(name: CheckName, backend: AnyBackend, options: SuiteOptions): Promise<readonly Finding[]> {
  const { dtypes = allDTypes, errorConstant = 16, extent } = options;
  const { runs, run } = checks[name];
  const [first = 'float32'] = dtypes;
  const found: Finding[] = [];
  for (const dtype of runs === 'once' ? [first] : dtypes)
    try {
      const finding = await run({ backend, dtype, errorConstant, extent: { ...defaultExtent, ...extent } });
      found.push(runs === 'once' ? finding : { ...finding, problems: finding.problems.map((problem) => `${dtype}: ${problem}`) });
    } catch (error) {
      const refused = error instanceof CompileError ? 'refused: ' : '';
      found.push({ problems: [`${dtype}: ${refused}${error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown that is no error'}`] });
    }
  return found;
}

function statusOf(name: CheckName, problems: readonly string[], isRun: boolean, { knownGaps = {}, unspecified = [] }: SuiteOptions): Status {
  if (unspecified.some((each) => each === name)) return 'unspecified';
  if (knownGaps[name] === undefined) return problems.length > 0 ? 'failed' : isRun ? 'passed' : 'not run';
  return problems.length > 0 ? 'known gap' : isRun ? 'failed' : 'not run';
}

/** A fault shows in many places: the first ones tell. */
const shownProblems = 6;

function firstOf(problems: readonly string[]): readonly string[] {
  const more = problems.length - shownProblems;
  return more > 0 ? [...problems.slice(0, shownProblems), `and ${more} more`] : problems;
}

async function runCheck(name: CheckName, backend: AnyBackend, options: SuiteOptions): Promise<CheckResult> {
  const found = await findings(name, backend, options);
  const problems = found.flatMap((finding) => finding.problems);
  const gap = options.knownGaps?.[name];
  const isRun = found.some((finding) => finding.notRun === undefined);
  const reason = gap ?? (isRun ? undefined : found[0]?.notRun);
  const status = statusOf(name, problems, isRun, options);
  const isClosed = gap !== undefined && status === 'failed';
  return {
    name,
    promise: checks[name].promise,
    status,
    problems: isClosed ? [`the known gap ${JSON.stringify(name)} is closed: the check passes; take it out of knownGaps (its reason was: ${gap})`] : firstOf(problems),
    measured: found.flatMap((finding) => finding.measured ?? []),
    texts: found.flatMap((finding) => finding.text ?? []),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * The checks that a backend is to be put to.
 *
 * @throws ValueError when an option names a check that there is not, or a known gap has no reason.
 */
export function planOf(backend: AnyBackend, options: SuiteOptions = {}): Plan {
  checkOptions(options);
  const { only } = options;
  return {
    names: checkNames.filter((name) => only === undefined || only.includes(name)),
    run: (name) => runCheck(name, backend, options),
  };
}

/**
 * Runs the suite on a backend, without a test runner.
 *
 * @throws ValueError as `planOf`
 * @example
 * const { results } = await runSuite(js(), { only: ['functions: exp', 'borders: wrap'] });
 * results.map(({ status }) => status); // => ['passed', 'passed']
 */
export async function runSuite(backend: AnyBackend, options: SuiteOptions = {}): Promise<SuiteReport> {
  const plan = planOf(backend, options);
  const results: CheckResult[] = [];
  for (const name of plan.names) results.push(await plan.run(name));
  return { backend: backend.name, dtypes: options.dtypes ?? allDTypes, results };
}
