import { CompileError } from '@xcorr/graph';
import type { ModeName } from '../modes.ts';
import { DeviceError } from './device-error.ts';
import { lengthOf, type Device, type Held, type Layout } from './device.ts';
import { gl as names, glErrors, hasFences, isGlContext, type GlContext } from './gl-context.ts';
import { isOffered, type Gpujs, type KernelInside } from './gpujs.ts';
import { checkProbe, isSoftwareName, makeKernel, probe, type Making } from './kernels.ts';
import { pause } from './pause.ts';

/** The modes whose buffers are textures. */
export type GlMode = Extract<ModeName, 'webgl2' | 'webgl' | 'headlessgl'>;

interface TextureSettings {
  readonly texture: unknown;
  /** Width and height in texels. */
  readonly size: Int32Array;
  readonly dimensions: readonly number[];
  readonly output: readonly number[];
  readonly context: GlContext;
  readonly kernel: KernelInside;
  readonly internalFormat: number;
  readonly textureFormat: number;
}

/** A texture as kernels of gpu.js give and take it. It counts, at the raw texture, who holds that. */
interface Texture extends TextureSettings {
  readonly constructor: new (settings: TextureSettings) => Texture;
  readonly delete: () => void;
}

function isTexture(value: unknown): value is Texture {
  return typeof value === 'object' && value !== null && 'texture' in value && 'size' in value && 'textureFormat' in value;
}

/** gpu.js puts each texture that it makes onto unit 15 while a kernel's arguments are bound: no argument may be there. */
const usedByGpujs = 15;

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
  const making: Making = { gpujs, instance, mode, buffers: 'ArrayTexture(1)' };
  const counting = await makeKernel(making, probe, [], []);
  const first: unknown = await counting();
  const gl = counting.kernel.context;
  if (!isTexture(first) || !isGlContext(gl)) throw new Error('gpu.js gives no texture');
  // A texture of any layout is given as one of a single dimension: kernels refuse classes of textures in turn.
  const { constructor: FlatTexture, internalFormat, textureFormat } = first;
  const corners = counting.kernel.buffer;
  const framebuffer = gl.createFramebuffer();
  const held = new Set<Texture>();
  const kernels = new Set<KernelInside>([counting.kernel]);
  const channels = textureFormat === names.red ? 1 : 4;
  let readChannels: 1 | 4 | undefined;

  const sizeOf = (layout: Layout): Int32Array => gpujs.utils.getKernelTextureSize({ optimizeFloatMemory: false, precision: 'single' }, layout);
  const flat = (texture: unknown, size: Int32Array, length: number): Texture =>
    new FlatTexture({ texture, size, dimensions: [length, 1, 1], output: [length], context: gl, kernel: counting.kernel, internalFormat, textureFormat });

  const check = (doing: string): void => {
    if (gl.isContextLost()) throw new DeviceError(`gpu:${mode}: the context was lost while ${doing}`);
    const error = gl.getError();
    if (error !== names.noError) throw new DeviceError(`gpu:${mode}: the driver reports ${glErrors[error] ?? `error ${error}`} while ${doing}; what was computed is not to be trusted`);
  };

  /** One channel a texel where the driver reads so, four otherwise: those it must always give. */
  const channelsRead = (): 1 | 4 => {
    if (channels === 4) return 4;
    const isTight = gl.getParameter(names.implementationReadFormat) === names.red && gl.getParameter(names.implementationReadType) === names.float;
    return isTight ? 1 : 4;
  };

  const read = ({ texture, size: [width = 0, height = 0] }: Texture, length: number): Float32Array => {
    if (gl.isContextLost()) throw new DeviceError(`gpu:${mode}: the context was lost`);
    gl.bindFramebuffer(names.framebuffer, framebuffer);
    gl.framebufferTexture2D(names.framebuffer, names.colorAttachment0, names.texture2D, texture, 0);
    readChannels ??= channelsRead();
    const pixels = new Float32Array(width * height * readChannels);
    gl.readPixels(0, 0, width, height, readChannels === 1 ? names.red : names.rgba, names.float, pixels);
    // A deleted texture stays while a framebuffer has it.
    gl.framebufferTexture2D(names.framebuffer, names.colorAttachment0, names.texture2D, null, 0);
    gl.bindFramebuffer(names.framebuffer, null);
    // Of a lost context zeros are read, without an error.
    check('reading results');
    if (readChannels === 1) return pixels.subarray(0, length);
    const values = new Float32Array(length);
    for (let element = 0; element < length; element++) values[element] = pixels[4 * element] ?? Number.NaN;
    return values;
  };

  const hold = (texture: Texture, length: number): Held => {
    held.add(texture);
    return {
      argument: texture,
      read: () => read(texture, length),
      free: () => {
        if (held.delete(texture)) texture.delete();
      },
    };
  };

  const upload = (values: Float32Array, layout: Layout): Held => {
    const size = sizeOf(layout);
    const [width = 1, height = 1] = size;
    let pixels = values;
    if (values.length !== width * height * channels) {
      pixels = new Float32Array(width * height * channels);
      if (channels === 1) pixels.set(values);
      else for (let element = 0; element < values.length; element++) pixels[4 * element] = values[element] ?? Number.NaN;
    }
    const texture = gl.createTexture();
    if (texture === null) throw new DeviceError(`gpu:${mode}: the context was lost while values were uploaded`);
    gl.activeTexture(names.texture0 + usedByGpujs);
    gl.bindTexture(names.texture2D, texture);
    for (const axis of [names.wrapS, names.wrapT]) gl.texParameteri(names.texture2D, axis, names.clampToEdge);
    for (const filter of [names.minifyingFilter, names.magnifyingFilter]) gl.texParameteri(names.texture2D, filter, names.nearest);
    gl.pixelStorei(names.unpackFlipY, false);
    gl.texImage2D(names.texture2D, 0, internalFormat, width, height, 0, textureFormat, names.float, pixels);
    gl.bindTexture(names.texture2D, null);
    return hold(flat(texture, size, values.length), values.length);
  };

  checkProbe(read(first, 4));
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
    upload,
    compile: async (plan, functions, layouts) => {
      if (plan.reads.length > reads) throw new CompileError(`gpu:${mode}: the kernel of the nest ${plan.name} reads ${plan.reads.length} buffers\n  textures of a kernel here are at most ${reads}`);
      const placeholder: unknown = gl.createTexture();
      const placeholders = layouts.map((layout) => flat(placeholder, sizeOf(layout), lengthOf(layout)));
      const prepare = (inside: KernelInside): void => {
        // All kernels of a context draw over the corners that were set last: shared ones outlive each of them.
        inside.buffer = corners;
      };
      const kernel = await makeKernel({ ...making, prepare }, plan, functions, placeholders).finally(() => gl.deleteTexture(placeholder));
      const { kernel: inside } = kernel;
      if (gl.getProgramParameter(inside.program, names.linkStatus) !== true) {
        const reason = gl.getProgramInfoLog(inside.program) ?? '';
        throw new CompileError(`gpu:${mode}: the kernel of the nest ${plan.name} does not link: ${reason.trim()}`);
      }
      check('compiling kernels');
      kernels.add(inside);
      const length = lengthOf(plan.threads);
      return {
        run: async (buffers) => {
          const result: unknown = await kernel(...buffers.map(({ argument }) => argument), ...plan.specials);
          if (!isTexture(result)) throw new DeviceError(`gpu:${mode}: the kernel of the nest ${plan.name} gave no texture`);
          const texture = flat(result.texture, result.size, length);
          result.delete();
          return hold(texture, length);
        },
        destroy: () => {
          kernels.delete(inside);
          for (const { prevArg } of inside.kernelArguments ?? []) prevArg?.delete();
          inside.buffer = null;
          inside.destroy();
        },
      };
    },
    mark: () => markOf(gl),
    isLost: () => gl.isContextLost(),
    live: () => {
      const kept = [...kernels].flatMap(({ texture, kernelArguments }) => [texture, ...(kernelArguments ?? []).map(({ prevArg }) => prevArg)]);
      return new Set([...held, ...kept].flatMap((each) => (each === null || each === undefined ? [] : [each.texture]))).size;
    },
    close: () => instance.destroy(),
  };
}
