import { programFor } from '@xcorr/compiler';
import { add, div, exp, input } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import type { GpuArtifact } from './emit/plan.ts';
import { gpu } from './index.ts';
import type { ModeName } from './modes.ts';
import { assumedTarget, translate } from './translate.ts';

const modes: readonly ModeName[] = ['webgl2', 'webgl', 'headlessgl', 'webgpu', 'webasm', 'cpu'];

const x = input('x', [8]);
const program = programFor({ inputs: { x }, outputs: { y: add(x, 1) } }, gpu());

/** A plan as emission could make it: a kernel that calls a function and takes a special number, and one that does neither. */
function artifact(mode: ModeName): GpuArtifact {
  const half = { name: 'half', source: 'function half(a) {\n  return Math.floor(a / 2);\n}', parameters: { a: 'Integer' }, returns: 'Integer' } as const;
  const unused = { ...half, name: 'unused', source: 'function unused(a) {\n  return a;\n}' };
  const kernels = [
    {
      name: 'nest0',
      source: 'function(b0, b2, special0) {\n  let s0 = 0;\n  for (let r0 = 0; r0 < 3; r0++) { if (this.thread.x + r0 < 8) { s0 += b0[half(this.thread.x + r0)]; } else { s0 += special0; } }\n  return s0 * b2[0];\n}',
      reads: ['b0', 'b2'],
      specials: [Infinity],
      writes: 'b1',
      threads: [4, 2],
      calls: ['half'],
    },
    { name: 'nest1', source: 'function(b1) {\n  return b1[0];\n}', reads: ['b1'], specials: [], writes: 'b3', threads: [1], calls: [] },
  ] as const;
  return { program, code: '', plan: { mode, functions: [half, unused], kernels } };
}

test.each(modes)('what gpu.js makes for %s: a function stands with the kernel that calls it', async (mode) => {
  const text = await translate(artifact(mode));
  expect(await translate(artifact(mode))).toBe(text);
  expect(text).not.toContain('unused');
  expect(text.split('half(').length).toBe(3);
  await expect(text).toMatchFileSnapshot(`__golden__/translated-${mode}.txt`);
});

test.each(modes)('what is emitted can be translated where there is no such device: %s', async (mode) => {
  const backend = gpu({ mode });
  const emitted = backend.emit(programFor({ inputs: { x }, outputs: { y: exp(div(x, 3)) } }, backend), assumedTarget(mode));
  expect(await translate(emitted)).toMatch(new RegExp(`^// \\d+ kernels? of gpu\\.js in mode ${mode}, launched in this order: .*\\n\\n// \\w+: 8 threads make b\\d+ of b0\\n`));
});

test('the device that is assumed is of the mode that was asked for', () => {
  for (const mode of modes) expect(assumedTarget(mode)).toMatchObject({ mode, device: '' });
});

describe('what cannot be translated', () => {
  test('an artifact of another backend', async () => {
    await expect(translate({ program, code: '' })).rejects.toThrow('translate: the artifact was not emitted for gpu.js\n  give what the emit of gpu() returns');
  });

  test.each([{}, { default: {} }, undefined, { FunctionBuilder: {} }])('where gpu.js is another: %j', async (module) => {
    await expect(translate(artifact('webgl2'), () => Promise.resolve(module))).rejects.toThrow('gpu: the module gpu.js has not what translates kernels\n  version 2.24.1 or later of 2 has: npm install gpu.js@^2.24.1');
  });

  test('where gpu.js cannot be loaded', async () => {
    await expect(translate(artifact('webgl2'), () => Promise.reject(new Error('none')))).rejects.toThrow('none');
  });

  test('a bundler may have put all of it into the default export', async () => {
    const module: unknown = await import('gpu.js');
    expect(await translate(artifact('webgl2'), () => Promise.resolve({ default: module }))).toBe(await translate(artifact('webgl2')));
  });
});
