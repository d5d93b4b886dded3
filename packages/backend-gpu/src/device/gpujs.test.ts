import { CompileError } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { gpuOn } from '../index.ts';
import { numbersOf, rawGpu } from '../../testing/raw-gpujs.ts';
import { createDevices, openerOf } from './devices.ts';
import { installedGpujs, loadGpujs, modeOf, type Importer } from './gpujs.ts';
import { makeKernel, probe } from './kernels.ts';

const missing: Importer = () => Promise.reject(Object.assign(new Error("Cannot find package 'gpu.js' imported from /app/index.js"), { code: 'ERR_MODULE_NOT_FOUND' }));

describe('gpu.js that is absent', () => {
  test('is asked for with the line that installs it', async () => {
    const asking = gpuOn(createDevices(openerOf(missing)), { mode: 'cpu' }).detect();
    await expect(asking).rejects.toThrow(CompileError);
    await expect(asking).rejects.toThrowErrorMatchingInlineSnapshot(`
      [CompileError: gpu: gpu.js cannot be loaded (Cannot find package 'gpu.js' imported from /app/index.js)
        it is not installed with this package; install it beside it: npm install gpu.js
        84 MB of it are the package webgpu, which it never loads: "overrides": { "webgpu": "file:./empty" } in package.json, with an empty package in that folder, leaves them out]
    `);
  });

  test('is not missed before a program is compiled', () => {
    let imports = 0;
    gpuOn(createDevices(openerOf(() => (imports++, missing()))));
    expect(imports).toBe(0);
  });
});

describe('gpu.js', () => {
  test('is found in the default export, where bundlers put it', async () => {
    const module: unknown = await installedGpujs();
    expect(await loadGpujs(() => Promise.resolve({ default: module }))).toBe(module);
  });

  test('of another kind is refused', async () => {
    await expect(loadGpujs(() => Promise.resolve({ GPU: () => undefined }))).rejects.toThrow('version 2.24.1 or later of 2 has');
  });

  test('is asked what a kernel really is, not what it was to be', async () => {
    const gpujs = await loadGpujs(installedGpujs);
    const kernel = (mode: 'cpu' | 'webasm') =>
      new gpujs.GPU({ mode }).createKernel('function() { return 1; }', {
        output: [1],
        argumentTypes: [],
        functions: [],
        precision: 'single',
        tactic: 'precision',
        pipeline: true,
        immutable: true,
        dynamicOutput: false,
        fixIntegerDivisionAccuracy: false,
        loopMaxIterations: 1,
      }).kernel;
    expect([modeOf(gpujs, kernel('cpu')), modeOf(gpujs, kernel('webasm'))]).toEqual(['cpu', 'webasm']);
  });
});

describe('what gpu.js does where there is no GPU', () => {
  /** An element far behind the end of four, as somebody would read it who does not ask first. */
  async function behind(mode: 'cpu' | 'webasm'): Promise<readonly number[]> {
    const raw = await rawGpu(mode);
    const kernel = raw.createKernel('function(a) { return a[this.thread.x + 100000000]; }', { output: [2], precision: 'single', tactic: 'precision' });
    return numbersOf(kernel(Float32Array.of(1, 2, 3, 4)));
  }

  test('an element beyond the end is NaN on cpu', async () => {
    expect(await behind('cpu')).toEqual([Number.NaN, Number.NaN]);
  });

  test('an element far beyond the end traps on webasm', async () => {
    await expect(behind('webasm')).rejects.toThrow('memory access out of bounds');
  });

  test('a kernel of mode cpu that is destroyed is kept', async () => {
    const gpujs = await loadGpujs(installedGpujs);
    const instance = new gpujs.GPU({ mode: 'cpu' });
    const { kernel } = await makeKernel({ gpujs, instance, mode: 'cpu', buffers: 'Array' }, probe, [], []);
    kernel.destroy();
    expect(instance.kernels).toContain(kernel);
  });
});
