import { cast, CompileError, input, mul, state, sum, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { checkSpec, type ProgramSpec } from './graph.ts';

const x = input('x', [2, 3]);
const y = input('y', [2, 3]);
const K = state('K', [[1, 2, 3]]);

function expectRefused(spec: ProgramSpec, message: string): void {
  expect(() => checkSpec(spec)).toThrow(new CompileError(`compile: ${message}`));
}

describe('what a program is made of', () => {
  test('inputs are known by the names they are listed under, states by theirs', () => {
    const { graph, inputNames, stateNames } = checkSpec({ inputs: { picture: x }, state: { kernel: K }, outputs: { z: mul(x, K) } });
    expect(inputNames).toEqual(['picture']);
    expect([...stateNames]).toEqual([['kernel', 0]]);
    expect(graph.inputs).toEqual([x]);
    expect(graph.states).toEqual([K]);
  });

  test('a state that is not listed lives in the program too', () => {
    const { graph, stateNames } = checkSpec({ inputs: { x }, outputs: { z: mul(x, K) } });
    expect(graph.states).toEqual([K]);
    expect([...stateNames]).toEqual([]);
  });

  test('updates alone are enough', () => {
    expect(checkSpec({ outputs: {}, updates: [[K, mul(K, 2)]] }).graph.outputs).toEqual([]);
  });
});

describe('what is refused, word for word', () => {
  test('an input that is used and not listed', () => {
    expectRefused({ inputs: { x }, outputs: { z: mul(x, y) } }, 'the input "y" is used and not listed\n  add it: compile({ inputs: { y }, … })');
  });

  test('two sources with one name', () => {
    const another = input('x', [2, 3]);
    expectRefused({ inputs: { x, another }, outputs: { z: mul(x, another) } }, 'two inputs or states are named "x"; give each a name of its own');
    expectRefused({ inputs: { x }, outputs: { z: mul(x, state('x', 1)) } }, 'two inputs or states are named "x"; give each a name of its own');
  });

  test('one input under two names', () => {
    expectRefused({ inputs: { x, again: x }, outputs: { z: x } }, 'one input is listed twice, the second time as "again"');
  });

  test('a state among the inputs, an input among the states', () => {
    expectRefused({ inputs: { K }, outputs: { z: K } }, '"K" is listed as input and was made by state; make it with input(…)');
    expectRefused({ state: { x }, outputs: { z: x } }, '"x" is listed as state and was made by input; make it with state(…)');
    expectRefused({ inputs: { x: mul(x, 2) }, outputs: { z: x } }, '"x" is listed as input and was made by mul; make it with input(…)');
  });

  test('an update of another shape or dtype than the state', () => {
    expectRefused(
      { outputs: {}, updates: [[K, sum(K)]] },
      'the update of "K" has the shape [], the state has [1, 3]\n  the next value must have the state\'s shape',
    );
    expectRefused({ outputs: {}, updates: [[K, cast(K, 'float64')]] }, 'the update of "K" is float64, the state is float32');
  });

  test('an update of what is no state', () => {
    expectRefused({ inputs: { x }, outputs: {}, updates: [[x, mul(x, 2)]] }, 'an update of input; only what was made with state(…) can be updated');
  });

  test('a state that is updated twice', () => {
    expectRefused({ outputs: {}, updates: [[K, mul(K, 2)], [K, mul(K, 3)]] }, 'the state "K" is updated twice; add the changes in one update');
  });

  test('no result at all', () => {
    expectRefused({ inputs: { x }, outputs: {} }, 'neither outputs nor updates; name at least one result');
  });

  test('an output stored in another type than it is computed in, bytes apart', () => {
    expectRefused({ inputs: { x }, outputs: { z: { tensor: x, storage: 'float64' } } }, 'the output "z" is float32 and cannot be stored as float64; cast it, or store it as uint8');
    expect(checkSpec({ inputs: { x }, outputs: { z: { tensor: x, storage: 'uint8' } } }).graph.outputs[0]?.storage).toBe('uint8');
  });

  test('what is no tensor, or one of another copy of the package', () => {
    const stranger: Tensor = { primitive: 'neg', inputs: [x], attributes: {}, shape: [2, 3], dtype: 'float32' };
    expectRefused({ inputs: { x }, outputs: { z: stranger } }, 'output "z" is not a tensor of this copy of @xcorr/graph');
    expectRefused({ inputs: { x: stranger }, outputs: { z: x } }, 'input "x" is not a tensor of this copy of @xcorr/graph');
    expectRefused({ outputs: {}, updates: [[K, stranger]] }, 'the next value of an update is not a tensor of this copy of @xcorr/graph');
    expectRefused({ outputs: {}, updates: [[stranger, K]] }, 'the state of an update is not a tensor of this copy of @xcorr/graph');
    // @ts-expect-error -- an output is a tensor
    expectRefused({ outputs: { z: undefined } }, 'output "z" is not a tensor of this copy of @xcorr/graph');
  });
});
