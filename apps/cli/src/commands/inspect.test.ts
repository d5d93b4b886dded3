import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printGraph } from '@xcorr/compiler/inspect';
import { expect, test } from 'vitest';
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
  expect([status, JSON.parse(document)]).toEqual([0, { command: 'inspect', program: 'sobel', stage: 'memory', text: stdout }]);
});

test('--verify proves every stage, and says how surely', async () => {
  const { status, stdout } = await recorded(['inspect', 'book', '--stage', 'memory', '--verify']);
  const [first, second, third, , ...rest] = stdout.split('\n');
  expect(status).toBe(0);
  expect([first, second, third]).toEqual([
    'certified: after separate padding, after fold constants, after simplify, loops, schedule',
    '           3 elements of degree 4 at 1 random point of a field of 2^61 - 1 elements',
    '           stages that differ are found equal with a probability below 1.7e-18',
  ]);
  expect(rest.join('\n')).toBe((await recorded(['inspect', 'book', '--stage', 'memory'])).stdout);
  const { stdout: document } = await recorded(['inspect', 'sobel', '--verify', '--json']);
  expect(JSON.parse(document)).toMatchObject({ certificate: { points: 1, bindings: [{ H: 3, W: 4 }, { H: 9, W: 10 }, { H: 13, W: 14 }] } });
});
