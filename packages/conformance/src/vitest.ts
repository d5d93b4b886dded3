import { afterAll, describe, test } from 'vitest';
import type { AnyBackend } from './judge/runner.ts';
import { nodeProcess } from './node-process.ts';
import { fullExtent } from './suite/check.ts';
import { checkNames, type CheckName } from './suite/checks.ts';
import { keepDocument } from './suite/document.ts';
import { planOf, reportOf, type CheckResult, type SuiteOptions, type SuiteReport } from './suite/run-suite.ts';
import { printSuite } from './suite/table.ts';

export { fullExtent } from './suite/check.ts';

export interface ConformanceOptions extends SuiteOptions {
  /**
   * The folder of `conformance.json` and `conformance.md`: a test holds what they say of this backend to what was found;
   * where the environment has XCORR_WRITE=1 they are written instead. In a browser, a function that hands the report to
   * `keepDocument` of `@xcorr/conformance/node`, by a command of vitest. Default: none.
   */
  readonly document?: string | ((report: SuiteReport) => Promise<string | undefined>);
}

/** The groups of checks, in order: what stands before the colon of their names. */
function groupsOf(names: readonly CheckName[]): ReadonlyMap<string, readonly CheckName[]> {
  const groups = new Map<string, CheckName[]>();
  for (const name of names) {
    const group = name.replace(/:.*$/, '');
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return groups;
}

/** Vitest gives what is logged a heading for each test file; what Node writes has none. */
function write(text: string): void {
  const stdout = nodeProcess()?.stdout;
  if (stdout === undefined) console.log(text);
  else stdout.write(`${text}\n`);
}

/**
 * Registers the whole suite as tests of vitest: call it in a test file, and the backend is proved right or the file fails.
 * In browsers, too. What cannot be looked at is skipped, with the reason; what backends of this kind do not promise is no
 * test, and listed at the end.
 *
 * @throws ValueError when an option names a check that there is not, or a known gap has no reason.
 */
export function conformance(backend: AnyBackend, options: ConformanceOptions = {}): void {
  const { document, extent } = options;
  // What `npm run test:full` sets. A browser has no environment: its test file gives `extent` itself.
  const full = nodeProcess()?.env['XCORR_FULL'] === '1' ? fullExtent : {};
  const plan = planOf(backend, { ...options, extent: { ...full, ...extent } });
  const results: CheckResult[] = [];
  const report = (): SuiteReport => reportOf(backend, options, plan, results);
  const keep = typeof document === 'string' ? (found: SuiteReport): string | undefined => keepDocument(document, found) : document;
  describe(`${backend.name} conforms`, () => {
    for (const [group, names] of groupsOf(plan.names))
      describe(group, () => {
        test.for(names)('%s', { timeout: 3_600_000 }, async (name, context) => {
          const result = await plan.run(name);
          results.push(result);
          if (result.status === 'not run') context.skip(result.reason);
          if (result.status === 'failed') throw new Error([result.promise, ...result.problems].join('\n'));
        });
      });
    if (keep !== undefined)
      test('what is written of it is true', async (context) => {
        // Of a part of the suite there is nothing to write.
        if (report().results.length < checkNames.length) return context.skip('a part of the suite was run');
        if (results.some(({ status }) => status === 'failed')) throw new Error('a check failed: only what passes, or has a reason to fail, is written down');
        const problem = await keep(report());
        if (problem !== undefined) throw new Error(problem);
      });
    afterAll(() => write([...results.flatMap(({ texts }) => texts), printSuite(report())].join('\n')));
  });
}
