import { afterAll, describe, test } from 'vitest';
import type { AnyBackend } from './judge/runner.ts';
import { documentProblem, writeDocument } from './suite/document.ts';
import { dtypes as allDTypes } from './suite/check.ts';
import { checkNames, type CheckName } from './suite/checks.ts';
import { planOf, type CheckResult, type SuiteOptions, type SuiteReport } from './suite/run-suite.ts';
import { printSuite } from './suite/table.ts';

export interface ConformanceOptions extends SuiteOptions {
  /**
   * The folder of `conformance.json` and `conformance.md`: a test holds what they say of this backend to what was found;
   * where the environment has XCORR_WRITE=1 they are written instead. Default: none.
   */
  readonly document?: string;
}

/** With XCORR_FULL=1, as `npm run test:full` sets it: more graphs, all of them certified. */
const full = process.env['XCORR_FULL'] === '1' ? { graphs: 6000, certified: 1 } : {};

/** The groups of checks, in order: what stands before the colon of their names. */
function groupsOf(names: readonly CheckName[]): ReadonlyMap<string, readonly CheckName[]> {
  const groups = new Map<string, CheckName[]>();
  for (const name of names) {
    const group = name.replace(/:.*$/, '');
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

/**
 * Registers the whole suite as tests of vitest: call it in a test file, and the backend is proved right or the file fails.
 *
 * @throws ValueError when an option names a check that there is not, or a known gap has no reason.
 */
export function conformance(backend: AnyBackend, options: ConformanceOptions = {}): void {
  const { document, dtypes = allDTypes } = options;
  const plan = planOf(backend, { ...options, extent: { ...full, ...options.extent } });
  const results: CheckResult[] = [];
  const report = (): SuiteReport => ({ backend: backend.name, dtypes, results });
  describe(`${backend.name} conforms`, () => {
    for (const [group, names] of groupsOf(plan.names))
      describe(group, () => {
        test.each(names)('%s', { timeout: 3_600_000 }, async (name) => {
          const result = await plan.run(name);
          results.push(result);
          if (result.status === 'failed') throw new Error([result.promise, ...result.problems].join('\n'));
        });
      });
    if (document !== undefined)
      test('what is written of it is true', (context) => {
        // Of a part of the suite there is nothing to write.
        if (results.length < checkNames.length) return context.skip();
        if (results.some(({ status }) => status === 'failed')) throw new Error('a check failed: only what passes, or has a reason to fail, is written down');
        if (process.env['XCORR_WRITE'] === '1') writeDocument(document, report());
        const problem = documentProblem(document, report());
        if (problem !== undefined) throw new Error(problem);
      });
    afterAll(() => {
      process.stdout.write(`${[...results.flatMap(({ texts }) => texts), printSuite(report())].join('\n')}\n`);
    });
  });
}
