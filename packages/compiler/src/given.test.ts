import { input, mul } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { direct } from '../testing/direct.ts';
import { compile } from './compile.ts';
import { jit } from './jit.ts';

// What programs without types give in the place of a spec, a backend, feeds or options: errors, word for word.

function thrownBy(operation: (...values: never[]) => unknown, ...values: readonly unknown[]): string {
  try {
    Reflect.apply(operation, undefined, values);
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

const x = input('x', [2]);
const y = mul(x, 2);
const fed = { x: Float32Array.of(1, 2) };

test('compile', () => {
  expect(thrownBy(compile)).toMatchInlineSnapshot(`"CompileError: compile: the spec is undefined; give tensors by name: compile({ inputs: { x }, outputs: { y } }, js())"`);
  expect(thrownBy(compile, y, direct())).toMatchInlineSnapshot(`"CompileError: compile: the spec is a tensor; give tensors by name: compile({ inputs: { x }, outputs: { y } }, js())"`);
  expect(thrownBy(compile, {}, direct())).toMatchInlineSnapshot(`"CompileError: compile: neither outputs nor updates; name at least one result"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: y }, direct())).toMatchInlineSnapshot(`"CompileError: compile: outputs is a tensor; give tensors by name: compile({ inputs: { x }, outputs: { y } }, js())"`);
  expect(thrownBy(compile, { inputs: [x], outputs: { y } }, direct())).toMatchInlineSnapshot(`"CompileError: compile: inputs is a list; give tensors by name: compile({ inputs: { x }, outputs: { y } }, js())"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: { y: 5 } }, direct())).toMatchInlineSnapshot(`"CompileError: compile: output "y" is not a tensor of this copy of @xcorr/graph"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: { y }, updates: { x: y } }, direct())).toMatchInlineSnapshot(`"ValueError: compile: updates is a value of type object, no list; give pairs of a state and its next value: [[K, next]]"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: { y }, updates: [x, y] }, direct())).toMatchInlineSnapshot(`"ValueError: compile: an update is a tensor, no list; give pairs of a state and its next value: [[K, next]]"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: { y } })).toMatchInlineSnapshot(`"CompileError: compile: the backend is undefined; give one, and call it where it is a function: compile(…, js())"`);
  expect(thrownBy(compile, { inputs: { x }, outputs: { y } }, direct)).toMatchInlineSnapshot(`"CompileError: compile: the backend is a value of type function; give one, and call it where it is a function: compile(…, js())"`);
});

test('jit', () => {
  expect(thrownBy(jit, 5, direct())).toMatchInlineSnapshot(`"ValueError: jit: 5 is no function; give one that makes a tensor of tensors: jit((x) => mul(x, 2), js())"`);
  expect(thrownBy(jit, () => y, direct)).toMatchInlineSnapshot(`"CompileError: jit: the backend is a value of type function; give one, and call it where it is a function: jit(…, js())"`);
});

test('run and runInto, the first time and again', () => {
  const { run, runInto } = compile({ inputs: { x }, outputs: { y } }, direct());
  for (let time = 0; time < 2; time++) {
    expect(thrownBy(run)).toMatchInlineSnapshot(`"FeedError: run: an object with a value for each input is expected, not undefined"`);
    expect(thrownBy(run, fed, 5)).toMatchInlineSnapshot(`"ValueError: run: the options are 5, no object; give them by name: { times: 10 }"`);
    expect(thrownBy(run, fed, null)).toMatchInlineSnapshot(`"ValueError: run: the options are null, no object; give them by name: { times: 10 }"`);
    expect(thrownBy(run, fed, { record: 'y' })).toMatchInlineSnapshot(`"ValueError: run: record is the text "y", no list; give the outputs' names: ['loss']"`);
    expect(thrownBy(run, fed, { record: ['z'] })).toMatchInlineSnapshot(`"ValueError: run: there is no output "z" to record; did you mean "y"?"`);
    expect(thrownBy(runInto, fed)).toMatchInlineSnapshot(`"FeedError: runInto: an object with an array for each output is expected, not undefined"`);
    run(fed);
  }
});
