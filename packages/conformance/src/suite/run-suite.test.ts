import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';
import { CompileError, ValueError } from '@xcorr/graph';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { model, semantics } from '../../testing/model.ts';
import { checkNames, checks, type CheckName } from './checks.ts';
import { documentProblem, keepDocument, writeDocument } from './document.ts';
import type { Gap } from './gaps.ts';
import { planOf, runSuite, type CheckResult, type SuiteOptions } from './run-suite.ts';
import { printRecord, printSuite, recordOf } from './table.ts';

vi.setConfig({ testTimeout: 120_000 });

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
    const options: SuiteOptions = { only: ['values: denormal numbers', 'values: infinities'], unspecified: { 'values: denormal numbers': 'flushed', 'values: infinities': 'kept or not' } };
    const { results } = await runSuite(flushing, options);
    expect(results.map(({ status, problems }) => [status, problems.length > 0])).toEqual([['unspecified', false], ['unspecified', true]].map(([status], position) => [status, (results[position]?.problems.length ?? 0) > 0]));
    expect(results.find(({ name }) => name === 'values: denormal numbers')?.problems).not.toEqual([]);
  });

  test('a backend of one dtype is looked at in that one', async () => {
    const { results } = await runSuite(model(), { only, dtypes: ['float32'] });
    expect(results.flatMap(({ measured }) => measured.map(({ dtype }) => dtype))).toEqual(['float32', 'float32']);
  });

  test('a gap may be a case of a check: the others are judged as ever, and it fails when it is closed', async () => {
    const zeros = model({ binary: { ...semantics.binary, max: (a, b) => (a < b || Number.isNaN(a) ? b : a) } });
    const named = async (cases: Readonly<Record<string, string>>): Promise<CheckResult | undefined> => (await runSuite(zeros, { only: ['values: NaN'], knownGaps: { 'values: NaN': cases } })).results[0];
    const reason = 'the instruction gives the other operand';
    expect(await named({ max: reason })).toMatchObject({ status: 'known gap', reason: `max: ${reason}`, problems: [expect.stringMatching(/^float32: max\(NaN, /), expect.stringMatching(/^float64: max\(NaN, /)] });
    expect(await named({ max: reason, min: 'slow' })).toMatchObject({ status: 'failed', problems: ['the known gap "values: NaN", "min", is closed: the case passes; take it out of knownGaps (its reason was: slow)'] });
    expect(await named({ min: 'slow' })).toMatchObject({ status: 'failed', problems: [expect.stringMatching(/^float32: max/), expect.stringMatching(/^float64: max/), expect.stringMatching(/"min", is closed/)] });
    expect(await named({ max: reason, maxx: reason })).toMatchObject({ status: 'failed', problems: ['knownGaps names "maxx", which is no case of "values: NaN"; did you mean "max"?'] });
  });

  test('a driver decides values, and nothing else: what throws fails', async () => {
    const throwing = model({ binary: { ...semantics.binary, max: (a, b) => {
      if (Number.isNaN(a)) throw new RangeError('the device is lost');
      return Math.max(a, b);
    } } });
    const { results } = await runSuite(throwing, { only: ['values: NaN', 'values: infinities'], unspecified: { 'values: NaN': 'as they come', 'values: infinities': { max: 'kept or not' } } });
    expect(results.map(({ status, problems }) => [status, problems])).toEqual([
      ['failed', ['float32: RangeError: the device is lost', 'float64: RangeError: the device is lost']],
      ['unspecified', []],
    ]);
  });

  test('a driver may decide some cases of a check', async () => {
    const wrongMax = model({ binary: { ...semantics.binary, max: (a, b) => (a < b || Number.isNaN(a) ? b : a) } });
    const given = async (...cases: readonly string[]): Promise<CheckResult | undefined> => (await runSuite(wrongMax, { only: ['values: NaN'], unspecified: { 'values: NaN': Object.fromEntries(cases.map((each) => [each, 'the driver orders them'])) } })).results[0];
    expect(await given('max', 'exp')).toMatchObject({ status: 'unspecified', problems: [expect.stringMatching(/^float32: max/), expect.stringMatching(/^float64: max/)] });
    expect((await given('exp'))?.status).toBe('failed');
    expect(await given('max', 'maximum')).toMatchObject({ status: 'failed', problems: [expect.stringMatching(/^unspecified names "maximum", which is no case/)] });
  });

  test('recorded cases are gaps by their names', async () => {
    const { results } = await runSuite(model({ binary: { ...semantics.binary, atan2: (y, x) => Math.atan2(y, x) * 1.01 } }), { only: ['numbers: TensorFlow.js'], knownGaps: { 'numbers: TensorFlow.js': { atan2: 'coarse' } } });
    expect(results).toMatchObject([{ status: 'known gap', reason: 'atan2: coarse', problems: [expect.stringMatching(/^float32: atan2: element 0 of y/), expect.stringMatching(/^float64: atan2: element 0 of y/)] }]);
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

  test('a gap is of the dtypes that it names, and each of them must fail', async () => {
    const rounding = model({ gather: { ...semantics.gather, add: (total, value) => Math.fround(total + value) } });
    const given = async (gap: Gap, backend = rounding): Promise<CheckResult | undefined> => (await runSuite(backend, { only: ['accuracy: means'], knownGaps: { 'accuracy: means': gap } })).results[0];
    const found: unknown = expect.stringMatching(/^float64: mean errs by/);
    expect(await given({ float64: 'single precision' })).toMatchObject({ status: 'known gap', reason: 'float64: single precision', problems: [found] });
    expect(await given('single precision')).toMatchObject({
      status: 'failed',
      problems: ['the known gap "accuracy: means" is closed in float32: the check passes there; name what fails, "float64" (its reason was: single precision)'],
    });
    expect(await given({ float32: 'a' })).toMatchObject({ status: 'failed', problems: [found, 'the known gap "accuracy: means", "float32", is closed: the check passes; take it out of knownGaps (its reason was: a)'] });
    expect(await given({ float64: 'single precision' }, model())).toMatchObject({ status: 'failed' });
  });

  test('a gap may be a case in one dtype', async () => {
    const narrow = model({ stored: (value, storage) => (storage === 'float64' && Number.isNaN(value) ? 0 : value) });
    const given = async (gap: Gap): Promise<CheckResult | undefined> => (await runSuite(narrow, { only: ['values: NaN'], knownGaps: { 'values: NaN': gap } })).results[0];
    const all = (await runSuite(narrow, { only: ['values: NaN'] })).results[0]?.problems ?? [];
    expect(all.every((problem) => problem.startsWith('float64: ') || problem.startsWith('and '))).toBe(true);
    expect(await given({ float64: 'no NaN' })).toMatchObject({ status: 'known gap' });
    const named = await given({ exp: 'no NaN' });
    expect(named?.status).toBe('failed');
    expect((await runSuite(narrow, { only: ['values: NaN'], knownGaps: { 'values: NaN': { 'float64: exp': 'no NaN' } } })).results[0]?.problems).not.toContainEqual(expect.stringMatching(/exp/));
    expect(await given({ 'float64: exq': 'no NaN' })).toMatchObject({ status: 'failed' });
  });

  test('a gap in a dtype that is not looked at is a mistake', async () => {
    const broken: Backend<'sync'> = { ...model(), name: 'other' };
    const [once] = (await runSuite(broken, { only: ['programs: names from outside'], knownGaps: { 'programs: names from outside': { float32: 'slow' } } })).results;
    expect(once).toMatchObject({ status: 'failed', problems: ['knownGaps names float32, and "programs: names from outside" is run once, for all dtypes'] });
    const [without] = (await runSuite(broken, { only: ['functions: exp'], dtypes: ['float32'], knownGaps: { 'functions: exp': { float64: 'slow' } } })).results;
    expect(without).toMatchObject({ status: 'failed', problems: ['knownGaps names float64, and "functions: exp" is run without it'] });
  });

  test('what crashes is no gap: in a check, in a case, in a random graph', async () => {
    const crashing = model({ unary: { ...semantics.unary, neg: () => {
      throw new RangeError('the device is lost');
    } } });
    const names: readonly CheckName[] = ['functions: neg', 'nests: largest elements', 'random graphs: exact'];
    const reason = 'no minus';
    const { results } = await runSuite(crashing, { only: names, extent: { graphs: 30, certified: 0 }, knownGaps: { 'functions: neg': reason, 'nests: largest elements': { 'of negative numbers': reason }, 'random graphs: exact': reason } });
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(results.map(({ problems }) => problems[0])).toEqual([
      'float32: RangeError: the device is lost',
      expect.stringMatching(/^float32: of negative numbers: run 1: RangeError: the device is lost$/),
      expect.stringMatching(/the device is lost/),
    ]);
  });

  test('an asynchronous backend is put to the same checks', async () => {
    const { results } = await runSuite(asynchronous(model()), { only: checkNames.filter((name) => /^(?:states|results|programs: (?:names|where|emission)|sizes: (?:named|more bindings))/.test(name)) });
    expect(results.length).toBeGreaterThanOrEqual(13);
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('a device is given back all that was loaded', async () => {
    const right = asynchronous(model());
    const open = new Set<object>();
    const later: Backend<'async'> = {
      ...right,
      load: async (artifact) => {
        const held = { ...(await right.load(artifact)), dispose: () => void open.delete(held) };
        open.add(held);
        return held;
      },
    };
    const { results } = await runSuite(later, { only: ['functions: exp', 'nests: unit axes', 'results: in arrays of the caller', 'random graphs: exact'], extent: { graphs: 5, certified: 0 } });
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'does not apply', 'passed']);
    expect(open.size).toBe(0);
  });

  test('what such a backend does not promise is told apart from what needs something that is not there', async () => {
    const names: readonly CheckName[] = ['functions: cast', 'gradients: by differences'];
    const { results } = await runSuite(model(), { only: names, dtypes: ['float32'] });
    expect(results.map(({ status, reason }) => [status, reason])).toEqual([['does not apply', 'the backend has float32 alone, and nothing to cast from'], ['does not apply', 'differences need float64']]);
    expect(planOf(model(), { only: names, dtypes: ['float32'] }).names).toEqual([]);
    expect(planOf(model(), { only: names }).names).toEqual(names);
    expect((await runSuite(model(), { only: ['gradients: by differences'] })).results).toMatchObject([{ status: 'passed', leftOut: [] }]);
    vi.stubEnv('XCORR_VECTORS', undefined);
    expect((await runSuite(model(), { only: ['numbers: the folder of vectors'] })).results).toMatchObject([{ status: 'not run', reason: 'XCORR_VECTORS names no folder, and no vectors were handed over' }]);
    vi.unstubAllEnvs();
  });

  test('where every graph is refused, none was looked at', async () => {
    const refusing: Backend<'sync'> = {
      ...model(),
      load: () => {
        throw new CompileError('nothing: this backend loads nothing');
      },
    };
    const { results } = await runSuite(refusing, { only: ['random graphs: exact', 'random graphs: none is refused'], extent: { graphs: 5 } });
    expect(results.map(({ status, reason, problems }) => [status, reason, problems])).toEqual([
      ['not run', 'every graph was refused', []],
      ['failed', undefined, Array<string>(2).fill('refused 5 times: nothing: this backend loads nothing')],
    ]);
  });

  test('a backend of one dtype gets no program that has another', async () => {
    const storages = new Set<string>();
    const right = model();
    const watched: Backend<'sync'> = {
      ...right,
      machine: { ...right.machine, dtypes: ['float32'] },
      load: (artifact) => {
        for (const { storage } of artifact.program.buffers) storages.add(storage);
        return right.load(artifact);
      },
    };
    // Of the folder's vectors those of float64 are there to be refused.
    const only = checkNames.filter((name) => !/memory|many|more than|^order|folder/.test(name));
    await runSuite(watched, { dtypes: ['float32'], extent: { graphs: 50, certified: 0 }, only });
    expect([...storages].sort()).toEqual(['float32', 'uint8']);
  });
});

describe('options that cannot be meant', () => {
  test.each<readonly [unknown, string]>([
    [{ knownGaps: { 'functions: epx': 'slow' } }, 'conformance: knownGaps names "functions: epx", which is none of its checks; did you mean "functions: exp"?'],
    [{ unspecified: { 'functions: exp': 'coarse' } }, 'conformance: unspecified names "functions: exp", which is none of its checks; the checks are "values: NaN", "values: infinities", "values: denormal numbers", "values: sign of zero", "values: NaN and infinities as bytes"'],
    [{ only: ['nest: maps'] }, 'conformance: only names "nest: maps", which is none of its checks; did you mean "nests: maps"?'],
    [{ knownGaps: { 'functions: exp': ' ' } }, 'conformance: the known gap "functions: exp" has no reason; say in a sentence why it is there'],
    [{ knownGaps: { 'values: NaN': 'the driver' }, unspecified: { 'values: NaN': 'the driver' } }, 'conformance: "values: NaN" is listed as a known gap and as unspecified; what is never judged is no gap'],
    [{ knownGaps: { 'values: NaN': {} } }, 'conformance: the known gap "values: NaN" names no part; give a reason for all of it, or { part: reason }'],
    [{ knownGaps: { 'values: NaN': { max: '' } } }, 'conformance: the known gap "values: NaN", "max", has no reason; say in a sentence why it is there'],
    [{ unspecified: { 'values: NaN': {} } }, 'conformance: unspecified "values: NaN" names no part; give a reason for all of it, or { part: reason }'],
    [{ unspecified: { 'values: NaN': ' ' } }, 'conformance: unspecified "values: NaN" has no reason; say in a sentence why it is there'],
    [{ knownGaps: { 'results: those that are asked for': 'slow' } }, 'conformance: knownGaps names "results: those that are asked for", which does not apply: runs of a synchronous backend are over when they return: none is aborted, and none has results on a device'],
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
    expect(page).toMatch(/\| `exp` \| -16 to 16 \| 32 \| 0\.50 \| \d\.\d0 \| 0\.50 \| \d\.\d0 \|/);
    expect(documentProblem(folder, report)).toBeUndefined();
    expect(documentProblem(folder, { ...(await runSuite(wrong, { only: [...only, 'accuracy: filters'] })) })).toMatch(/^conformance\.json says of model: "functions: exp": "passed",, and it is: "functions: exp": "failed",; npm run/);
    expect(keepDocument(folder, { ...report, backend: 'a third' })).toMatch(/says nothing of a third/);
    vi.stubEnv('XCORR_WRITE', '1');
    expect(keepDocument(folder, { ...report, backend: 'a third' })).toBeUndefined();
    vi.unstubAllEnvs();
    writeFileSync(join(folder, 'conformance.md'), 'nothing');
    expect(documentProblem(folder, report)).toBe('conformance.md does not hold the tables of conformance.json; npm run conformance:write writes it anew');
  });

  test('gaps stand with their reasons, what is not judged with what was found', async () => {
    const report = await runSuite(wrong, { only: ['functions: exp', 'values: NaN'], knownGaps: { 'functions: exp': 'the table | is coarse' }, unspecified: { 'values: NaN': 'as it likes' } });
    const page = printRecord({ wrong: recordOf(report) });
    expect(page).toContain('- wrong, known gap, functions: exp: the table | is coarse\n- wrong, unspecified, values: NaN (as it likes): as IEEE 754');
    expect(page).toContain('| functions: exp | known gap |');
    expect(printSuite(report)).toMatch(/^model: 1 known gap, 1 unspecified\nknown gap: functions: exp \(the table \| is coarse\)\n {2}float32: exp/);
  });

  test('what was not looked at stands with its reason', async () => {
    const report = await runSuite(model(), { only: ['functions: cast', 'gradients: by differences'], dtypes: ['float32'] });
    const page = printRecord({ model: recordOf(report) });
    expect(page).toContain('- model, left out, functions: cast: the backend has float32 alone, and nothing to cast from\n- model, left out, gradients: by differences: differences need float64');
    expect(printSuite(report)).toMatch(/^model: 2 does not apply\ndoes not apply: functions: cast \(the backend has float32 alone, and nothing to cast from\)\n/);
  });

  test('what depends on the machine is left out', async () => {
    const { checks: kept } = recordOf(await runSuite(model(), { only: ['numbers: the folder of vectors', 'functions: exp'] }));
    expect(Object.keys(kept)).toEqual(['functions: exp']);
  });
});
