import { CompileError } from '@xcorr/graph';
import { isGraphics, type ModeName } from '../modes.ts';
import { openArrays } from './arrays.ts';
import type { Device } from './device.ts';
import { openGl } from './gl.ts';
import { isOffered, type Gpujs } from './gpujs.ts';
import { openWebgpu } from './webgpu.ts';

/** How each mode is opened. */
export type Openers = Readonly<Record<ModeName, (gpujs: Gpujs) => Promise<Device>>>;

const openers: Openers = {
  webgl2: (gpujs) => openGl(gpujs, 'webgl2'),
  webgl: (gpujs) => openGl(gpujs, 'webgl'),
  headlessgl: (gpujs) => openGl(gpujs, 'headlessgl'),
  webgpu: openWebgpu,
  webasm: (gpujs) => openArrays(gpujs, 'webasm'),
  cpu: (gpujs) => openArrays(gpujs, 'cpu'),
};

export const modeNames: readonly ModeName[] = ['webgpu', 'webgl2', 'webgl', 'headlessgl', 'webasm', 'cpu'];

/**
 * What `auto` tries, in order. WebGPU comes first: it says what it refuses and when it is lost, where WebGL gives zeros,
 * its buffers have no sides that a texture could exceed, and reading does not stop the page. headless-gl does not tell
 * what it draws with.
 */
const automatic = ['webgpu', 'webgl2', 'webgl'] as const satisfies readonly ModeName[];

/** What a mode needs, for those who miss it. */
const needs: Readonly<Record<ModeName, string>> = {
  webgl2: 'a browser with WebGL 2 that draws into textures of floats',
  webgl: 'a browser with WebGL and its extensions for textures of floats',
  headlessgl: 'Node, the package gl, which is built where it is installed, and an X display: xvfb-run -a node ...',
  webgpu: 'a browser with WebGPU and an adapter of it',
  webasm: "WebAssembly, and where there is a content security policy 'wasm-unsafe-eval' in it",
  cpu: "code that is made at run time, and where there is a content security policy 'unsafe-eval' in it",
};

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** The modes that are to be had, in words, behind an example of how one is named. */
async function advice(gpujs: Gpujs): Promise<string> {
  const found = await Promise.all(modeNames.map(async (mode) => ({ mode, isThere: mode === 'webgpu' ? await gpujs.GPU.isWebGPUAvailable() : isOffered(gpujs, mode) })));
  const there = found.flatMap(({ mode, isThere }) => (isThere ? [mode] : []));
  const names = there.map((mode) => (isGraphics[mode] ? mode : `${mode} (on the processor)`));
  return `a mode is named so: gpu({ mode: '${there[0] ?? 'cpu'}' }); here are ${names.join(', ') || 'none'}`;
}

/**
 * Opens a mode that was named.
 *
 * @throws CompileError that says what it needs, and which modes are to be had.
 */
export async function openMode(gpujs: Gpujs, mode: ModeName): Promise<Device> {
  try {
    return await openers[mode](gpujs);
  } catch (error) {
    throw new CompileError(`gpu: the mode ${mode} is not to be had here: ${firstLine(error)}\n  it needs ${needs[mode]}\n  ${await advice(gpujs)}`, { cause: error });
  }
}

/**
 * Opens the best graphics device that is not a rasteriser in software.
 *
 * @throws CompileError that says what was found instead.
 */
export async function openAutomatic(gpujs: Gpujs, open: Openers = openers): Promise<Device> {
  const found: string[] = [];
  for (const mode of automatic) {
    try {
      const device = await open[mode](gpujs);
      if (!device.isSoftware) return device;
      found.push(`  ${mode}: ${device.name} draws in software`);
      await device.close();
    } catch (error) {
      found.push(`  ${mode}: ${firstLine(error)}`);
    }
  }
  throw new CompileError(['gpu: no GPU was found; nothing else is taken unless it is named', ...found, `  ${await advice(gpujs)}`].join('\n'));
}
