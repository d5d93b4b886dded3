import { ValueError, type DType } from '@xcorr/graph';
import { disposeAll, type AnyBackend } from '../judge/runner.ts';
import { defaultExtent, dtypes as allDTypes, type Extent, type Measurement } from './check.ts';
import { checkNames, checks, type CheckName } from './checks.ts';
import { checkExcuses, checkNamesOf, excuseOf, type KnownGaps, type Unspecified } from './gaps.ts';
import type { Vectors } from './vectors.ts';
import { thrownBy, verdictOf, type Looked, type Status } from './verdict.ts';

export interface SuiteOptions {
  /** The dtypes that the backend has. Default: both. */
  readonly dtypes?: readonly DType[];
  /**
   * Checks that are known to fail, each with its reason; or parts of a check: a dtype, a case, a case in one dtype. One that
   * passes in a dtype that it names is a failure: the gap is closed, and must go. What crashes is no gap.
   */
  readonly knownGaps?: KnownGaps;
  /** What the backend's driver decides, and why; checks or parts of them: run and recorded, never judged, unless something is thrown. */
  readonly unspecified?: Unspecified;
  /** c: how many units a sum may err by. An algorithm that needs more than 16 says so. Default: 16. */
  readonly errorConstant?: number;
  /** Random graphs: 450 of each set unless said otherwise, of which every eighth is certified. */
  readonly extent?: Partial<Extent>;
  /** Reference vectors, for where no file can be read. Default: those of the folder that XCORR_VECTORS names. */
  readonly vectors?: Vectors;
  /** A part of the suite. Default: all of it. */
  readonly only?: readonly CheckName[];
}

export interface CheckResult {
  readonly name: CheckName;
  readonly promise: string;
  readonly status: Status;
  readonly problems: readonly string[];
  readonly measured: readonly Measurement[];
  /** Of a known gap, of what a driver decides, and of what was not run or does not apply. */
  readonly reason?: string;
  /** What was not looked at beside the rest, and why. */
  readonly leftOut: readonly string[];
  /** What else is to be read. */
  readonly texts: readonly string[];
}

/** The checks that are to run on a backend, one by one or all. */
export interface Plan {
  readonly names: readonly CheckName[];
  /** The checks that say nothing of such a backend, each with the reason. */
  readonly inapplicable: readonly CheckResult[];
  readonly run: (name: CheckName) => Promise<CheckResult>;
}

export interface SuiteReport {
  readonly backend: string;
  readonly dtypes: readonly DType[];
  readonly results: readonly CheckResult[];
}

function checkOptions({ dtypes = allDTypes, knownGaps = {}, unspecified = {}, errorConstant = 16, only = checkNames }: SuiteOptions): void {
  checkExcuses(knownGaps, unspecified);
  checkNamesOf(only, checkNames, 'only');
  if (dtypes.length === 0) throw new ValueError('conformance: dtypes is empty; name at least one of "float32" and "float64"');
  if (!(errorConstant >= 1)) throw new ValueError(`conformance: errorConstant ${errorConstant} is not a number of at least 1`);
}

/** What a check finds for each of the dtypes that it runs for. */
async function lookedAt(name: CheckName, backend: AnyBackend, options: SuiteOptions): Promise<readonly Looked[]> {
  const { dtypes = allDTypes, errorConstant = 16, extent, vectors } = options;
  const { runs, run } = checks[name];
  const [first = 'float32'] = dtypes;
  const all: Looked[] = [];
  for (const dtype of runs === 'once' ? [first] : dtypes)
    try {
      const finding = await run({ backend, dtype, dtypes, errorConstant, extent: { ...defaultExtent, ...extent }, vectors });
      await disposeAll(backend);
      all.push(runs === 'once' ? { finding } : { finding, dtype });
    } catch (error) {
      all.push({ finding: { problems: [] }, thrown: thrownBy(error), ...(runs === 'once' ? {} : { dtype }) });
    }
  return all;
}

/** A fault shows in many places: the first ones tell. */
const shownProblems = 6;

function firstOf(problems: readonly string[]): readonly string[] {
  const more = problems.length - shownProblems;
  return more > 0 ? [...problems.slice(0, shownProblems), `and ${more} more`] : problems;
}

async function runCheck(name: CheckName, backend: AnyBackend, options: SuiteOptions): Promise<CheckResult> {
  const { knownGaps = {}, unspecified = {} } = options;
  const excuse = excuseOf(name, knownGaps, unspecified);
  const all = await lookedAt(name, backend, options);
  const { status, problems } = verdictOf(name, all, excuse);
  const notRun = all.flatMap(({ finding, dtype }) => (finding.notRun === undefined ? [] : [dtype === undefined || status === 'not run' ? finding.notRun : `${dtype}: ${finding.notRun}`]));
  const reason = excuse?.reason ?? (status === 'not run' ? notRun[0] : undefined);
  return {
    name,
    promise: checks[name].promise,
    status,
    problems: firstOf(problems),
    measured: all.flatMap(({ finding }) => finding.measured ?? []),
    texts: all.flatMap(({ finding }) => finding.text ?? []),
    leftOut: [...(status === 'not run' ? [] : notRun), ...all.flatMap(({ finding }) => finding.leftOut ?? [])],
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * The checks that a backend is to be put to.
 *
 * @throws ValueError when an option names a check that there is not, or one that does not apply; or a known gap has no reason.
 */
export function planOf(backend: AnyBackend, options: SuiteOptions = {}): Plan {
  checkOptions(options);
  const { only, dtypes = allDTypes, knownGaps = {}, unspecified = {} } = options;
  const asked = checkNames.filter((name) => only === undefined || only.includes(name));
  const reasons = new Map(asked.flatMap((name) => {
    const reason = checks[name].inapplicable?.({ backend, dtypes });
    return reason === undefined ? [] : [[name, reason] as const];
  }));
  for (const [name, reason] of reasons)
    if (excuseOf(name, knownGaps, unspecified) !== undefined) throw new ValueError(`conformance: knownGaps names ${JSON.stringify(name)}, which does not apply: ${reason}`);
  return {
    names: asked.filter((name) => !reasons.has(name)),
    inapplicable: [...reasons].map(([name, reason]): CheckResult => ({ name, promise: checks[name].promise, status: 'does not apply', problems: [], measured: [], reason, leftOut: [], texts: [] })),
    run: (name) => runCheck(name, backend, options),
  };
}

/** What came of a plan, in the order of the suite. */
export function reportOf({ name }: Pick<AnyBackend, 'name'>, { dtypes = allDTypes }: SuiteOptions, { inapplicable }: Plan, results: readonly CheckResult[]): SuiteReport {
  const all = new Map([...inapplicable, ...results].map((result) => [result.name, result]));
  return { backend: name, dtypes, results: checkNames.flatMap((each) => all.get(each) ?? []) };
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
  return reportOf(backend, options, plan, results);
}
