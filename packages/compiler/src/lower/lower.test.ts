import { add, constant, corr2d, input, mul, ones, relu, square, state, sub, sum, tanh, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { checkSpec, type ProgramSpec } from '../graph.ts';
import type { Buffer } from '../program.ts';
import { lower } from './lower.ts';

const x = input('x', [6, 8]);

function buffersOf(spec: ProgramSpec): readonly Buffer[] {
  return lower(checkSpec(spec).graph).buffers;
}

function rolesOf(spec: ProgramSpec): readonly string[] {
  return buffersOf(spec).map(({ id, role, label, state: of }) => [id, role, label, ...(of === undefined ? [] : [`becomes ${of}`])].filter((word) => word !== '').join(' '));
}

describe('buffers', () => {
  test('inputs as listed, states, outputs, what states become, then constants and temporaries', () => {
    const K = state('K', [[1, 2]]);
    const first: Tensor = tanh(corr2d(x, [[5, 6, 7]]));
    expect(rolesOf({ inputs: { x }, state: { K }, outputs: { y: corr2d(first, K) }, updates: [[K, square(K)]] })).toEqual([
      'b0 input x',
      'b1 state K',
      'b2 output y',
      'b3 next K becomes b1',
      'b5 constant',
      'b4 temporary',
    ]);
  });

  test('a state has its initial value, a constant its elements, each in its dtype', () => {
    const K = state('K', [0.1, 0.2]);
    const wide = input('wide', [2], { dtype: 'float64' });
    const buffers = buffersOf({ inputs: { wide }, outputs: { k: mul(K, constant([2, 3])), wide } });
    expect(buffers.map(({ role, storage, data }) => [role, storage, data === undefined ? [] : [...data]])).toEqual([
      ['input', 'float64', []],
      ['state', 'float32', [Math.fround(0.1), Math.fround(0.2)]],
      ['output', 'float32', []],
      ['output', 'float64', []],
      ['constant', 'float32', [2, 3]],
    ]);
  });

  test('one constant is one buffer, however often it is read; one value is a literal', () => {
    const taps = [[1, 2]];
    expect(rolesOf({ inputs: { x }, outputs: { y: add(corr2d(x, taps), corr2d(square(x), taps)) } })).toEqual(['b0 input x', 'b1 output y', 'b2 constant']);
    expect(rolesOf({ inputs: { x }, outputs: { y: mul(x, ones([6, 8])) } })).toEqual(['b0 input x', 'b1 output y']);
  });

  test('a sum that only its epilogue reads stays in a register', () => {
    expect(rolesOf({ inputs: { x }, outputs: { y: sub(sum(x), 1) } })).toEqual(['b0 input x', 'b1 output y']);
  });

  test('one tensor under two names is computed once and copied', () => {
    const y = relu(x);
    const { nests } = lower(checkSpec({ inputs: { x }, outputs: { y, again: y } }).graph);
    expect(nests).toHaveLength(2);
    expect(rolesOf({ inputs: { x }, outputs: { y, again: y } })).toEqual(['b0 input x', 'b1 output y', 'b2 output again']);
  });

  test('an input that is not used has a buffer all the same: it is fed', () => {
    expect(rolesOf({ inputs: { x, unused: input('unused', [2]) }, outputs: { y: relu(x) } })).toEqual(['b0 input x', 'b1 input unused', 'b2 output y']);
  });
});
