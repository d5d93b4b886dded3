import { abs, add, input, mul, neg, square, state, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { checkSpec } from '../graph.ts';
import { runPass } from '../lower-program.ts';
import { rewrites, type Law } from './rewrite.ts';

const absOfAbs: Law = { text: '||x|| = |x|', apply: (y) => (y.primitive === 'abs' && y.inputs[0].primitive === 'abs' ? y.inputs[0] : undefined) };
const absOfNeg: Law = { text: '|-x| = |x|', apply: (y) => (y.primitive === 'abs' && y.inputs[0].primitive === 'neg' ? abs(y.inputs[0].inputs[0]) : undefined) };

const x = input('x', [3]);

describe('a pass of laws', () => {
  const pass = rewrites('magnitudes', [absOfAbs, absOfNeg]);

  test('applies them to operands first, and to what it made, until none applies', () => {
    expect(pass.run([abs(neg(abs(neg(abs(x)))))])).toEqual([abs(x)]);
  });

  test('gives roots in their order, shared parts shared', () => {
    const [sum, part] = pass.run([add(abs(abs(x)), square(abs(abs(x)))), abs(abs(x))]);
    expect(sum).toBe(add(abs(x), square(abs(x))));
    expect(part).toBe(abs(x));
  });

  test('gives the same object where no law applies', () => {
    const y = mul(neg(x), 2);
    expect(pass.run([y, x])).toEqual([y, x]);
    expect(pass.run([y])[0]).toBe(y);
  });

  test('looks at each node of a graph once, however deep it is and however often a node is used', () => {
    let looked = 0;
    const counting = rewrites('counting', [{ text: 'x = x', apply: () => void looked++ }]);
    let deep: Tensor = x;
    for (let level = 0; level < 5000; level++) deep = mul(deep, deep);
    counting.run([deep]);
    expect(looked).toBe(5001);
  });
});

test('inputs and states keep their identity through a pass', () => {
  const K = state('K', [1, 2, 3]);
  const { graph } = checkSpec({ inputs: { x }, state: { K }, outputs: { y: abs(abs(x)) }, updates: [[K, abs(abs(mul(x, K)))]] });
  const after = runPass(graph, rewrites('magnitudes', [absOfAbs]));
  expect(after.inputs).toEqual([x]);
  expect(after.states).toEqual([K]);
  expect(after.outputs.map(({ name, tensor }) => [name, tensor])).toEqual([['y', abs(x)]]);
  expect(after.updates).toEqual([{ state: K, next: abs(mul(x, K)) }]);
});

test('a pass that loses a root is found out', () => {
  const { graph } = checkSpec({ inputs: { x }, outputs: { y: x } });
  expect(() => runPass(graph, { name: 'forgetful', run: () => [] })).toThrow('the pass forgetful lost a root');
});
