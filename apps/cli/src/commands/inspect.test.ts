import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notCertified } from '@xcorr/compiler/certify';
import { printGraph } from '@xcorr/compiler/inspect';
import { describe, expect, test } from 'vitest';
import { gradientsForCanny } from '../canny/gradients.ts';
import { photograph } from '../photograph.ts';
import { recorded } from '../testing/recorded.ts';
import { stageNames } from './inspect.ts';
import { subjectNames } from './inspect-subjects.ts';

test.each(subjectNames.flatMap((subject) => stageNames.map((stage) => [subject, stage] as const)))('%s can be printed as %s', async (subject, stage) => {
  const { status, stdout, stderr } = await recorded(['inspect', subject, '--stage', stage]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
  expect(stdout.endsWith('\n')).toBe(true);
});

test('the graph of the step has the loss and the next kernel', async () => {
  const { stdout } = await recorded(['inspect', 'book', '--stage', 'graph']);
  expect(stdout).toContain('state("K"');
  expect(stdout).toMatch(/return \{ "loss": %\d+, "next K": %\d+ \}/);
});

test('the edges of any picture have named sizes', async () => {
  expect((await recorded(['inspect', 'sobel', '--stage', 'graph'])).stdout).toContain('input("picture") : float32 [H, W]');
});

test('canny is what -k canny runs: the gradients of bytes, with the elements at the edge beyond', async () => {
  const { stdout } = await recorded(['inspect', 'canny', '--stage', 'graph']);
  expect(stdout).toContain(printGraph(gradientsForCanny(['H', 'W'])));
  expect(stdout).toMatch(/return \{ "dx": %\d+, "dy": %\d+ \}/);
});

test('a picture is no graph, and a file beyond all graphs is not read', async () => {
  expect(await recorded(['inspect', photograph])).toEqual({
    status: 2,
    stdout: '',
    stderr: `xcorr: ${photograph}: it is not a graph as text, whose first line is such as: %0 = input("X") : float32 [H, W]\n  give book, sobel, canny, learn, two-layers, or a file that holds a graph as text\n`,
  });
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-inspect-'));
  const path = join(folder, 'graph.txt');
  writeFileSync(path, '%0 = input("X") : float32 [2]\nreturn { "Y": %0 }\n');
  expect((await recorded(['inspect', path, '--stage', 'graph'])).stdout).toContain('return { "Y": %0 }');
  truncateSync(path, 64_000_001);
  expect((await recorded(['inspect', path])).stderr).toMatch(/graph\.txt: 64000001 bytes are more than a graph takes\n/);
  rmSync(folder, { recursive: true });
});

test('--json holds the text', async () => {
  const { stdout } = await recorded(['inspect', 'sobel', '--stage', 'memory']);
  const { status, stdout: document } = await recorded(['inspect', 'sobel', '--stage', 'memory', '--json']);
  expect([status, JSON.parse(document)]).toEqual([0, { command: 'inspect', program: 'sobel', stage: 'memory', backend: 'js', text: stdout }]);
});

test('--verify proves every stage, and says how surely, and what it does not look at', async () => {
  const { status, stdout } = await recorded(['inspect', 'book', '--stage', 'memory', '--verify']);
  const lines = stdout.split('\n');
  expect(status).toBe(0);
  expect(lines.slice(0, 6)).toEqual([
    'certified: after separate padding, after fold constants, after simplify, after share masks, after move factors, after merge kernels, after fold constants, after separate kernels, loops, schedule',
    '           3 elements at 2 random points of a prime field of 61 bits',
    '           differences of degree 4, and 0 arguments of unknown functions and divisors to be told apart:',
    '           stages that differ are found equal with a probability below 6.1e-35',
    `           not looked at: ${notCertified}`,
    '',
  ]);
  expect(lines.slice(6).join('\n')).toBe((await recorded(['inspect', 'book', '--stage', 'memory'])).stdout);
  const { stdout: document } = await recorded(['inspect', 'sobel', '--verify', '--json']);
  expect(JSON.parse(document)).toMatchObject({ certificate: { points: 2, bindings: [{ H: 3, W: 4 }, { H: 9, W: 7 }, { H: 8, W: 8 }, { H: 10, W: 9 }, { H: 7, W: 10 }], notCertified } });
});

test('--verify of a program for some sizes proves that one, from the program of any size on', async () => {
  const { status, stdout } = await recorded(['inspect', 'sobel', '--verify', '--sizes', 'H=7,W=9', '--backend', 'gpu:webgl2']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^certified: specialised, after separate padding, .*\n {11}\d+ elements at 2 random points of a prime field of 61 bits, where H = 7, W = 9\n/);
});

describe('the source for another backend', () => {
  const marks = { 'gpu:webgl2': 'void kernel() {', 'gpu:webgl': 'void kernel() {', 'gpu:headlessgl': 'void kernel() {', 'gpu:webgpu': '@compute @workgroup_size(', 'gpu:webasm': 'this.thread.x', 'gpu:cpu': 'this.thread.x', closures: 'There is no code' } as const;

  test.each(subjectNames.flatMap((subject) => Object.entries(marks).map(([backend, mark]) => [subject, backend, mark] as const)))('of %s for %s, without any GPU', async (subject, backend, mark) => {
    const sizes = subject === 'sobel' || subject === 'canny' ? ['--sizes', 'H=30,W=40'] : [];
    const { status, stdout, stderr } = await recorded(['inspect', subject, '--stage', 'source', '--backend', backend, ...sizes]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(mark);
  });

  test('the loops are those of a thread for each element', async () => {
    const [ours, theirs] = [await recorded(['inspect', 'book', '--backend', 'gpu:webgl2']), await recorded(['inspect', 'book'])];
    expect(ours.status).toBe(0);
    expect(ours.stdout).not.toBe(theirs.stdout);
    expect(ours.stdout.match(/^nest/gm)?.length).toBeGreaterThan(1);
  });

  test('a program of any size is made for the sizes that are given', async () => {
    expect(await recorded(['inspect', 'sobel', '--stage', 'source', '--backend', 'gpu:webgl2'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'xcorr: --backend gpu:webgl2 makes a program of its own for each size, and the sizes H, W are open here\n  give them: --sizes H=480,W=640\n',
    });
    const { stdout } = await recorded(['inspect', 'sobel', '--stage', 'graph', '--sizes', ' H = 30, W=40']);
    expect(stdout).toContain('input("picture") : float32 [30, 40]');
    expect((await recorded(['inspect', 'canny', '--stage', 'graph', '--sizes', 'H=30,W=40'])).stdout).toContain('input("picture", storage=uint8) : float32 [30, 40]');
  });

  test.each([
    ['H=3', '--sizes: there is no number for W\n  give all of them: --sizes H=480,W=640\n'],
    ['H=3,W=4,D=5', '--sizes: the program has no size "D"\n  did you mean "H"?\n'],
    ['H=0,W=4', "option '--sizes <sizes>' argument 'H=0,W=4' is invalid. Give each size a whole number of at least 1, such as H=480,W=640.\n(xcorr inspect --help says more)\n"],
    ['30x40', "option '--sizes <sizes>' argument '30x40' is invalid. Give each size a whole number of at least 1, such as H=480,W=640.\n(xcorr inspect --help says more)\n"],
  ])('sizes %s are refused', async (sizes, message) => {
    expect(await recorded(['inspect', 'sobel', '--sizes', sizes])).toEqual({ status: 2, stdout: '', stderr: `xcorr: ${message}` });
  });

  test('sizes that are too small for the kernel are refused with the axis', async () => {
    const { status, stderr } = await recorded(['inspect', 'sobel', '--sizes', 'H=2,W=40']);
    expect(status).toBe(2);
    expect(stderr).toContain('where H = 2, W = 40');
  });
});
