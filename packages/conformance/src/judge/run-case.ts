import { CompileError } from '@xcorr/graph';
import { interpretationOf, specOf, type Case, type FeedValues, type Interpretation, type Judging } from '../case.ts';
import { compareResult, differenceOf, type Comparison } from './compare.ts';
import { copies, required, runnerOf, type AnyBackend, type Arrays, type Runner } from './runner.ts';

/** What is wrong: a result outside its bound, an array that should have stayed as it was, or an error. */
export interface Problem {
  /** Equal for two cases that go wrong in the same way. */
  readonly kind: string;
  readonly text: string;
}

/** How kinds begin of what was thrown, and is no refusal. */
const thrownKind = 'thrown by';

export const isCrash = ({ kind }: Pick<Problem, 'kind'>): boolean => kind.startsWith(thrownKind);

/** What came of one case. */
export interface Verdict {
  readonly judged: number;
  readonly unjudged: number;
  readonly problem: Problem | undefined;
  /** Why the backend refused to compile it, if it did: no fault, and no success. */
  readonly refusal?: string;
}

export interface RunCaseOptions extends Judging {
  /** What the interpreter already knows of runs, over the first values of the states; judged as these options say. */
  readonly interpreted?: ReadonlyMap<FeedValues, Interpretation>;
}

/** The earlier run that had the same feeds and the same states. */
function repeats(test: Case, position: number): number | undefined {
  const earlier = test.runs.findIndex((each) => each === test.runs[position]);
  return earlier < position && test.updates.length === 0 ? earlier : undefined;
}

/** The comparisons of one run: every output, and every state as it is after it. */
function* compareRun(test: Case, valuesOf: Interpretation, results: Arrays, after: Arrays): Generator<Comparison> {
  for (const { name, tensor, storage } of test.outputs) yield compareResult(name, required(results, name), valuesOf(tensor), storage);
  for (const state of test.states) {
    const { name } = state.attributes;
    const next = test.updates.find((each) => each.state === state)?.next ?? state;
    yield compareResult(`state ${name}`, required(after, name), valuesOf(next), state.dtype);
  }
}

/** The first array of some that is no longer what it was. */
function changed(arrays: Arrays, were: Arrays, what = ''): string | undefined {
  for (const [name, array] of Object.entries(arrays)) {
    const difference = differenceOf(`${what} ${name}`.trim(), array, required(were, name));
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * Runs a case on a backend, step by step, and judges each step from the states that the backend itself had before it.
 * Beside the values: feeds stay as they were, results belong to the caller, equal feeds give equal bits, fresh
 * arrays or given ones.
 */
export async function runCase(test: Case, backend: AnyBackend, { interpreted = new Map(), ...judging }: RunCaseOptions = {}): Promise<Verdict> {
  let [judged, unjudged] = [0, 0];
  const failed = (kind: string, text: string): Verdict => ({ judged, unjudged, problem: { kind, text: `${place}: ${text}` } });
  let place = 'compile';
  let runner: Runner | undefined;
  try {
    // A backend that needs literal sizes is not to be asked for less.
    runner = await runnerOf(specOf(test), backend, test.specialise ? { specialise: true } : {});
    const known = new Map(interpreted);
    const kept: { readonly results: Arrays; readonly were: Arrays }[] = [];
    for (const [position, feeds] of test.runs.entries()) {
      place = `run ${position + 1}`;
      const before = await runner.states();
      const fed = copies(feeds);
      const results = await runner.run(feeds);
      const after = await runner.states();
      kept.push({ results, were: copies(results) });
      const touched = changed(feeds, fed, 'the feed');
      if (touched !== undefined) return failed('changed', touched);
      const isFirst = position === 0 || test.updates.length === 0;
      const valuesOf = (isFirst ? known.get(feeds) : undefined) ?? interpretationOf(test, feeds, before, judging);
      if (test.updates.length === 0) known.set(feeds, valuesOf);
      for (const comparison of compareRun(test, valuesOf, results, after)) {
        judged += comparison.judged;
        unjudged += comparison.unjudged;
        if (comparison.problem !== undefined) return failed('result', comparison.problem);
      }
      const earlier = repeats(test, position);
      const same = earlier === undefined ? undefined : kept[earlier];
      const differs = same === undefined ? undefined : changed(results, same.were, 'the same feeds again:');
      if (differs !== undefined) return failed('repeated', differs);
    }
    const [feeds, first] = [test.runs[0], kept[0]];
    if (runner.own !== undefined && test.updates.length === 0 && feeds !== undefined && first !== undefined) {
      place = 'run into given arrays';
      const given = copies(first.results);
      // Whatever an array held before, every element of it is written.
      for (const { data } of Object.values(given)) data.fill(77);
      runner.own.runInto(feeds, given);
      const differs = changed(given, first.were);
      if (differs !== undefined) return failed('repeated', differs);
    }
    for (const { results, were } of kept) {
      const overwritten = changed(results, were, 'a later run changed the result');
      if (overwritten !== undefined) return failed('overwritten', overwritten);
    }
    return { judged, unjudged, problem: undefined };
  } catch (error) {
    // A program for each size is compiled at its first run.
    const isCompiling = place === 'compile' || test.specialise || backend.machine.literalSizes;
    if (isCompiling && error instanceof CompileError) return { judged, unjudged, problem: undefined, refusal: error.message };
    const text = error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown that is no error';
    return failed(`${thrownKind} ${place}, ${text.split('\n', 1).join('').replaceAll(/\d+/g, '#')}`, text);
  } finally {
    await runner?.dispose();
  }
}
