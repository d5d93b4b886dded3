import { expect, test, vi } from 'vitest';
import { model } from '../../testing/model.ts';
import { nodesOf, type Case } from '../case.ts';
import { generateCase } from '../generate/generate.ts';
import { runCase } from '../judge/run-case.ts';
import { resized } from './resize.ts';
import { shrink } from './shrink.ts';
import { cutOff } from './surgery.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The first case of the real set that has a node of a kind. */
function caseWith(fits: (test: Case) => boolean): Case {
  for (let number = 0; ; number++) {
    const { test } = generateCase(4, number, 'real');
    if (fits(test)) return test;
  }
}

const has = (primitive: string) => (test: Case): boolean => nodesOf(test).some((node) => node.primitive === primitive);

test.each(['tanh', 'flip', 'correlate'])('a graph shrinks to the one node that is looked for: %s', async (primitive) => {
  const found = caseWith((each) => has(primitive)(each) && nodesOf(each).length > 20);
  const smallest = await shrink(found, async (each) => has(primitive)(each));
  const derived = nodesOf(smallest).filter((node) => node.inputs.length > 0);
  expect(derived.map((node) => node.primitive)).toEqual([primitive]);
  expect(smallest.runs).toHaveLength(1);
  expect(smallest.outputs.length + smallest.updates.length).toBe(1);
});

/** What the model gets wrong in some cases. */
async function problemsOf(cases: Iterable<Case | undefined>): Promise<readonly unknown[]> {
  const problems: unknown[] = [];
  for (const each of cases) if (each !== undefined) problems.push((await runCase(each, model())).problem);
  return problems.filter((problem) => problem !== undefined);
}

test('what is cut off leaves the results as they were', async () => {
  const { test: whole } = generateCase(4, 2, 'real');
  const cut = nodesOf(whole).filter((node) => node.inputs.length > 0).slice(-12).map((node) => cutOff(whole, node));
  expect(await problemsOf(cut)).toEqual([]);
});

test('a resized case is still judged to be right', async () => {
  const cases = Array.from({ length: 20 }, (_, number) => generateCase(4, number, 'exact').test);
  expect(await problemsOf(cases.flatMap((each) => [2, 3, 4].map((size) => resized(each, size, size - 1))))).toEqual([]);
});
