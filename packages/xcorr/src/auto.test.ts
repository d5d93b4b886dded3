import { js } from '@xcorr/backend-js';
import { compile } from '@xcorr/compiler';
import { input, square } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { auto } from './auto.ts';

const x = input('x', [3]);
const spec = { inputs: { x }, outputs: { y: square(x) } };

test('a compiled program says on what it ran, and it is what the backend is called', () => {
  const program = compile(spec, auto());
  expect(program.run({ x: [1, 2, 3] }).y.toNested()).toEqual([1, 4, 9]);
  expect([auto().name, program.ranOn]).toEqual(['js', 'js']);
});

test('what is chosen is the backend itself: the same source as by its own name', () => {
  expect(compile(spec, auto()).artifact.code).toBe(compile(spec, js()).artifact.code);
});
