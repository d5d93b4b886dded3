import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend, Kernel } from '@xcorr/compiler';
import { CompileError, ValueError } from '@xcorr/graph';
import { afterAll, describe, expect, test } from 'vitest';
import { model, semantics } from '../../testing/model.ts';
import { checkNames, checks, type CheckName } from './checks.ts';
import { documentProblem, writeDocument } from './document.ts';
import { planOf, runSuite, type SuiteOptions } from './run-suite.ts';
import { printRecord, printSuite, recordOf } from './table.ts';

const wrong = model({ unary: { ...semantics.unary, exp: (x) => Math.exp(x) * 1.001 } });
const only: readonly CheckName[] = ['functions: exp', 'functions: log'];

async function statuses(options: SuiteOptions, backend = wrong): Promise<readonly string[]> {
  return (await runSuite(backend, { only, ...options })).results.map(({ status }) => status);
}

describe('what a check comes to', () => {
  test('passed or failed, and the first problem says where', async () => {
    const { results } = await runSuite(wrong, { only });
    expect(results.map(({ name, status }) => [name, status])).toEqual([['functions: exp', 'failed'], ['functions: log', 'passed']]);
    expect(results[0]?.problems[0]).toMatch(/^float32: exp\(0\) is 1\.001\d*, not 1: 8\.39e\+3 units in the last place apart, 32 are allowed$/);
    expect(results[0]?.measured.map(({ dtype, measure, allowed }) => [dtype, measure, allowed])).toEqual([['float32', 'ulp', 32], ['float64', 'ulp', 32]]);
  });

  test('a known gap may fail, and fails when it is closed', async () => {
    expect(await statuses({ knownGaps: { 'functions: exp': 'the table is coarse' } })).toEqual(['known gap', 'passed']);
    const { results } = await runSuite(model(), { only, knownGaps: { 'functions: exp': 'the table is coarse' } });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'passed']);
    expect(results[0]?.problems).toEqual(['the known gap "functions: exp" is closed: the check passes; take it out of knownGaps (its reason was: the table is coarse)']);
  });

  test('what a driver decides is run, recorded, and never judged', async () => {
    const flushing = model({ stored: (value) => (Math.abs(value) < 2 ** -126 ? 0 : value) });
    const options: SuiteOptions = { only: ['values: denormal numbers', 'values: infinities'], unspecified: ['values: denormal numbers', 'values: infinities'] };
    const { results } = await runSuite(flushing, options);
    expect(results.map(({ status, problems }) => [status, problems.length > 0])).toEqual([['unspecified', false], ['unspecified', true]].map(([status], position) => [status, (results[position]?.problems.length ?? 0) > 0]));
    expect(results.find(({ name }) => name === 'values: denormal numbers')?.problems).not.toEqual([]);
  });

  test('a backend of one dtype is looked at in that one', async () => {
    const { results } = await runSuite(model(), { only, dtypes: ['float32'] });
    expect(results.flatMap(({ measured }) => measured.map(({ dtype }) => dtype))).toEqual(['float32', 'float32']);
  });

  test('what is refused fails, and can be a known gap', async () => {
    const refusing = {
      ...model(),
      emit: () => {
        throw new CompileError('nothing: this backend compiles nothing');
      },
    };
    const { results } = await runSuite(refusing, { only: ['functions: exp', 'nests: unit axes'], knownGaps: { 'nests: unit axes': 'compiles nothing' } });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'known gap']);
    expect(results[0]?.problems[0]).toBe('float32: refused: CompileError: nothing: this backend compiles nothing');
    expect(results[1]?.problems[0]).toBe('float32: one tap, one pixel: refused: nothing: this backend compiles nothing');
    expect(results[1]?.problems.at(-1)).toBe('and 8 more');
  });

  test('an asynchronous backend is put to the same checks', async () => {
    const right = model();
    const later: Backend<'async'> = {
      ...right,
      mode: 'async',
      load: async (artifact): Promise<Kernel<'async'>> => {
        const kernel = right.load(artifact);
        return {
          run: async (arrays, sizes) => {
            await Promise.resolve();
            kernel.run(arrays, sizes);
          },
        };
      },
    };
    const { results } = await runSuite(later, { only: checkNames.filter((name) => /^(?:states|results|programs: (?:names|where|emission)|sizes)/.test(name)) });
    expect(results.length).toBeGreaterThanOrEqual(13);
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('what needs something that is not there is not run', async () => {
    const { results } = await runSuite(model(), { only: ['gradients: by differences'], dtypes: ['float32'] });
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([['not run', 'differences need float64']]);
  });
});

describe('options that cannot be meant', () => {
  test.each<readonly [unknown, string]>([
    [{ knownGaps: { 'functions: epx': 'slow' } }, 'conformance: knownGaps names "functions: epx", which is none of its checks; did you mean "functions: exp"?'],
    [{ unspecified: ['functions: exp'] }, 'conformance: unspecified names "functions: exp", which is none of its checks; the checks are "values: NaN", "values: infinities", "values: denormal numbers", "values: sign of zero"'],
    [{ only: ['nest: maps'] }, 'conformance: only names "nest: maps", which is none of its checks; did you mean "nests: maps"?'],
    [{ knownGaps: { 'functions: exp': ' ' } }, 'conformance: the known gap "functions: exp" has no reason; say in a sentence why it is there'],
    [{ knownGaps: { 'values: NaN': 'the driver' }, unspecified: ['values: NaN'] }, 'conformance: "values: NaN" is listed as a known gap and as unspecified; what is never judged is no gap'],
    [{ dtypes: [] }, 'conformance: dtypes is empty; name at least one of "float32" and "float64"'],
    [{ errorConstant: 0 }, 'conformance: errorConstant 0 is not a number of at least 1'],
  ])('%j', (options, message) => {
    // What types would refuse comes from JavaScript too.
    const given: SuiteOptions = Object.assign({}, options);
    expect(() => planOf(model(), given)).toThrow(new ValueError(message));
  });
});

test('every check has a promise, and a name of its group', () => {
  for (const name of checkNames) {
    expect(name).toMatch(/^[a-z ]+: \S/);
    expect(checks[name].promise).not.toBe('');
  }
  expect(checkNames.length).toBeGreaterThan(75);
});

describe('what is written of a backend', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-conformance-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is the same for the same run, keeps other backends, and is found to be old', async () => {
    const report = await runSuite(model(), { only: [...only, 'accuracy: filters'] });
    expect(documentProblem(folder, report)).toBe('conformance.json says nothing of model; npm run conformance:write writes it anew');
    writeDocument(folder, report);
    writeDocument(folder, { ...report, backend: 'another' });
    const [json, page] = ['conformance.json', 'conformance.md'].map((name) => readFileSync(join(folder, name), 'utf8'));
    writeDocument(folder, report);
    expect(['conformance.json', 'conformance.md'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([json, page]);
    expect(page).toContain('| operation | operands | allowed | another, float32 | another, float64 | model, float32 | model, float64 |');
    expect(page).toMatch(/\| `exp` \| -16 to 16 \| 32 \| 0\.50 \| 0 \| 0\.50 \| 0 \|/);
    expect(documentProblem(folder, report)).toBeUndefined();
    expect(documentProblem(folder, { ...(await runSuite(wrong, { only: [...only, 'accuracy: filters'] })) })).toMatch(/^conformance\.json says of model: "functions: exp": "passed",, and it is: "functions: exp": "failed",; npm run/);
    writeFileSync(join(folder, 'conformance.md'), 'nothing');
    expect(documentProblem(folder, report)).toBe('conformance.md does not hold the tables of conformance.json; npm run conformance:write writes it anew');
  });

  test('gaps stand with their reasons, what is not judged with what was found', async () => {
    const report = await runSuite(wrong, { only: ['functions: exp', 'values: NaN'], knownGaps: { 'functions: exp': 'the table | is coarse' }, unspecified: ['values: NaN'] });
    const page = printRecord({ wrong: recordOf(report) });
    expect(page).toContain('- wrong, known gap, functions: exp: the table | is coarse\n- wrong, unspecified, values: NaN: as IEEE 754');
    expect(page).toContain('| functions: exp | known gap |');
    expect(printSuite(report)).toMatch(/^model: 1 known gap, 1 unspecified\nknown gap: functions: exp \(the table \| is coarse\)\n {2}float32: exp/);
  });

  test('what depends on the machine is left out', async () => {
    const { checks: kept } = recordOf(await runSuite(model(), { only: ['numbers: the folder of vectors', 'functions: exp'] }));
    expect(Object.keys(kept)).toEqual(['functions: exp']);
  });
});
