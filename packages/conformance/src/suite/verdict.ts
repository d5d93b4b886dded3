import { CompileError, suggest, type DType } from '@xcorr/graph';
import type { Finding } from './check.ts';
import { nameOfPart, type Excuse, type Part } from './gaps.ts';

/**
 * `known gap`: fails, as was said. `unspecified`: not judged. `not run`: something that it needs is not there. `does not
 * apply`: backends of this kind promise no such thing.
 */
export type Status = 'passed' | 'failed' | 'known gap' | 'unspecified' | 'not run' | 'does not apply';

/** What a check came to for one dtype, or, of a check that runs once, for all of them. */
export interface Looked {
  readonly finding: Finding;
  /** What was thrown instead of a finding. */
  readonly thrown?: Thrown;
  /** Stands before its sentences. */
  readonly dtype?: DType;
}

/** A program that is refused, or a crash, in words. */
export interface Thrown {
  readonly text: string;
  readonly isRefusal: boolean;
}

/** A check's outcome, and the sentences that tell why. */
export interface Verdict {
  readonly status: Status;
  readonly problems: readonly string[];
}

export function thrownBy(error: unknown): Thrown {
  const isRefusal = error instanceof CompileError;
  return { text: `${isRefusal ? 'refused: ' : ''}${error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown that is no error'}`, isRefusal };
}

/** One sentence that tells what is wrong, and where. */
interface Problem {
  readonly text: string;
  readonly case: string | undefined;
  /** Something was thrown; a refusal of all of the check, or a crash. */
  readonly thrown: 'refusal' | 'crash' | undefined;
}

function problemsIn({ finding: { problems, cases = {}, crashes = [] }, thrown }: Looked): readonly Problem[] {
  const problem = (text: string, only?: string): Problem => ({ text, case: only, thrown: crashes.includes(text) ? 'crash' : undefined });
  return [
    ...(thrown === undefined ? [] : [{ text: thrown.text, case: undefined, thrown: thrown.isRefusal ? 'refusal' : 'crash' } as const]),
    ...problems.map((text) => problem(text)),
    ...Object.entries(cases).flatMap(([name, all]) => all.map((text) => problem(text, name))),
  ];
}

const said = ({ dtype }: Looked, { text }: Problem): string => (dtype === undefined ? text : `${dtype}: ${text}`);

const isIn = ({ dtype }: Part, looked: Looked): boolean => dtype === undefined || dtype === looked.dtype;
const isOf = (part: Part, problem: Problem): boolean => part.case === undefined || part.case === problem.case;

/** A gap is of what is wrong or refused, and a driver decides values alone: neither is of crashes. */
function isExcused({ status, parts }: Excuse, looked: Looked, problem: Problem): boolean {
  if (problem.thrown === 'crash' || (problem.thrown === 'refusal' && status === 'unspecified')) return false;
  return parts.some((part) => isIn(part, looked) && isOf(part, problem));
}

/** The nearest of the names, or all of them where they are few. */
function hint(name: string, names: readonly string[]): string {
  const text = suggest(name, names, 'cases');
  return names.length <= 20 || text.startsWith('did you mean') ? text : `it has ${names.length} others`;
}

/** Why a part of a check is listed wrongly: there is none, or, of a known gap, it passes. */
function untruth(name: string, part: Part, status: Excuse['status'], all: readonly Looked[]): string | undefined {
  const option = status === 'known gap' ? 'knownGaps' : 'unspecified';
  const shown = JSON.stringify(name);
  const there = all.filter((looked) => isIn(part, looked));
  if (there.length === 0) return `${option} names ${String(part.dtype)}, and ${shown} is run ${all.some(({ dtype }) => dtype === undefined) ? 'once, for all dtypes' : 'without it'}`;
  if (there.some(({ thrown }) => thrown !== undefined)) return undefined;
  const looked = there.filter(({ finding }) => finding.notRun === undefined && (part.case === undefined || Object.hasOwn(finding.cases ?? {}, part.case)));
  if (part.case !== undefined && looked.length === 0) return `${option} names ${JSON.stringify(part.case)}, which is no case of ${shown}; ${hint(part.case, there.flatMap(({ finding }) => Object.keys(finding.cases ?? {})))}`;
  const failing = looked.filter((each) => problemsIn(each).some((problem) => isOf(part, problem)));
  if (status === 'unspecified' || failing.length === looked.length) return undefined;
  const listed = nameOfPart(part);
  const [place, what] = [listed === undefined ? shown : `${shown}, ${JSON.stringify(listed)},`, part.case === undefined ? 'check' : 'case'];
  const reason = `(its reason was: ${part.reason})`;
  if (failing.length === 0) return `the known gap ${place} is closed: the ${what} passes; take it out of knownGaps ${reason}`;
  const open = failing.map(({ dtype }) => JSON.stringify(nameOfPart({ dtype, case: part.case }))).join(', ');
  return `the known gap ${place} is closed in ${looked.filter((each) => !failing.includes(each)).map(({ dtype }) => dtype).join(', ')}: the ${what} passes there; name what fails, ${open} ${reason}`;
}

/**
 * What a check comes to. What crashes fails, whatever is said of it; so does a list of gaps that is not true: each part of
 * it must be there, and one that is a known gap must fail in each dtype that it names.
 *
 * @param excuse  what the backend says of it
 */
export function verdictOf(name: string, all: readonly Looked[], excuse: Excuse | undefined): Verdict {
  const problems = all.flatMap((looked) => problemsIn(looked).map((problem) => ({ text: said(looked, problem), isJudged: excuse === undefined || !isExcused(excuse, looked, problem) })));
  const isRun = all.some(({ finding }) => finding.notRun === undefined);
  if (!isRun && problems.length === 0) return { status: 'not run', problems: [] };
  const untrue = excuse === undefined ? [] : excuse.parts.flatMap((part) => untruth(name, part, excuse.status, all) ?? []);
  const judged = [...problems.flatMap(({ text, isJudged }) => (isJudged ? [text] : [])), ...untrue];
  if (judged.length > 0) return { status: 'failed', problems: judged };
  return { status: excuse?.status ?? 'passed', problems: problems.map(({ text }) => text) };
}
