import type { Backend } from '@xcorr/compiler';
import { js } from '@xcorr/backend-js';
import { CompileError } from '@xcorr/graph';
import { expect, test } from 'vitest';
import { asynchronous } from '@xcorr/compiler/device';
import { backendNames } from '../backends/names.ts';
import { examine } from '../doctor/checks.ts';
import { recorded } from '../testing/recorded.ts';
import { doctor } from './doctor.ts';

test('says versions and what was tried', async () => {
  const { status, stdout, stderr } = await recorded(['doctor']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^xcorr {20}\d+\.\d+\.\d+\nnode {21}\d+\.\d+\.\d+\nplatform {17}\w+ \w+\nsharp {20}\d+\.\d+\.\d+\nlibvips {18}\d+\.\d+\.\d+\ngpu\.js {19}\d+\.\d+\.\d+\n@xcorr\/graph {13}\d/);
  for (const name of ['js', 'closures', 'gpu:webasm', 'gpu:cpu']) expect(stdout).toContain(`ok      backend ${name}: a correlation: [[19,25],[37,43]] on ${name}, as it must be\n`);
  expect(stdout.endsWith('\nAll is well.\n')).toBe(true);
});

test('the same as JSON', async () => {
  const { status, stdout } = await recorded(['doctor', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, versions: { node: process.versions.node }, backends: backendNames.map((name) => ({ name })) });
  expect(JSON.parse(stdout)).toHaveProperty('checks.0', { name: 'backend js: a correlation', ok: true, found: '[[19,25],[37,43]] on js, as it must be' });
});

/** A backend that computes one and a wrong number. */
function wrong(): Backend<'async'> {
  const right = js();
  return asynchronous({
    ...right,
    name: 'wrong',
    load: (artifact) => {
      const kernel = right.load(artifact);
      return {
        ranOn: 'wrong',
        run: (buffers, sizes) => {
          kernel.run(buffers, sizes);
          artifact.program.buffers.forEach(({ role }, position) => {
            if (role === 'output') buffers[position]?.fill(1, 0, 1);
          });
        },
      };
    },
  });
}

test('a wrong number is told, and is the status', async () => {
  const found = await examine({ wrong });
  expect(found.checks[0]).toEqual({ name: 'backend wrong: a correlation', ok: false, found: '[[1,25],[37,43]] on wrong, and [[19,25],[37,43]] is right' });
  let text = '';
  const output = { write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  expect(await doctor({}, { stdout: output, stderr: output, env: {} }, () => Promise.resolve(found))).toBe(1);
  expect(text).toContain('failed  backend wrong: a correlation: [[1,25],[37,43]] on wrong, and [[19,25],[37,43]] is right\n');
  expect(text).toMatch(/\d of 3 checks failed\.\n$/);
});

test('a backend that is not to be had is told with the reason, and is no fault', async () => {
  const absent = (): Backend<'async'> => ({ ...asynchronous(js()), detect: () => Promise.reject(new CompileError('there is no adapter\n  start the system with one')) });
  const found = await examine({ absent, js: () => asynchronous(js()) });
  expect(found.backends).toEqual([{ name: 'absent', available: false, why: 'there is no adapter' }, { name: 'js', available: true }]);
  expect(found.checks.map(({ name }) => name)).toEqual(['backend js: a correlation', 'backend js: a learning step', 'pictures are read']);
  let text = '';
  const output = { write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  expect(await doctor({}, { stdout: output, stderr: output, env: {} }, () => Promise.resolve(found))).toBe(0);
  expect(text).toContain('\n  not absent: there is no adapter\nbackends  js\n');
});
