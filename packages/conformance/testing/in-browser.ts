import { checkNames, runSuite, type CheckResult, type SuiteOptions } from '../src/index.ts';
import { model } from './model.ts';

export { readVectors } from '../src/node.ts';
export { conformance } from '../src/vitest.ts';

/** What a page does with those checks that ask for something outside the language, and with some others. */
export async function outcomes(options: SuiteOptions = {}): Promise<readonly CheckResult[]> {
  const only = checkNames.filter((name) => /^(?:numbers|programs: memory|results|values: bytes)/.test(name));
  return (await runSuite(model(), { only, dtypes: ['float32'], ...options })).results;
}
