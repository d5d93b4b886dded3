import { applySchedule, constantsOf, programFor, type Expression, type Loop, type LoopNest, type Statement } from '@xcorr/compiler';
import { loopVariable, type Integer } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { layer, learningStep, network } from '../../testing/programs.ts';
import { js } from '../index.ts';
import { isIndependent } from './independent.ts';

const i = loopVariable('i0');
const load = (buffer: string, index: Integer): Expression => ({ id: 0, kind: 'load', buffer, index });
const store = (buffer: string, index: Integer, value: Expression): Statement => ({ kind: 'store', buffer, index, value });
const loop = (body: readonly Statement[], role: Loop['role'] = 'parallel'): Loop => ({ kind: 'loop', variable: 'i0', extent: 9, role, body });
const nest = (...body: readonly Statement[]): LoopNest => ({ name: 'nest0', body });
const named = (buffer: string): Statement => ({ kind: 'let', name: 't0', value: load(buffer, 0) });
const t0: Expression = { id: 1, kind: 'local', name: 't0' };

test.each<readonly [string, LoopNest]>([
  ['each iteration makes a result of its own', nest(loop([store('b1', i, load('b0', i))]))],
  ['first and last iterations stand apart', nest(loop([store('b1', i, load('b0', i))]), loop([store('b1', i, load('b0', 0))]))],
  ['what all use is read first', nest(named('b0'), loop([store('b1', i, t0)]))],
  ['a state is updated in its own place', nest(loop([store('b0', i, load('b0', i))]))],
])('bands may run in any order: %s', (_, each) => {
  expect(isIndependent(each)).toBe(true);
});

test.each<readonly [string, LoopNest]>([
  ['there is no loop', nest(store('b1', 0, load('b0', 0)))],
  ['a sum is gathered', nest({ kind: 'accumulator', name: 's0', count: 1, initial: 0 }, loop([{ kind: 'accumulate', name: 's0', element: 0, operator: 'add', value: load('b0', i) }], 'reduce'))],
  ['a result stands beside the loops', nest(loop([store('b1', i, load('b0', i))]), store('b2', 0, load('b0', 0)))],
  ['a loop reads what another one writes', nest(loop([store('b1', i, load('b0', i))]), loop([store('b2', i, load('b1', i))]))],
  ['a state is read before the loop that updates it', nest(named('b1'), loop([store('b1', i, t0)]))],
])('bands may not: %s', (_, each) => {
  expect(isIndependent(each)).toBe(false);
});

test('layers are divided, sweeps that gather sums are not', () => {
  const divided = (spec: ReturnType<typeof layer>): readonly boolean[] => {
    const program = programFor(spec, js());
    return program.nests.map(({ nest, schedule }) => isIndependent(applySchedule(nest, schedule, constantsOf(program))));
  };
  expect(divided(layer())).toEqual([true]);
  expect(divided(learningStep())).toEqual([false]);
  expect(divided(network())).toContain(true);
  expect(divided(network())).toContain(false);
});
