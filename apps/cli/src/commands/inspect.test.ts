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
  expect(JSON.parse(document)).toMatchObject({ certificate: { points: 1, bindings: [{ H: 9, W: 10 }, { H: 13, W: 14 }] } });
});
