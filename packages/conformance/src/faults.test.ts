import { lowerProgram } from '@xcorr/compiler';
import { describe, expect, test, vi } from 'vitest';
import { backendFaults } from '../testing/faults/backend-faults.ts';
import { damaged } from '../testing/faults/damage.ts';
import { deviceFaults, deviceModel } from '../testing/faults/device-faults.ts';
import { passFaults } from '../testing/faults/pass-faults.ts';
import { programFaults } from '../testing/faults/program-faults.ts';
import { semanticFaults } from '../testing/faults/semantic-faults.ts';
import { model } from '../testing/model.ts';
import { certificateProblem } from './certified.ts';
import { certifiedPrograms } from './checks/certificate.ts';
import { caseOf } from './checks/described.ts';
import { differential } from './differential.ts';
import { generateCase } from './generate/generate.ts';
import type { AnyBackend } from './judge/runner.ts';
import type { CheckName } from './suite/checks.ts';
import { runSuite } from './suite/run-suite.ts';

vi.setConfig({ testTimeout: 60_000 });

// A backend that is right but for one thing must fail: a suite that passes wrong backends proves nothing.

async function problemsOf(check: CheckName, backend: AnyBackend): Promise<readonly string[]> {
  const { results } = await runSuite(backend, { only: [check] });
  return results.flatMap(({ problems }) => problems);
}

const all = [
  ...Object.entries(programFaults).map(([name, { check, damage }]) => ({ name, check, backend: () => damaged(model(), damage) })),
  ...Object.entries(semanticFaults).map(([name, { check, changes }]) => ({ name, check, backend: () => model(changes) })),
  ...Object.entries({ ...backendFaults, ...deviceFaults }).map(([name, { check, backend }]) => ({ name, check, backend })),
];

test('they are many, and each has a name of its own', () => {
  expect(all.length).toBeGreaterThanOrEqual(95);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe('the check that is made for a fault finds it', () => {
  // Without the fault nothing is found: by `model.test.ts`, and here of backends that are asynchronous.
  test.each([...new Set(Object.values(deviceFaults).map(({ check }) => check))])('nothing is wrong but for the fault: %s', async (check) => {
    expect(await problemsOf(check, deviceModel())).toEqual([]);
  });

  test.each(all)('$name: $check', async ({ check, backend }) => {
    expect(await problemsOf(check, backend())).not.toEqual([]);
  });
});

describe('300 random graphs find what goes wrong between a graph and its nests', () => {
  test.each(Object.entries(programFaults))('%s', async (_, { set, damage }) => {
    const { failures } = await differential(damaged(model(), damage), { set, seed: 7, graphs: 300, failures: 1, shrinking: 0 });
    expect(failures).toHaveLength(1);
  });
});

describe('the certificate alone finds it too, without a number being computed', () => {
  test.each(Object.entries(programFaults))('%s', (_, { set, damage }) => {
    const isFound = (graph: number): boolean => {
      const { test: example } = generateCase(7, graph, set);
      const found = certificateProblem(example, model(), { lower: (each, machine) => damage(lowerProgram(each, machine)) });
      return found !== undefined && certificateProblem(example, model()) === undefined;
    };
    expect(Array.from({ length: 300 }, (__, graph) => graph).some(isFound)).toBe(true);
  });

  const own = certifiedPrograms();
  test.each(Object.entries(programFaults))('over the programs of the suite: %s', (_, { damage }) => {
    const found = own.find(({ described }) => certificateProblem(caseOf(described), model(), { lower: (each, machine) => damage(lowerProgram(each, machine)) }) !== undefined);
    expect(found?.name).toBeDefined();
  });

  test('over the programs of the suite: quotients by a constant are products with its reciprocal', () => {
    const quotients = passFaults.find(({ name }) => name === 'x / c = x (1 / c)');
    const { described } = own.find(({ name }) => name === 'a quotient by a constant') ?? {};
    expect(quotients && described && certificateProblem(caseOf(described), model(), { passes: [quotients.pass()] })).toMatch(/^certify: after wrong/);
  });

  test.each(passFaults)('a pass that believes $name', ({ pass, test: example }) => {
    expect(certificateProblem(example(), model())).toBeUndefined();
    expect(certificateProblem(example(), model(), { passes: [pass()] })).toMatch(/^certify: after /);
  });
});
