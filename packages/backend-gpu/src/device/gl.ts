import { CompileError } from '@xcorr/graph';
import type { ModeName } from '../modes.ts';
import { lengthOf, type Device } from './device.ts';
import { gl as names, hasFences, isGlContext, type GlContext } from './gl-context.ts';
import { createGlWatching } from './gl-errors.ts';
import { createTextures, isTexture, usedByGpujs } from './gl-textures.ts';
import { withFetches, withoutUnused } from './glsl.ts';
import { isOffered, type Gpujs, type KernelInside, type RawGpu } from './gpujs.ts';
import { checkProbe, isSoftwareName, makeKernel, probe, type Making } from './kernels.ts';
import { pause } from './pause.ts';

/** The modes whose buffers are textures. */
export type GlMode = Extract<ModeName, 'webgl2' | 'webgl' | 'headlessgl'>;

function rendererOf(gl: GlContext): string {
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info') === null ? undefined : gl.getParameter(names.unmaskedRenderer);
  const name = unmasked ?? gl.getParameter(names.renderer);
  return typeof name === 'string' ? name : '';
}

/** Fences are asked, not waited for: the page goes on. WebGL 1 has none. */
function markOf(gl: GlContext): () => Promise<void> {
  if (!hasFences(gl)) return () => Promise.resolve(gl.finish());
  const fence = gl.fenceSync(names.commandsComplete, 0);
  gl.flush();
  return async () => {
    while (!gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === names.timeoutExpired) await pause();
    gl.deleteSync(fence);
  };
}

/** What a kernel keeps of its own output that it read. */
function forgetArguments({ kernelArguments }: KernelInside): void {
  for (const argument of kernelArguments ?? []) {
    argument.prevArg?.delete();
    argument.prevArg = null;
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * A device whose buffers are textures of a WebGL context, one float a texel in version 2 and four in version 1, of which
 * three are unused.
 *
 * @throws Error when there is no such context here, or it does not compute.
 */
export async function openGl(gpujs: Gpujs, mode: GlMode): Promise<Device> {
  if (!isOffered(gpujs, mode)) throw new Error('gpu.js finds no such context');
  const instance = new gpujs.GPU({ mode });
  return openInstance(gpujs, mode, instance).catch(async (error: unknown) => {
    // Contexts are few, and one that does not compute is given back.
    await instance.destroy().catch(() => undefined);
    throw error;
  });
}

async function openInstance(gpujs: Gpujs, mode: GlMode, instance: RawGpu): Promise<Device> {
  const making: Making = { gpujs, instance, mode, buffers: 'ArrayTexture(1)' };
  const counting = await makeKernel(making, probe, [], []);
  const first: unknown = await counting();
  const gl = counting.kernel.context;
  if (!isTexture(first) || !isGlContext(gl)) throw new Error('gpu.js gives no texture');
  const watch = createGlWatching(gl, mode);
  const opening = watch();
  const { flat, sizeOf, hold, upload, read, held } = createTextures(gpujs, mode, gl, first, counting.kernel);
  const corners = counting.kernel.buffer;
  const kernels = new Set<KernelInside>([counting.kernel]);
  /** Whether a kernel was launched for the first time since that was waited for. */
  let isCold = false;
  let warming = Promise.resolve();
  checkProbe(opening.during(() => read(first, 4)));
  await opening.check();
  first.delete();

  const textureSide = numberOf(gl.getParameter(names.maxTextureSize));
  const units = numberOf(gl.getParameter(names.maxTextureImageUnits));
  const name = rendererOf(gl);
  const reads = Math.min(units, usedByGpujs);
  return {
    mode,
    name,
    isSoftware: isSoftwareName(name),
    limits: { textureSide, elements: Math.min(textureSide ** 2, 2 ** 31 - 1), reads, iterations: mode === 'headlessgl' ? 65_535 : Infinity },
    watch,
    upload,
    compile: async (plan, functions, layouts) => {
      if (plan.reads.length > reads) throw new CompileError(`gpu:${mode}: the kernel of the nest ${plan.name} reads ${plan.reads.length} buffers\n  textures of a kernel here are at most ${reads}`);
      const placeholder: unknown = gl.createTexture();
      const placeholders = layouts.map((layout) => flat(placeholder, sizeOf(layout), lengthOf(layout)));
      const prepare = (inside: KernelInside): void => {
        // All kernels of a context draw over the corners that were set last: shared ones outlive each of them.
        inside.buffer = corners;
        const { getFragmentShader } = inside;
        if (getFragmentShader !== undefined) inside.getFragmentShader = (values) => withoutUnused(withFetches(getFragmentShader.call(inside, values)));
      };
      const kernel = await makeKernel({ ...making, prepare }, plan, functions, placeholders).finally(() => gl.deleteTexture(placeholder));
      const { kernel: inside } = kernel;
      if (gl.getProgramParameter(inside.program, names.linkStatus) !== true) {
        const reason = gl.getProgramInfoLog(inside.program) ?? '';
        throw new CompileError(`gpu:${mode}: the kernel of the nest ${plan.name} does not link: ${reason.trim()}`);
      }
      kernels.add(inside);
      const length = lengthOf(plan.threads);
      let hasRun = false;
      return {
        run: async (buffers, specials) => {
          isCold ||= !hasRun;
          hasRun = true;
          const result: unknown = await kernel(...buffers.map(({ argument }) => argument), ...specials);
          if (!isTexture(result)) throw new Error('gpu.js gave no texture');
          const texture = flat(result.texture, result.size, length);
          result.delete();
          return hold(texture, length);
        },
        giveBack: () => forgetArguments(inside),
        destroy: () => {
          kernels.delete(inside);
          forgetArguments(inside);
          inside.buffer = null;
          inside.destroy();
        },
      };
    },
    mark: () => markOf(gl),
    warmed: () => {
      if (isCold && hasFences(gl)) warming = markOf(gl)();
      isCold = false;
      return warming;
    },
    isLost: () => gl.isContextLost(),
    live: () => {
      const kept = [...kernels].flatMap(({ texture, kernelArguments }) => [texture, ...(kernelArguments ?? []).map(({ prevArg }) => prevArg)]);
      return new Set([...held, ...kept].flatMap((each) => (each === null || each === undefined ? [] : [each.texture]))).size;
    },
    close: () => instance.destroy(),
  };
}
