import type { ModeName } from '../modes.ts';
import { DeviceError } from './device-error.ts';
import type { Held, Layout } from './device.ts';
import { gl as names, type GlContext } from './gl-context.ts';
import type { Gpujs, KernelInside } from './gpujs.ts';

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
export interface Texture extends TextureSettings {
  readonly constructor: new (settings: TextureSettings) => Texture;
  readonly delete: () => void;
}

export function isTexture(value: unknown): value is Texture {
  return typeof value === 'object' && value !== null && 'texture' in value && 'size' in value && 'textureFormat' in value;
}

/** gpu.js puts each texture that it makes onto unit 15 while a kernel's arguments are bound: no argument may be there. */
export const usedByGpujs = 15;

/** The memory of a context of WebGL. */
export interface Textures {
  /** A texture of any layout as one of a single dimension: kernels take textures of one class alone. */
  readonly flat: (texture: unknown, size: Int32Array, length: number) => Texture;
  /** Width and height of the texture that kernels of gpu.js make for a layout. */
  readonly sizeOf: (layout: Layout) => Int32Array;
  readonly hold: (texture: Texture, length: number) => Held;
  readonly upload: (values: Float32Array, layout: Layout) => Held;
  readonly read: (texture: Texture, length: number) => Float32Array;
  /** The textures that are held. */
  readonly held: ReadonlySet<Texture>;
}

/**
 * @param first a texture of one dimension, which a kernel made
 * @param owner a kernel that is there as long as the context
 */
export function createTextures({ utils }: Gpujs, mode: ModeName, gl: GlContext, { constructor: FlatTexture, internalFormat, textureFormat }: Texture, owner: KernelInside): Textures {
  const framebuffer = gl.createFramebuffer();
  const held = new Set<Texture>();
  const channels = textureFormat === names.red ? 1 : 4;
  let readChannels: 1 | 4 | undefined;

  const sizeOf = (layout: Layout): Int32Array => utils.getKernelTextureSize({ optimizeFloatMemory: false, precision: 'single' }, layout);
  const flat = (texture: unknown, size: Int32Array, length: number): Texture =>
    new FlatTexture({ texture, size, dimensions: [length, 1, 1], output: [length], context: gl, kernel: owner, internalFormat, textureFormat });

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
    if (gl.isContextLost()) throw new DeviceError(`gpu:${mode}: the context was lost while results were read`);
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

  return { flat, sizeOf, hold, upload, read, held };
}
