import { compile } from '@xcorr/compiler';
import { add, div, grad, input, mul, slice, square, state, sub, sum } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { behaves } from '../../testing/behaviour.ts';
import { isHandle, numbersOf, rawGpu } from '../../testing/raw-gpujs.ts';
import { noteCalls, watchTextures } from '../../testing/watch.ts';
import { createDevices, openerOf } from '../device/devices.ts';
import { installedGpujs } from '../device/gpujs.ts';
import { gpu, gpuOn } from '../index.ts';

behaves('gpu:webgl2', gpu({ mode: 'webgl2' }));
behaves('gpu:webgl', gpu({ mode: 'webgl' }));
behaves('gpu:webgpu', gpu({ mode: 'webgpu' }));

test('auto takes no rasteriser in software, and says what it found', async () => {
  await expect(gpu().detect()).rejects.toThrow(/^gpu: no GPU was found; nothing else is taken unless it is named\n {2}webgpu: .*swiftshader draws in software\n {2}webgl2: .*SwiftShader.*\n {2}webgl: .*\n {2}a mode is named so: gpu\(\{ mode: 'webgpu' \}\); here are webgpu, webgl2, webgl, webasm \(on the processor\), cpu \(on the processor\)$/);
});

test('a mode that only Node has is refused', async () => {
  await expect(gpu({ mode: 'headlessgl' }).detect()).rejects.toThrow('it needs Node, the package gl');
});

test('the textures that are counted are those that there are', async () => {
  const watch = watchTextures();
  try {
    const devices = createDevices(openerOf(installedGpujs));
    const device = await devices.look('webgl2');
    const counts = (): readonly number[] => [device.live(), watch.live()];
    const [x, w] = [input('x', [300]), state('w', [0.5])];
    const loss = sum(square(sub(mul(w, x), 1)));
    const [dw] = grad(loss, [w]);
    const program = await compile({ inputs: { x }, state: { w }, outputs: { loss }, updates: [[w, sub(w, mul(0.001, dw))]] }, gpuOn(devices, { mode: 'webgl2' }));
    const feeds = { x: new Float32Array(300).fill(0.5) };
    const seen = new Set<number>();
    for (const times of [3, 1, 20, 2, 1]) {
      await program.run(feeds, { times, record: ['loss'] });
      const [counted = 0, there = 0] = counts();
      expect(counted).toBe(there);
      seen.add(there);
    }
    // From the third time on kernels have all textures that they keep.
    expect(seen.size).toBe(1);
    await program.dispose();
    expect(counts()).toEqual([1, 1]);
  } finally {
    watch.stop();
  }
});

describe.each([
  ['webgl2', (): readonly [object, string] => [WebGL2RenderingContext.prototype, 'linkProgram']],
  ['webgl', (): readonly [object, string] => [WebGLRenderingContext.prototype, 'linkProgram']],
  ['webgpu', (): readonly [object, string] => [GPUDevice.prototype, 'createComputePipeline']],
] as const)('programs that are compiled again on %s', (mode, compiling) => {
  test('have the kernels of those that were disposed of: of a state, and of numbers that are arguments', async () => {
    const devices = createDevices(openerOf(installedGpujs));
    const lent = await devices.lend(mode);
    const backend = gpuOn(devices, { mode });
    const [prototype, method] = compiling();
    const { calls, stop } = noteCalls(prototype, [method]);
    try {
      const [x, w] = [input('x', [300]), state('w', [0.5])];
      const of = async (divisor: number) => compile({ inputs: { x }, state: { w }, outputs: { y: div(add(mul(x, w), 1), divisor), total: sum(x) }, updates: [[w, add(w, 1)]] }, backend);
      const feeds = { x: new Float32Array(300).fill(2) };
      const resting: number[] = [];
      let compiled = 0;
      for (const divisor of [3, 5, 7, 9]) {
        const program = await of(divisor);
        for (const factor of [0.5, 1.5, 2.5]) {
          const { y, total } = await program.run(feeds);
          expect(y.data[299]).toBeCloseTo((2 * factor + 1) / divisor, 5);
          expect(total.item()).toBe(600);
        }
        expect((await program.state.w).toNested()).toEqual([3.5]);
        await program.dispose();
        resting.push(lent.device.live());
        if (divisor === 3) compiled = calls.length;
      }
      expect(compiled).toBeGreaterThan(1);
      expect(calls.length).toBe(compiled);
      expect(new Set(resting).size).toBe(1);
    } finally {
      stop();
      lent.giveBack();
    }
  });
});

test('what is compiled of a kernel of WebGL 2 is what it needs', async () => {
  const texts: unknown[] = [];
  const { prototype } = WebGL2RenderingContext;
  const original: unknown = Reflect.get(prototype, 'shaderSource');
  if (typeof original !== 'function') throw new TypeError('there is no method shaderSource');
  Reflect.set(prototype, 'shaderSource', function (this: unknown, ...words: readonly unknown[]): unknown {
    texts.push(words[1]);
    const result: unknown = Reflect.apply(original, this, words);
    return result;
  });
  try {
    const x = input('x', [3, 5]);
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 3) } }, gpu({ mode: 'webgl2' }));
    const text = texts.find((each) => typeof each === 'string' && each.includes('user_b0'));
    expect(text).toContain('texelFetch');
    expect(text).not.toContain('bitwise');
    expect((await program.run({ x: Array.from({ length: 3 }, (_, row) => Array.from({ length: 5 }, (_, column) => 5 * row + column)) })).y.data).toEqual(Float32Array.from({ length: 15 }, (_, at) => 3 * at));
    await program.dispose();
  } finally {
    Reflect.set(prototype, 'shaderSource', original);
  }
});

test('the first launch of a kernel is waited for by asking, and no other is', async () => {
  const x = input('x', [7]);
  const program = await compile({ inputs: { x }, outputs: { y: mul(x, 3) } }, gpu({ mode: 'webgl2' }));
  const { calls, stop } = noteCalls(WebGL2RenderingContext.prototype, ['fenceSync', 'clientWaitSync', 'deleteSync', 'readPixels']);
  try {
    await program.run({ x: new Float32Array(7) });
    expect([calls[0], ...calls.slice(-2)]).toEqual(['fenceSync', 'deleteSync', 'readPixels']);
    calls.length = 0;
    await program.run({ x: new Float32Array(7) });
    expect(calls).toEqual(['readPixels']);
  } finally {
    stop();
    await program.dispose();
  }
});

test('pipelines of WebGPU are compiled in the background, all of a program at once, before gpu.js asks for them', async () => {
  const x = input('x', [300]);
  const { calls, stop } = noteCalls(GPUDevice.prototype, ['createComputePipelineAsync', 'createComputePipeline']);
  try {
    const program = await compile({ inputs: { x }, outputs: { y: mul(x, 19), z: add(x, 23) } }, gpu({ mode: 'webgpu' }));
    // The first is the probe of the device.
    expect(calls.slice(-4)).toEqual(['createComputePipelineAsync', 'createComputePipelineAsync', 'createComputePipeline', 'createComputePipeline']);
    await program.dispose();
  } finally {
    stop();
  }
});

const ofTheseTests = { precision: 'single', tactic: 'precision', pipeline: true, immutable: true } as const;

describe.each(['webgl2', 'webgl'])('what gpu.js does without a word on %s', (mode) => {
  test('where a kernel is destroyed, those that were built before it draw nothing', async () => {
    const raw = await rawGpu(mode);
    const [increment, twice] = ['a[this.thread.x] + 1', 'a[this.thread.x] * 2'].map((value) => raw.createKernel(`function(a) { return ${value}; }`, { ...ofTheseTests, output: [2] }));
    if (increment === undefined || twice === undefined) throw new TypeError('there are two kernels');
    expect([await numbersOf(increment(Float32Array.of(1, 2))), await numbersOf(twice(Float32Array.of(1, 2)))]).toEqual([[2, 3], [2, 4]]);
    if ('destroy' in twice && typeof twice.destroy === 'function') Reflect.apply(twice.destroy, twice, []);
    expect(await numbersOf(increment(Float32Array.of(1, 2)))).not.toEqual([2, 3]);
    await raw.destroy();
  });

  test('a kernel that reads 16 textures gives zeros where its last result is kept', async () => {
    const raw = await rawGpu(mode);
    const constant = raw.createKernel('function(value) { return value; }', { ...ofTheseTests, output: [1] });
    const names = Array.from({ length: 16 }, (_, at) => `a${at}`);
    const values = names.map(() => constant(1));
    const add = raw.createKernel(`function(${names.join(', ')}) { let s = 0; ${names.map((name) => `s = s + ${name}[0];`).join(' ')} return s; }`, { ...ofTheseTests, output: [1] });
    const first = add(...values);
    expect(isHandle(first)).toBe(true);
    expect([await numbersOf(add(...values)), await numbersOf(first)]).toEqual([[0], [16]]);
    await raw.destroy();
  });
});

test.each(['webgl2', 'webgl', 'webgpu'] as const)('elements beyond those that a float counts are written, read and indexed exactly on %s', { timeout: 120_000 }, async (mode) => {
  const length = 2 ** 24 + 4099;
  const x = input('x', [length]);
  const program = await compile({ inputs: { x }, outputs: { end: mul(slice(x, { start: [length - 4000] }), 1), all: add(x, 1) } }, gpu({ mode }));
  const values = Float32Array.from({ length }, (_, index) => index % 10_007);
  const { end, all } = await program.run({ x: values });
  expect(end.data.every((value, index) => value === (length - 4000 + index) % 10_007)).toBe(true);
  expect(all.data.every((value, index) => value === (values[index] ?? Number.NaN) + 1)).toBe(true);
  await program.dispose();
});
