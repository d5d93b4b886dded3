import { CompileError } from '@xcorr/graph';
import type { ModeName } from '../modes.ts';

// gpu.js as it is used here. Its own types refuse sources that are strings and say nothing of what is inside a kernel.

/** What is given to `createKernel`; the names are those of gpu.js. */
export interface KernelSettings {
  readonly output: readonly number[];
  readonly argumentTypes: readonly string[];
  readonly functions: readonly { readonly name: string; readonly source: string; readonly argumentTypes: readonly string[]; readonly returnType: string }[];
  readonly precision: 'single';
  readonly tactic: 'precision';
  readonly pipeline: true;
  readonly immutable: true;
  readonly dynamicOutput: false;
  readonly fixIntegerDivisionAccuracy: false;
  readonly loopMaxIterations: number;
}

/** What stands behind the function that `createKernel` gives. */
export interface KernelInside {
  readonly build: (...values: readonly unknown[]) => unknown;
  readonly destroy: () => void;
  readonly fallbackReason: string | null;
  /** GL: the context, once there is one. */
  readonly context: unknown;
  /** GL: gives the text that is compiled. */
  getFragmentShader?: (values: unknown) => string;
  /** GL: the linked program. */
  readonly program?: unknown;
  /** GL: the corners of what is drawn. A kernel makes its own unless it is given one before it is built. */
  buffer?: unknown;
  /** GL: the texture that it wrote last, or will write next. */
  readonly texture?: { readonly texture: unknown } | null;
  /** WebGPU: compiles the text below for a layout of a buffer of numbers, those that are read and one that is written. */
  _buildAsync?: () => Promise<unknown>;
  readonly compiledSource?: string;
  /** WebGPU: the buffer that it wrote last. */
  readonly outputBuffer?: unknown;
  /** GL: an argument that was the kernel's own output is kept here for the run after. */
  readonly kernelArguments: readonly { prevArg?: { readonly texture: unknown; readonly delete: () => void } | null }[] | null;
}

export interface RawKernel {
  (...values: readonly unknown[]): unknown;
  readonly kernel: KernelInside;
}

export interface RawGpu {
  readonly createKernel: (source: string, settings: KernelSettings) => RawKernel;
  readonly destroy: () => Promise<void>;
  /** The kernels that it knows, until they are destroyed. */
  readonly kernels: KernelInside[];
}

/** What all kernels of a mode are instances of. */
export interface KernelClass {
  new (...values: never): unknown;
  readonly isSupported: boolean;
}

/** The adapter and the device that all kernels of WebGPU share. */
export interface GpuContext {
  readonly adapter: { readonly info?: { readonly [Name in 'vendor' | 'architecture' | 'device' | 'description']?: string } & { readonly isFallbackAdapter?: boolean } };
  readonly device: GpuDevice;
  readonly isLost: boolean;
}

/** The kinds of errors that a scope of WebGPU takes. */
export type ErrorFilter = 'validation' | 'out-of-memory' | 'internal';

export interface GpuDevice {
  readonly lost: Promise<unknown>;
  readonly limits: { readonly [Name in 'maxStorageBuffersPerShaderStage' | 'maxStorageBufferBindingSize' | 'maxBufferSize' | 'maxComputeWorkgroupsPerDimension']: number };
  readonly queue: { readonly writeBuffer: (buffer: unknown, offset: number, data: Float32Array) => void; readonly onSubmittedWorkDone: () => Promise<undefined> };
  readonly createBuffer: (description: { readonly size: number; readonly usage: number }) => unknown;
  readonly createShaderModule: (description: { readonly code: string }) => unknown;
  readonly createBindGroupLayout: (description: { readonly entries: readonly { readonly binding: number; readonly visibility: number; readonly buffer: { readonly type: 'uniform' | 'read-only-storage' | 'storage' } }[] }) => unknown;
  readonly createPipelineLayout: (description: { readonly bindGroupLayouts: readonly unknown[] }) => unknown;
  readonly createComputePipelineAsync: (description: { readonly layout: unknown; readonly compute: { readonly module: unknown; readonly entryPoint: string } }) => Promise<unknown>;
  readonly pushErrorScope: (filter: ErrorFilter) => void;
  readonly popErrorScope: () => Promise<{ readonly message: string } | null>;
}

/** A buffer of WebGPU as kernels give and take it. */
export interface BufferHandle {
  readonly buffer: unknown;
  readonly toArray: () => Promise<unknown>;
  readonly delete: () => void;
}

interface KernelClasses {
  readonly webgl2: 'WebGL2Kernel';
  readonly webgl: 'WebGLKernel';
  readonly headlessgl: 'HeadlessGLKernel';
  readonly webgpu: 'WebGPUKernel';
  readonly webasm: 'WebAssemblyKernel';
  readonly cpu: 'CPUKernel';
}

/** The class of the kernels of each mode, by the name under which gpu.js exports it: minified, it has another. */
const kernelClasses: { readonly [Mode in ModeName]: KernelClasses[Mode] } = {
  webgl2: 'WebGL2Kernel',
  webgl: 'WebGLKernel',
  headlessgl: 'HeadlessGLKernel',
  webgpu: 'WebGPUKernel',
  webasm: 'WebAssemblyKernel',
  cpu: 'CPUKernel',
};

export type Gpujs = { readonly [Mode in ModeName as KernelClasses[Mode]]: KernelClass } & {
  readonly GPU: { new (settings: { readonly mode: ModeName }): RawGpu; readonly isWebGPUAvailable: () => Promise<boolean> };
  readonly WebGPUContext: { readonly acquire: () => Promise<GpuContext> };
  readonly WebGPUBufferResult: {
    new (settings: { readonly buffer: unknown; readonly output: readonly number[]; readonly componentCount: 1; readonly context: GpuContext; readonly kernel: KernelInside }): BufferHandle;
  };
  readonly utils: {
    readonly getKernelTextureSize: (settings: { readonly optimizeFloatMemory: boolean; readonly precision: 'single' }, output: readonly number[]) => Int32Array;
  };
};

/** Gives the module gpu.js, whatever a bundler made of it. */
export type Importer = () => Promise<unknown>;

function propertyOf(value: unknown, name: string): unknown {
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? Reflect.get(value, name) : undefined;
}

function isGpujs(module: unknown): module is Gpujs {
  return ['GPU', 'WebGPUContext', 'WebGPUBufferResult', 'utils', ...Object.values(kernelClasses)].every((name) => propertyOf(module, name) !== undefined);
}

function absent(cause: unknown): CompileError {
  if (cause instanceof CompileError) return cause;
  const why = cause instanceof Error ? cause.message.split('\n')[0] ?? '' : String(cause);
  const lines = [
    `gpu: gpu.js cannot be loaded (${why})`,
    '  it is not installed with this package; install it beside it: npm install gpu.js',
    '  84 MB of it are the package webgpu, which it never loads: "overrides": { "webgpu": "file:./empty" } in package.json, with an empty package in that folder, leaves them out',
  ];
  return new CompileError(lines.join('\n'), { cause });
}

/** The installed gpu.js. Bundlers put it into a file of its own, which is loaded by whoever asks for a GPU first. */
export const installedGpujs: Importer = () =>
  import('gpu.js').catch((error: unknown) => {
    throw absent(error);
  });

/**
 * Loads gpu.js.
 *
 * @throws CompileError with the line that installs it where it is absent.
 */
export async function loadGpujs(importer: Importer): Promise<Gpujs> {
  const module: unknown = await importer().catch((error: unknown) => {
    throw absent(error);
  });
  // Bundlers may put all that a CommonJS module exports into its default export.
  for (const each of [module, propertyOf(module, 'default')]) if (isGpujs(each)) return each;
  throw new CompileError('gpu: the module gpu.js has not what is needed of it\n  version 2.24.1 or later of 2 has: npm install gpu.js@^2.24.1');
}

/** The mode of which a kernel really is. */
export function modeOf(gpujs: Gpujs, kernel: KernelInside): ModeName | undefined {
  const modes: readonly ModeName[] = ['webgl2', 'webgl', 'headlessgl', 'webgpu', 'webasm', 'cpu'];
  return modes.find((mode) => kernel.constructor === gpujs[kernelClasses[mode]]);
}

/** True when gpu.js finds what a mode needs; WebGPU may still have no adapter. */
export function isOffered(gpujs: Gpujs, mode: ModeName): boolean {
  return gpujs[kernelClasses[mode]].isSupported;
}
