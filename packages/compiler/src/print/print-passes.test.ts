import { add, conv2d, corr2d, input, mul, neg, state, sub } from '@xcorr/graph';
import { parse, print } from '@xcorr/graph/text';
import { expect, test } from 'vitest';
import { printGraph, printPasses } from './print-passes.ts';

test('a program as a graph: its outputs, and what its states become; parse reads it', () => {
  const x = input('x', [2]);
  const K = state('K', [1, 2]);
  const text = printGraph({ inputs: { x }, state: { K }, outputs: { y: mul(x, K) }, updates: [[K, sub(K, x)]] });
  expect(text).toMatchInlineSnapshot(`
    "%0 = input("x") : float32 [2]
    %1 = state("K", [1, 2]) : float32 [2]
    %2 = mul(%0, %1) : float32 [2]
    %3 = sub(%1, %0) : float32 [2]
    return { "y": %2, "next K": %3 }
    "
  `);
  expect(print(parse(text))).toBe(text);
});

test('the graph after each pass that changes it, and a word where none does', () => {
  const x = input('x', [1, 1, 4, 4]);
  expect(printPasses({ inputs: { x }, outputs: { y: add(neg(neg(conv2d(x, neg([[[[1, 2]]]]), { padding: [0, 1] }))), 0) } })).toMatchInlineSnapshot(`
    "as written
    %0 = input("x") : float32 [1, 1, 4, 4]
    %1 = constant([[[[1, 2]]]]) : float32 [1, 1, 1, 2]
    %2 = neg(%1) : float32 [1, 1, 1, 2]
    %3 = correlate(%0, %2, strides=[1, 1], padding=[[0, 0], [1, 1]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 4, 5]
    %4 = neg(%3) : float32 [1, 1, 4, 5]
    %5 = neg(%4) : float32 [1, 1, 4, 5]
    %6 = constant(0) : float32 []
    %7 = broadcast(%6) : float32 [1, 1, 4, 5]
    %8 = add(%5, %7) : float32 [1, 1, 4, 5]
    return { "y": %8 }

    after separate padding
    %0 = input("x") : float32 [1, 1, 4, 4]
    %1 = pad(%0, low=[0, 0, 0, 1], high=[0, 0, 0, 1], interior=[0, 0, 0, 0], value=0) : float32 [1, 1, 4, 6]
    %2 = constant([[[[1, 2]]]]) : float32 [1, 1, 1, 2]
    %3 = neg(%2) : float32 [1, 1, 1, 2]
    %4 = correlate(%1, %3, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 4, 5]
    %5 = neg(%4) : float32 [1, 1, 4, 5]
    %6 = neg(%5) : float32 [1, 1, 4, 5]
    %7 = constant(0) : float32 []
    %8 = broadcast(%7) : float32 [1, 1, 4, 5]
    %9 = add(%6, %8) : float32 [1, 1, 4, 5]
    return { "y": %9 }

    after fold constants
    %0 = input("x") : float32 [1, 1, 4, 4]
    %1 = pad(%0, low=[0, 0, 0, 1], high=[0, 0, 0, 1], interior=[0, 0, 0, 0], value=0) : float32 [1, 1, 4, 6]
    %2 = constant([[[[-1, -2]]]]) : float32 [1, 1, 1, 2]
    %3 = correlate(%1, %2, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 4, 5]
    %4 = neg(%3) : float32 [1, 1, 4, 5]
    %5 = neg(%4) : float32 [1, 1, 4, 5]
    %6 = constant(0) : float32 []
    %7 = broadcast(%6) : float32 [1, 1, 4, 5]
    %8 = add(%5, %7) : float32 [1, 1, 4, 5]
    return { "y": %8 }

    after simplify
    %0 = input("x") : float32 [1, 1, 4, 4]
    %1 = pad(%0, low=[0, 0, 0, 1], high=[0, 0, 0, 1], interior=[0, 0, 0, 0], value=0) : float32 [1, 1, 4, 6]
    %2 = constant([[[[-1, -2]]]]) : float32 [1, 1, 1, 2]
    %3 = correlate(%1, %2, strides=[1, 1], padding=[[0, 0], [0, 0]], dilations=[1, 1], inputDilations=[1, 1], groups=1) : float32 [1, 1, 4, 5]
    return { "y": %3 }

    share masks: nothing to do

    move factors: nothing to do

    merge kernels: nothing to do

    fold constants: nothing to do

    separate kernels: nothing to do
    "
  `);
  const photo = input('photo', ['H', 'W']);
  expect(printPasses({ inputs: { photo }, outputs: { y: corr2d(photo, [[1, 2]]) } })).toContain('separate padding: nothing to do\n');
});
