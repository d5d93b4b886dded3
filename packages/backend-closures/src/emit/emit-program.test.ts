import { compile, programFor, type Program } from '@xcorr/compiler';
import { add, evaluate, grad, input, mul, sin, sum, type Tensor } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { closures } from '../index.ts';
import { emitProgram } from './emit-program.ts';

test('emission changes nothing in the program, and one result serves many frames', () => {
  const x = input('x', ['n']);
  const program = programFor({ inputs: { x }, outputs: { total: sum(x) } }, closures());
  const before = structuredClone(program);
  const { run, slots } = emitProgram(program);
  expect(program).toEqual(before);
  for (const elements of [[1, 2, 3], [4]]) {
    const total = new Float32Array(1);
    run({ buffers: [Float32Array.from(elements), total], sizes: [elements.length], slots: new Float64Array(slots) });
    expect(total[0]).toBe(elements.reduce((a, b) => a + b));
  }
});

test('a name that is not known where it is used is found before anything runs', () => {
  const program: Program = {
    buffers: [],
    nests: [{ nest: { name: 'nest0', body: [{ kind: 'store', buffer: 'b7', index: 0, value: { id: -1, kind: 'constant', value: 1 } }] }, schedule: [] }],
    invariant: 0,
    sizes: [],
    lifetimes: [],
  };
  expect(() => emitProgram(program)).toThrow('the program uses "b7" where it is not known');
});

/** The values at which compiled programs are judged, as float32 holds them. */
const at = [0.5, 1, 2, 3];

function expectSame(y: Tensor, x: Tensor): void {
  const got = compile({ inputs: { x }, outputs: { y } }, closures()).run({ x: at }).y.data;
  const want = evaluate(y, { x: at }).data;
  // Deep chains are rounded where they are stored: five decimals are left.
  got.forEach((value, position) => expect(value).toBeCloseTo(want[position] ?? Number.NaN, 5));
}

test('what is shared at every one of sixty levels is computed once, in the gradient too', () => {
  const x = input('x', [4]);
  let y = x;
  for (let level = 0; level < 60; level++) y = add(mul(sin(y), 0.5), mul(y, 0.5));
  const [dx] = grad(sum(y), [x]);
  expectSame(y, x);
  expectSame(dx, x);
});

test('a graph of ten thousand nodes', () => {
  const x = input('x', [4]);
  let y = x;
  for (let level = 0; level < 10_000; level++) y = level % 2 === 0 ? sin(y) : add(y, 0.125);
  expectSame(y, x);
});
