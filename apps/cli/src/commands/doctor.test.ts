import type { Backend } from '@xcorr/compiler';
import { js } from '@xcorr/backend-js';
import { expect, test } from 'vitest';
import { checks } from '../doctor/checks.ts';
import { recorded } from '../testing/recorded.ts';
import { doctor } from './doctor.ts';

test('says versions and what was tried', async () => {
  const { status, stdout, stderr } = await recorded(['doctor']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^xcorr {14}\d+\.\d+\.\d+\nnode {15}\d+\.\d+\.\d+\nplatform {11}\w+ \w+\nsharp {14}\d+\.\d+\.\d+\nlibvips {12}\d+\.\d+\.\d+\n@xcorr\/graph {7}\d/);
  expect(stdout).toContain('ok      backend js: a correlation: [[19,25],[37,43]] on js, as it must be\n');
  expect(stdout.endsWith('\nAll is well.\n')).toBe(true);
});

test('the same as JSON', async () => {
  const { status, stdout } = await recorded(['doctor', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, versions: { node: process.versions.node }, checks: [{ name: 'backend js: a correlation', ok: true }, { ok: true }, { ok: true }] });
});

/** A backend that computes one and a wrong number. */
function wrong(): Backend<'sync'> {
  const right = js();
  return {
    ...right,
    name: 'wrong',
    load: (artifact) => {
      const kernel = right.load(artifact);
      return {
        run: (buffers, sizes) => {
          kernel.run(buffers, sizes);
          artifact.program.buffers.forEach(({ role }, position) => {
            if (role === 'output') buffers[position]?.fill(1, 0, 1);
          });
        },
      };
    },
  };
}

test('a wrong number is told, and is the status', async () => {
  const made = await checks({ wrong });
  expect(made[0]).toEqual({ name: 'backend wrong: a correlation', ok: false, found: '[[1,25],[37,43]] on wrong, and [[19,25],[37,43]] is right' });
  let text = '';
  const output = { write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  expect(await doctor({}, { stdout: output, stderr: output, env: {} }, () => Promise.resolve(made))).toBe(1);
  expect(text).toContain('failed  backend wrong: a correlation: [[1,25],[37,43]] on wrong, and [[19,25],[37,43]] is right\n');
  expect(text).toMatch(/\d of 3 checks failed\.\n$/);
});
