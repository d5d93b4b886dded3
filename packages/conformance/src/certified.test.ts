import { lowerProgram, type Program } from '@xcorr/compiler';
import { corr2d, input, mul } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { model } from '../testing/model.ts';
import type { Case } from './case.ts';
import { certificateProblem } from './certified.ts';
import { caseOf } from './checks/described.ts';

type Lower = typeof lowerProgram;

const bindings = [{ H: 3, W: 4 }, { H: 5, W: 4 }];
const anySize = (specialise: boolean): Case => caseOf({ outputs: { y: corr2d(input('x', ['H', 'W']), [[1, 2]]) }, bindings }, specialise);

/** Lowers twice the graph where it is of these sizes alone. */
const wrongAt =
  (...sizes: readonly (number | string)[]): Lower =>
  (graph, machine): Program => {
    const isStruck = graph.inputs.every(({ shape }) => shape.every((size, axis) => size === sizes[axis] || (typeof size !== 'number' && sizes.length === 0)));
    return lowerProgram(isStruck ? { ...graph, outputs: graph.outputs.map((each) => ({ ...each, tensor: mul(each.tensor, 2) })) } : graph, machine);
  };

const literalSizes = { machine: { ...model().machine, literalSizes: true } };

test('where each binding has a program of its own, each of these is certified, and the one for any size where it runs', () => {
  for (const [test, backend] of [[anySize(true), model()], [anySize(false), literalSizes]] as const) {
    expect(certificateProblem(test, backend)).toBeUndefined();
    expect(certificateProblem(test, backend, { lower: wrongAt(5, 4) })).toContain('certify: loops, the result "y" [5, 3] is not what the graph computes, where H = 5, W = 4');
    expect(certificateProblem(test, backend, { lower: wrongAt() })).toBeUndefined();
  }
  expect(certificateProblem(anySize(false), model(), { lower: wrongAt() })).toContain('certify: loops, the result "y" [H, W - 1] is not what the graph computes, where H = 3, W = 4');
  expect(certificateProblem(anySize(false), model(), { lower: wrongAt(5, 4) })).toBeUndefined();
});

test('a program without named sizes is the same program, whatever is asked for', () => {
  const test = caseOf({ outputs: { y: mul(input('x', [2]), 3) } }, true);
  expect(certificateProblem(test, literalSizes)).toBeUndefined();
  expect(certificateProblem(test, literalSizes, { lower: wrongAt(2) })).toContain('certify: loops');
});
