import { expect, test } from 'vitest';
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

test('--json holds the text', async () => {
  const { stdout } = await recorded(['inspect', 'sobel', '--stage', 'memory']);
  const { status, stdout: document } = await recorded(['inspect', 'sobel', '--stage', 'memory', '--json']);
  expect([status, JSON.parse(document)]).toEqual([0, { command: 'inspect', program: 'sobel', stage: 'memory', text: stdout }]);
});
