import { describe, expect, test } from 'vitest';
import type { ModeName } from '../modes.ts';
import type { Device } from './device.ts';
import { createDevices, openerOf } from './devices.ts';
import { installedGpujs, loadGpujs, type Gpujs, type RawGpu } from './gpujs.ts';
import { isSoftwareName, makeKernel, probe } from './kernels.ts';
import { openAutomatic, openMode, type Openers } from './open.ts';

const devices = createDevices(openerOf(installedGpujs));

describe('modes in Node', () => {
  // A machine with headless-gl and a display has that mode, too.
  const there = String.raw`a mode is named so: gpu\(\{ mode: '(headlessgl|webasm)' \}\); here are (headlessgl, )?webasm \(on the processor\), cpu \(on the processor\)$`;

  test('auto takes nothing that is no GPU', async () => {
    const lines = ['gpu: no GPU was found; nothing else is taken unless it is named', '  webgpu: .*navigator.gpu is missing.*', '  webgl2: gpu.js finds no such context', '  webgl: gpu.js finds no such context', `  ${there}`];
    await expect(devices.look('auto')).rejects.toThrow(new RegExp(`^${lines.join('\n')}`));
  });

  test('a mode of browsers says what it needs', async () => {
    const lines = ['gpu: the mode webgl2 is not to be had here: gpu.js finds no such context', '  it needs a browser with WebGL 2 that draws into textures of floats', `  ${there}`];
    await expect(devices.look('webgl2')).rejects.toThrow(new RegExp(`^${lines.join('\n')}`));
  });

  test.each(['webasm', 'cpu'] as const)('%s is to be had, and no GPU', async (mode) => {
    const device = await devices.look(mode);
    expect([device.mode, device.name, device.isSoftware, device.isLost()]).toEqual([mode, '', true, false]);
  });

  test.each(['webasm', 'cpu'] as const)('what was uploaded to %s is a copy', async (mode) => {
    const values = Float32Array.of(1, 2);
    const held = (await devices.look(mode)).upload(values, [2]);
    values.fill(9);
    expect([...(await held.read())]).toEqual([1, 2]);
    held.free();
  });
});

describe('auto', () => {
  /** The modes in the order in which they were tried, and those that were closed again. */
  async function tried(found: Partial<Record<ModeName, { readonly isSoftware: boolean }>>) {
    const gpujs = await loadGpujs(installedGpujs);
    const [opened, closed]: [ModeName[], ModeName[]] = [[], []];
    const opener = (mode: ModeName) => async (): Promise<Device> => {
      opened.push(mode);
      const { isSoftware } = found[mode] ?? {};
      if (isSoftware === undefined) throw new Error('there is none');
      const device = await devices.look('cpu');
      return { ...device, mode, isSoftware, name: `a device of ${mode}`, close: () => Promise.resolve(void closed.push(mode)) };
    };
    const openers: Openers = { webgl2: opener('webgl2'), webgl: opener('webgl'), headlessgl: opener('headlessgl'), webgpu: opener('webgpu'), webasm: opener('webasm'), cpu: opener('cpu') };
    const taken = await openAutomatic(gpujs, openers).then(
      ({ mode }) => mode,
      () => undefined,
    );
    return { taken, opened, closed };
  }

  const [real, software] = [{ isSoftware: false }, { isSoftware: true }];

  test('takes WebGPU where it is that of a device', async () => {
    expect(await tried({ webgpu: real, webgl2: real })).toEqual({ taken: 'webgpu', opened: ['webgpu'], closed: [] });
  });

  test('goes on where there is a rasteriser or nothing, and closes what it does not take', async () => {
    expect(await tried({ webgpu: software, webgl2: real })).toEqual({ taken: 'webgl2', opened: ['webgpu', 'webgl2'], closed: ['webgpu'] });
    expect(await tried({ webgl: real })).toEqual({ taken: 'webgl', opened: ['webgpu', 'webgl2', 'webgl'], closed: [] });
  });

  test('never takes what runs on the processor, nor a rasteriser', async () => {
    expect(await tried({ webgpu: software, webgl2: software, webgl: software, headlessgl: real, webasm: real, cpu: real })).toEqual({ taken: undefined, opened: ['webgpu', 'webgl2', 'webgl'], closed: ['webgpu', 'webgl2', 'webgl'] });
  });
});

describe('what gpu.js does by itself is found out', () => {
  test('a kernel of another mode than was asked for is refused', async () => {
    const gpujs = await loadGpujs(installedGpujs);
    const instance = new gpujs.GPU({ mode: 'webasm' });
    await expect(makeKernel({ gpujs, instance, mode: 'webgl2', buffers: 'Array' }, probe, [], [])).rejects.toThrow('gpu.js made it for webasm instead: it gives no reason');
  });

  test('a device that gives zeros is refused', async () => {
    const gpujs = await loadGpujs(installedGpujs);
    const { kernel } = await makeKernel({ gpujs, instance: new gpujs.GPU({ mode: 'cpu' }), mode: 'cpu', buffers: 'Array' }, probe, [], []);
    const instance: RawGpu = { createKernel: () => Object.assign(() => new Float32Array(4), { kernel }), destroy: () => Promise.resolve(), kernels: [] };
    const GPU: Gpujs['GPU'] = Object.assign(
      class {
        readonly createKernel = instance.createKernel;
        readonly destroy = instance.destroy;
        readonly kernels = instance.kernels;
      },
      { isWebGPUAvailable: () => Promise.resolve(false) },
    );
    await expect(openMode({ ...gpujs, GPU }, 'cpu')).rejects.toThrow('a kernel that counts gave 0, 0, 0, 0: it computes nothing that can be read');
  });
});

describe('what is given back is let go of', () => {
  test.each(['cpu', 'webasm'] as const)('kernels, by gpu.js on %s', async (mode) => {
    const gpujs = await loadGpujs(installedGpujs);
    const instances: RawGpu[] = [];
    const GPU = class extends gpujs.GPU {
      constructor(settings: { readonly mode: ModeName }) {
        super(settings);
        instances.push(this);
      }
    };
    const device = await openMode({ ...gpujs, GPU }, mode);
    const counts = new Set<number>();
    for (let round = 0; round < 5; round++) {
      const launch = await device.compile({ ...probe, source: `function() { return this.thread.x + ${round}; }` }, [], []);
      await launch.run([], []);
      launch.destroy();
      counts.add(instances[0]?.kernels.length ?? -1);
    }
    // The probe stays as long as the device.
    expect([...counts]).toEqual([1]);
    await device.close();
  });
});

describe('rasterisers in software', () => {
  test.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'google swiftshader',
    'llvmpipe (LLVM 15.0.7, 256 bits)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
    'Apple Software Renderer',
  ])('%s', (name) => expect(isSoftwareName(name)).toBe(true));

  test.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)', 'Apple GPU', 'Mali-G78', 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', 'nvidia ampere', ''])('but not %s', (name) => expect(isSoftwareName(name)).toBe(false));
});
