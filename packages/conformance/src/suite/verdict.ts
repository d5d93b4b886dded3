import { CompileError, suggest, type DType } from '@xcorr/graph';
import type { Finding } from './check.ts';
import type { Excuse } from './gaps.ts';

/** `known gap`: fails, as was said. `unspecified`: not judged. `not run`: something that it needs is not there. */
export type Status = 'passed' | 'failed' | 'known gap' | 'unspecified' | 'not run';

/** What a check came to for one dtype, or, of a check that runs once, for all of them. */
export interface Looked {
  readonly finding: Finding;
  /** What was thrown instead of a finding: a crash, or a program that is refused. */
  readonly thrown?: string;
  /** Stands before its sentences. */
  readonly dtype?: DType;
}

/** A check's outcome, and the sentences that tell why. */
export interface Verdict {
  readonly status: Status;
  readonly problems: readonly string[];
}

/** What was thrown, in words. */
export function thrownText(error: unknown): string {
  const refused = error instanceof CompileError ? 'refused: ' : '';
  return `${refused}${error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown that is no error'}`;
}

const said = ({ dtype }: Looked, problems: readonly string[]): readonly string[] => (dtype === undefined ? problems : problems.map((problem) => `${dtype}: ${problem}`));

const problemsOf = (looked: Looked): readonly string[] => said(looked, [...(looked.thrown === undefined ? [] : [looked.thrown]), ...looked.finding.problems]);

/** The problems of the cases over all dtypes, by the names of the cases. */
function casesOf(all: readonly Looked[]): ReadonlyMap<string, readonly string[]> {
  const cases = new Map<string, readonly string[]>();
  for (const looked of all)
    for (const [name, problems] of Object.entries(looked.finding.cases ?? {})) cases.set(name, [...(cases.get(name) ?? []), ...said(looked, problems)]);
  return cases;
}

/** The nearest of the names, or all of them where they are few. */
function hint(name: string, names: readonly string[]): string {
  const text = suggest(name, names, 'cases');
  return names.length <= 20 || text.startsWith('did you mean') ? text : `it has ${names.length} others`;
}

const closed = (place: string, what: string, reason: string): string => `the known gap ${place} is closed: the ${what} passes; take it out of knownGaps (its reason was: ${reason})`;

/** What some listed cases of a check come to: others are judged as ever, and so is a list that is not true. */
function verdictOfCases(name: string, all: readonly Looked[], listed: ReadonlyMap<string, string>, status: Excuse['status']): Verdict {
  const cases = casesOf(all);
  const option = status === 'known gap' ? 'knownGaps' : 'unspecified';
  const isThrown = all.some(({ thrown }) => thrown !== undefined);
  const untrue = [...listed].flatMap(([each, reason]) => {
    const problems = cases.get(each);
    if (problems === undefined) return isThrown ? [] : [`${option} names ${JSON.stringify(each)}, which is no case of ${JSON.stringify(name)}; ${hint(each, [...cases.keys()])}`];
    return problems.length === 0 && status === 'known gap' ? [closed(`${JSON.stringify(name)}, ${JSON.stringify(each)},`, 'case', reason)] : [];
  });
  const others = [...cases].flatMap(([each, problems]) => (listed.has(each) ? [] : problems));
  const judged = [...all.flatMap(problemsOf), ...others, ...untrue];
  if (judged.length > 0) return { status: 'failed', problems: judged };
  return { status, problems: [...cases].flatMap(([each, problems]) => (listed.has(each) ? problems : [])) };
}

/**
 * What a check comes to. A driver decides values and nothing else: what is thrown fails, unspecified or not.
 *
 * @param excuse  what the backend says of it
 */
export function verdictOf(name: string, all: readonly Looked[], excuse: Excuse | undefined): Verdict {
  const problems = [...all.flatMap(problemsOf), ...[...casesOf(all).values()].flat()];
  const isRun = all.some(({ finding }) => finding.notRun === undefined);
  if (!isRun && problems.length === 0) return { status: 'not run', problems };
  if (excuse === undefined) return { status: problems.length > 0 ? 'failed' : 'passed', problems };
  if (excuse.cases !== undefined) return verdictOfCases(name, all, excuse.cases, excuse.status);
  if (excuse.status === 'unspecified') {
    const thrown = all.flatMap((looked) => said(looked, looked.thrown === undefined ? [] : [looked.thrown]));
    return thrown.length > 0 ? { status: 'failed', problems: thrown } : { status: 'unspecified', problems };
  }
  if (problems.length > 0) return { status: 'known gap', problems };
  return { status: 'failed', problems: [closed(JSON.stringify(name), 'check', excuse.reason ?? '')] };
}
