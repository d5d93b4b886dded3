import { programFor } from '@xcorr/compiler';
import { add, corr2d, input, sin, state, sum } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { emitProgram } from '../emit/emit-program.ts';
import { gpu } from '../index.ts';
import { assumedTarget } from '../translate.ts';
import { buffersOf } from './buffers.ts';

// Kernels of textures are compiled for where the elements of each buffer lie.

function described() {
  const [x, k, s] = [input('x', [5, 6]), input('k', [2, 2]), state('s', [[1, 2], [3, 4]])];
  const y = corr2d(x, sin(k));
  const program = programFor({ inputs: { x, k }, state: { s }, outputs: { y, total: sum(y) }, updates: [[s, add(s, k)]] }, gpu({ mode: 'webgl2' }));
  const { plan } = emitProgram(program, assumedTarget('webgl2'));
  return { plan, program, buffers: buffersOf(program, plan) };
}

test('what a kernel writes lies as its threads, and a state as what it becomes', () => {
  const { plan, buffers } = described();
  for (const { writes, threads } of plan.kernels) expect(buffers.layoutOf(writes)).toEqual(threads);
  expect(buffers.states.map(({ id }) => buffers.layoutOf(id))).toEqual([[2, 2]]);
  expect(buffers.updates.map(({ from }) => buffers.layoutOf(from))).toEqual([[2, 2]]);
});

test('a state that is copied at the end lies as the buffer that it becomes', () => {
  const [a, b] = [state('a', [[1, 2, 3], [4, 5, 6]]), state('b', [[7, 8, 9], [0, 1, 2]])];
  const program = programFor({ state: { a, b }, outputs: {}, updates: [[a, b], [b, a]] }, gpu({ mode: 'webgl2' }));
  const { plan } = emitProgram(program, assumedTarget('webgl2'));
  const { updates, layoutOf } = buffersOf(program, plan);
  expect(updates.some(({ state, from }) => state !== from)).toBe(true);
  for (const { state } of updates) expect(layoutOf(state)).toEqual([3, 2]);
});

test('what is only read lies in a row', () => {
  const { buffers } = described();
  expect(buffers.inputs.map(({ id }) => buffers.layoutOf(id))).toEqual([[30], [4]]);
});

test('a temporary is given back behind the last kernel that reads it, and nothing else is', () => {
  const { plan, program, buffers } = described();
  const temporaries = program.buffers.filter(({ role }) => role === 'temporary').map(({ id }) => id);
  expect(temporaries.length).toBeGreaterThan(0);
  expect(buffers.lastReads.flat().toSorted()).toEqual(temporaries.toSorted());
  for (const [position, ids] of buffers.lastReads.entries())
    for (const id of ids) expect(plan.kernels.findLastIndex(({ reads }) => reads.includes(id))).toBe(position);
});
