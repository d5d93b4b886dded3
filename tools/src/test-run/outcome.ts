import { type JsonObject, numberAt, objectsAt } from '../json.ts';

/** How a run of the tests ended. */
export type Outcome = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What went wrong outside any test, in words; each counts as one failure. */
  readonly troubles: readonly string[];
  /** The failed tests by file and name: what a log's last lines must tell. */
  readonly names: readonly string[];
};

/** How the test runner's process ended: by an exit status, or by a signal. */
export type Ending = { readonly status: number | null; readonly signal: string | null };

/**
 * Brings together what the runner reported and how it ended. What broke outside any test (a
 * file that could not be loaded, an unhandled error, a crash) counts as a failure of its
 * own, so that the closing count never reads better than the run was.
 *
 * @param report  vitest's JSON report; nothing when it left none
 * @param mayBeEmpty  true where it is no fault of a run that it had nothing to run
 */
export function outcomeOf(report: JsonObject | undefined, ending: Ending, mayBeEmpty = false): Outcome {
  const ended = ending.signal === null ? `with exit status ${ending.status}` : `by signal ${ending.signal}`;
  if (report === undefined) {
    return outcome(0, 0, 0, [`the test runner left no report and ended ${ended}`]);
  }
  const passed = numberAt(report, 'numPassedTests');
  const failed = numberAt(report, 'numFailedTests');
  const skipped = numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests');
  const unloaded = objectsAt(report, 'testResults').filter(isUnloaded);
  const troubles = unloaded.map((file) => `${String(file['name'])} failed outside its tests`);
  const clean = ending.status === 0 && ending.signal === null;
  if (passed + failed + troubles.length === 0 && !(mayBeEmpty && clean)) {
    troubles.push(`no test ran; the test runner ended ${ended}`);
  } else if (!clean && failed + troubles.length === 0) {
    troubles.push(`no test failed, yet the test runner ended ${ended}; its output above says why`);
  }
  return outcome(passed, failed, skipped, troubles, objectsAt(report, 'testResults').flatMap(failedTests));
}

/** What could not be run at all is a failure. */
export function notReady(trouble: string): Outcome {
  return outcome(0, 0, 0, [trouble]);
}

/** Several runs as one: some may have had nothing to run, not all of them. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const total = (count: (each: Outcome) => number): number => outcomes.reduce((sum, each) => sum + count(each), 0);
  const passed = total(({ passed }) => passed);
  const failed = total(({ failed }) => failed);
  const troubles = outcomes.flatMap(({ troubles }) => troubles);
  const nothing = passed + failed === 0 ? ['no test ran'] : [];
  const names = outcomes.flatMap((each) => each.names);
  return { passed, failed: failed + nothing.length, skipped: total(({ skipped }) => skipped), troubles: [...troubles, ...nothing], names };
}

function isUnloaded(file: JsonObject): boolean {
  return file['status'] === 'failed' && !objectsAt(file, 'assertionResults').some((test) => test['status'] === 'failed');
}

function failedTests(file: JsonObject): readonly string[] {
  const failed = objectsAt(file, 'assertionResults').filter((test) => test['status'] === 'failed');
  return failed.map((test) => `failed: ${String(file['name'])}: ${String(test['fullName'])}`);
}

function outcome(passed: number, failed: number, skipped: number, troubles: readonly string[], names: readonly string[] = []): Outcome {
  return { passed, failed: failed + troubles.length, skipped, troubles, names };
}

/** The closing line, which machines read: it stands alone and last. */
export function closingLine({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
