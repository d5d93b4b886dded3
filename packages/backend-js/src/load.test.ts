import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, programFor } from '@xcorr/compiler';
import { CompileError, input, square } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from './index.ts';
import { load } from './load.ts';

const x = input('x', [2]);
const program = programFor({ inputs: { x }, outputs: { y: square(x) } }, js());

test('emitted source, loaded, runs over the buffers it is given', () => {
  const { run } = load(js().emit(program, undefined));
  const y = new Float32Array(2);
  run([Float32Array.of(2, 3), y], []);
  expect([...y]).toEqual([4, 9]);
});

test('an executable says on what it runs', () => {
  expect(compile({ inputs: { x }, outputs: { y: square(x) } }, js()).ranOn).toBe('js');
});

test.each([
  [new Uint8Array(4), 'js: the artifact holds bytes, not JavaScript source; it was emitted by another backend'],
  ['return 1;', 'js: the artifact does not return a function; it was emitted by another backend'],
  ['precision highp float;', 'js: the artifact is no source of this backend: SyntaxError: Unexpected identifier \'highp\'; it was emitted by another one'],
  ['nothing', 'js: the artifact is no source of this backend: ReferenceError: nothing is not defined; it was emitted by another one'],
])('what is no program of this backend is refused: %#', (code, message) => {
  expect(() => load({ program, code })).toThrow(new CompileError(message));
});

test('a mistake in source of its own is no refusal', () => {
  expect(() => load({ program, code: '"use strict";\nconst a = 1;\nconst a = 2;' })).toThrow(SyntaxError);
});

// These run what the build made, as `npm test` does first.
const built = existsSync(fileURLToPath(new URL('../dist/index.js', import.meta.url)));

describe.skipIf(!built)('where the host forbids code made at run time', () => {
  test('the error says what to allow, or what to do instead', () => {
    const script = `
      import { input, square } from '@xcorr/graph';
      import { compile } from '@xcorr/compiler';
      import { js } from '@xcorr/backend-js';
      const x = input('x', [2]);
      try {
        compile({ inputs: { x }, outputs: { y: square(x) } }, js());
      } catch ({ name, message }) {
        console.log(name + ': ' + message);
      }`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
    });
    expect([stderr, stdout]).toEqual([
      '',
      "CompileError: js: this page forbids code made at run time\n  allow 'unsafe-eval' in its content security policy, or compile with closures() of @xcorr/backend-closures, which makes no code\n",
    ]);
  });
});
