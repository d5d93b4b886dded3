import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { js } from '@xcorr/backend-js';
import { nestKeys, readTuning, serialiseTuning, type Tuning } from '@xcorr/compiler/tune';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';
import { subjects } from './inspect-subjects.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-tune-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sizes = ['--sizes', 'H=12,W=20'];
const brief = ['--milliseconds', '1', '--rounds', '3'];

test('what is found is written, and read by inspect', async () => {
  const path = join(folder, 'tuning.json');
  const { status, stdout, stderr } = await recorded(['tune', 'sobel', ...sizes, ...brief, '-o', path]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^nest0: \d+ schedules? tried, /);
  expect(stdout.endsWith(`wrote ${path}\n`)).toBe(true);
  const tuning = readTuning(readFileSync(path, 'utf8'));
  expect(tuning).toMatchObject({ version: 1, backend: 'js', report: { sizes: { H: 12, W: 20 }, rounds: 3 } });
  expect((await recorded(['inspect', 'sobel', '--stage', 'schedule', '--tuning', path])).status).toBe(0);
});

test('--json holds the tuning', async () => {
  const { stdout } = await recorded(['tune', 'book', ...brief, '--backend', 'closures', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ command: 'tune', program: 'book', version: 1, backend: 'closures', report: { nests: [{ nest: 'nest1' }] } });
});

/** A file with a schedule for Sobel's one nest. */
function given(schedule: Tuning['schedules'][string]): string {
  const path = join(folder, 'given.json');
  const [key = ''] = nestKeys(subjects.sobel(), js());
  const report = { milliseconds: { chosen: 1, tuned: 1 }, sizes: {}, rounds: 3, ended: 'done' as const, nests: [] };
  writeFileSync(path, serialiseTuning({ version: 1, backend: 'js', machine: 'here', schedules: { [key]: schedule }, report }));
  return path;
}

describe('a program under schedules from a file', () => {
  test('is the one that is printed, and proved', async () => {
    const path = given([{ kind: 'block', loop: 'i1', factor: 5 }]);
    const { stdout } = await recorded(['inspect', 'sobel', '--stage', 'schedule', '--tuning', path, '--verify']);
    expect(stdout).toMatch(/^certified: .*, schedule\n/);
    expect(stdout).toMatch(/\nnest0: block i1 by 5\n {2}# given, in the place of: unroll .*\n/);
    expect(stdout).toMatch(/b0\[.*5\*i1 .*\+ 4\]/);
    expect((await recorded(['inspect', 'sobel', '--stage', 'source', '--tuning', path])).stdout).not.toBe((await recorded(['inspect', 'sobel', '--stage', 'source'])).stdout);
  });

  test('that are of another program, or none, is said to be as the compiler chose', async () => {
    const path = given([{ kind: 'block', loop: 'i1', factor: 5 }]);
    const book = await recorded(['inspect', 'book', '--tuning', path]);
    expect([book.status, book.stderr]).toEqual([0, `xcorr: ${path} holds 1 schedule, and none for a nest of this program: all are those that the compiler chose\n  tune this program, for the same backend and sizes\n`]);
    expect((await recorded(['inspect', 'sobel', '--tuning', path])).stderr).toBe('');
    const empty = join(folder, 'empty.json');
    writeFileSync(empty, serialiseTuning({ ...readTuning(readFileSync(path, 'utf8')), schedules: {} }));
    expect((await recorded(['inspect', 'sobel', '--tuning', empty])).stderr).toBe(`xcorr: ${empty} holds no schedules: none was faster than those that the compiler chose\n`);
  });

  test('that do not fit is refused', async () => {
    const { status, stderr } = await recorded(['inspect', 'sobel', '--tuning', given([{ kind: 'unroll', loop: 'i1' }])]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^xcorr: compile: the schedule given for nest0, whose key is \w{16}, says "unroll i1", and i1 runs W - 2 times, which is no number\n/);
  });
});

test.each<readonly [readonly string[], string]>([
  [['tune', 'sobel'], 'xcorr: the sizes H, W are open, and a program is measured at some\n  give them: --sizes H=480,W=640\n'],
  [['tune', 'nothing'], 'xcorr: nothing: there is no such file, nor a program of that name\n  give book, sobel, canny, learn, two-layers, or a file that holds a graph as text\n'],
  [['tune', 'book', '-o', '/nowhere/tuning.json'], 'xcorr: --output /nowhere/tuning.json: there is no folder /nowhere\n'],
  [['tune', 'book', '--rounds', '0'], "xcorr: option '--rounds <count>' argument '0' is invalid. Give a whole number of at least 1.\n(xcorr tune --help says more)\n"],
  [['inspect', 'book', '--tuning', '/nowhere/tuning.json'], 'xcorr: /nowhere/tuning.json: there is no such file\n  give what xcorr tune wrote\n'],
  [['inspect', 'book', '--tuning', import.meta.filename], `xcorr: ${import.meta.filename}: readTuning: the text is not JSON (`],
])('%j is refused', async (argv, message) => {
  const { status, stdout, stderr } = await recorded(argv);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.slice(0, message.length)).toBe(message);
});
