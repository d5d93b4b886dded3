import { add, corr2d, stopGradient } from '@xcorr/graph';
import { derivativeKernel } from '@xcorr/graph/analyses';
import { describe, expect, test } from 'vitest';
import { backends, type BackendName } from '../../backends/names.ts';
import { bookExercises } from '../../commands/book.ts';
import { erring } from '../../testing/erring.ts';
import { recorded } from '../../testing/recorded.ts';
import { conv2dLayer } from '../conv2d-layer.ts';
import { checkEqual, type Exercise } from './exercise.ts';
import { answers, checksOf, exercises } from './exercises.ts';
import { ownLayer } from './own-layer.ts';
import { checkOnlyOne, checkTooFew } from './smallest-kernel.ts';

const answered = await answers(backends.js());
const count = checksOf(answered).length;

describe('xcorr book --exercises', () => {
  test('answers each exercise of the chapter, and its status is 0', async () => {
    const { status, stdout, stderr } = await recorded(['book', '--exercises']);
    expect([status, stderr]).toEqual([0, '']);
    expect(answered.map(({ number }) => number)).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2, of an earlier edition', '2.3', '2.4', '3', '4']);
    await expect(stdout).toMatchFileSnapshot('../__golden__/exercises.txt');
  });

  test.each<BackendName>(['closures', 'gpu:cpu', 'gpu:webasm'])('prints the same on %s, and says so', async (name) => {
    const { status, stdout } = await recorded(['book', '--exercises', '--backend', name]);
    expect(status).toBe(0);
    expect(stdout).toContain(`\n\nComputed on ${name}.\n\nAll ${count} checks hold.\n`);
    expect(stdout.replace(`Computed on ${name}.`, 'Computed on js.')).toBe((await recorded(['book', '--exercises'])).stdout);
  });

  test('--json prints the same for machines', async () => {
    const { status, stdout } = await recorded(['book', '--exercises', '--json']);
    const parsed: unknown = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(parsed).toMatchObject({ title: 'Convolutions for Images: the exercises', ranOn: 'js', holds: true });
    expect(parsed).toHaveProperty('exercises.length', answered.length);
    expect(parsed).toHaveProperty('exercises.9.results.0', { what: 'Y', value: [[19, 25], [37, 43]] });
    expect(parsed).toHaveProperty('exercises.0.checks.0', { claim: '1 where j = i, the last white element of row i; 0 elsewhere', holds: true, found: null });
    const keys = new Set(Array.from(stdout.matchAll(/^ *"(\w+)": /gm), ([, key]) => key));
    expect([...keys]).toEqual(['title', 'ranOn', 'holds', 'exercises', 'number', 'question', 'code', 'results', 'what', 'value', 'answer', 'checks', 'claim', 'found']);
  });

  test('in a terminal the marks are coloured, unless NO_COLOR says no', async () => {
    expect((await recorded(['book', '--exercises'], { isTTY: true })).stdout).toContain('\u001B[32mok');
    expect((await recorded(['book', '--exercises'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001B');
  });

  test('the answers are English: another language is refused where a person asks for it, and is no matter to machines or the locale', async () => {
    expect(await recorded(['book', '--exercises', '--lang', 'pt-BR'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'xcorr: book --exercises: the answers are written in English alone, and --lang pt asks for another language\n  leave --lang away, or read the chapter without --exercises\n',
    });
    const { stdout } = await recorded(['book', '--exercises', '--json']);
    for (const argv of [['--lang', 'en'], ['--json', '--lang', 'ja']]) expect((await recorded(['book', '--exercises', ...argv])).status).toBe(0);
    expect((await recorded(['book', '--exercises', '--json', '--lang', 'ja'])).stdout).toBe(stdout);
    expect((await recorded(['book', '--exercises', '--json'], { env: { LANG: 'ja_JP.UTF-8' } })).stdout).toBe(stdout);
    expect((await recorded(['book', '--exercises', '--json', '--lang', 'xx'])).status).toBe(2);
  });

  test('a backend that is not to be had is refused before any work', async () => {
    const { status, stdout, stderr } = await recorded(['book', '--exercises', '--backend', 'gpu:webgl2']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^xcorr: --backend gpu:webgl2: /);
  });
});

/** What a backend may do to its results. */
const mistakes: Readonly<Record<string, (value: number, index: number) => number>> = {
  'adds 1': (value) => value + 1,
  'adds a little to one element': (value, index) => (index === 0 ? value + 0.01 : value),
  'changes the sign': (value) => 0 - value,
  'gives 0': () => 0,
  'gives no number': () => Number.NaN,
};

/** Those of the claims that hold whatever the backend does: for each mistake, in each of the arrays that it gives, one at a time. */
async function claimsThatCannotFail(exercise: Exercise, claims: readonly string[]): Promise<readonly string[]> {
  let places = 0;
  await exercise(erring(backends.js(), () => void places++));
  let left = claims;
  for (const mistake of Object.values(mistakes))
    for (let wrong = 0; wrong < places && left.length > 0; wrong++) {
      const { checks } = await exercise(erring(backends.js(), (values, place) => void (place === wrong && values.set(values.map(mistake)))));
      left = left.filter((claim) => checks.every((check) => check.claim !== claim || check.holds));
    }
  return left;
}

describe('every check can fail', () => {
  /** These are no matter of a backend: see below. */
  const apart = new Set([checkTooFew().claim, checkOnlyOne().claim, 'checkGrads finds nothing that differs']);

  test.each(answered.map(({ number }, index) => [number, index] as const))('of exercise %s, by a backend that errs in one array', async (_, index) => {
    const exercise = exercises[index] ?? expect.unreachable();
    const claims = (answered[index]?.checks ?? []).map(({ claim }) => claim);
    expect(claims.length).toBeGreaterThan(0);
    expect(await claimsThatCannotFail(exercise, claims.filter((claim) => !apart.has(claim)))).toEqual([]);
  });

  test('a kernel for every order where there are taps enough, or for some', () => {
    expect(checkTooFew((order) => order + 1)).toMatchObject({ holds: false, found: 'a kernel has them for d = 1, 2, 3, 4, 5, 6' });
    expect(checkTooFew((order) => (order === 4 ? 5 : order))).toMatchObject({ holds: false, found: 'a kernel has them for d = 4' });
  });

  test.each([
    ['other taps', (order: number) => derivativeKernel(order).map((tap) => 2 * tap)],
    ['a tap more, and so more kernels than one', (order: number) => [...derivativeKernel(order), 0]],
    ['a tap less', (order: number) => derivativeKernel(order).slice(1)],
    ['the kernel of the order below', (order: number) => derivativeKernel(order - 1)],
  ])('not the only kernel: %s', (_, kernelOf) => {
    expect(checkOnlyOne((order) => (order === 3 ? kernelOf(order) : derivativeKernel(order)))).toMatchObject({ holds: false, found: 'another one, several or none for d = 3' });
  });

  test('a layer of which part of the gradient is cut off', async () => {
    const cut: typeof conv2dLayer = (kernel) => {
      const { weight, bias } = conv2dLayer(kernel);
      // The weight counts twice, and the gradient sees it once.
      return { weight, bias, forward: (x) => add(add(corr2d(x, weight), corr2d(x, stopGradient(weight))), bias) };
    };
    const failing = (await ownLayer(backends.js(), cut)).checks.filter(({ holds }) => !holds);
    expect(failing.map(({ claim }) => claim)).toContain('checkGrads finds nothing that differs');
    expect(failing.map(({ claim }) => claim)).toContain('the gradient is what central differences of the loss say');
  });

  test.each([
    [[[1, 2]], [[1, 3]], 'element [0, 1] is 2, not 3'],
    [[[1, 2]], [[1, 2], [3, 4]], '0 elements in row 1, not 2'],
    [[[1], [2]], [[1]], '2 rows, not 1'],
    [[[1]], [[1, 2]], '1 elements in row 0, not 2'],
    [[[Number.NaN]], [[0]], 'element [0, 0] is NaN, not 0'],
    [[[1.25]], [[1]], 'element [0, 0] is 1.25, not 1'],
  ])('%j is not %j', (ours, expected, found) => {
    expect(checkEqual('', ours, expected, 0.2)).toEqual({ claim: '', holds: false, found });
  });
});

describe('a check that fails', () => {
  test('gets the status 1, a line that says what was found, and is counted', async () => {
    const texts: string[] = [];
    const output = { write: (chunk: string | Uint8Array) => texts.push(String(chunk)) };
    // The first array is what K makes of the image.
    const wrong: typeof answers = (backend) => answers(erring(backend, (values, place) => void (place === 0 && values.fill(3, 1, 2))));
    expect(await bookExercises({}, { stdout: output, stderr: output, env: {} }, wrong)).toBe(1);
    expect(texts.join('')).toContain('\n   fails   1 where j = i, the last white element of row i; 0 elsewhere\n           found: element [0, 1] is 3, not 0\n');
    expect(texts.join('').endsWith(`\n\n1 of ${count} checks fails, of the exercise 1.1.\n`)).toBe(true);
  });

  test('of several exercises: all are named', async () => {
    const texts: string[] = [];
    const output = { write: (chunk: string | Uint8Array) => texts.push(String(chunk)) };
    const wrong: typeof answers = (backend) => answers(erring(backend, (values) => void values.fill(3)));
    expect(await bookExercises({ json: false }, { stdout: output, stderr: output, env: {} }, wrong)).toBe(1);
    expect(texts.join('')).toMatch(/\n\d+ of \d+ checks fail, of the exercises 1\.1; 1\.2; 1\.3; 2\.1; 2\.2; 2, of an earlier edition; 2\.3; 2\.4; 3; 4\.\n$/);
    texts.length = 0;
    expect(await bookExercises({ json: true }, { stdout: output, stderr: output, env: {} }, wrong)).toBe(1);
    expect(JSON.parse(texts.join(''))).toMatchObject({ holds: false });
  });
});
