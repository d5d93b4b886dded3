import { execFileSync } from 'node:child_process';
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

test('where no code may be made at run time, nothing is emitted, and the results are the same', () => {
  const program = "import { auto, compile, input, square } from 'xcorr'; const x = input('x', [3]); const p = compile({ inputs: { x }, outputs: { y: square(x) } }, auto()); console.log(p.ranOn, JSON.stringify(p.run({ x: [1, 2, 3] }).y.toNested()))";
  const run = (...flags: readonly string[]): string => execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  expect(run()).toBe('js [1,4,9]');
  expect(run('--disallow-code-generation-from-strings')).toBe('closures [1,4,9]');
});
