import { CompileError } from '@xcorr/graph';
import type { FunctionPlan, KernelPlan } from '../emit/plan.ts';
import type { ModeName } from '../modes.ts';
import { DeviceError } from './device-error.ts';
import { modeOf, type Gpujs, type KernelInside, type KernelSettings, type RawGpu, type RawKernel } from './gpujs.ts';

/** The type of an argument that is a buffer, in the words of gpu.js. */
export type BufferType = 'ArrayTexture(1)' | 'WebGPUBuffer' | 'Array';

/**
 * How every kernel is made. Each setting keeps a wrong answer away: without `single` infinities are lost, without
 * `precision` small kernels compute in half precision on some devices, without `immutable` a run overwrites what the one
 * before it gave, and the mended division rounds differently.
 */
function settingsOf({ threads, specials, reads, calls }: KernelPlan, functions: readonly FunctionPlan[], buffers: BufferType): KernelSettings {
  const called = functions.filter(({ name }) => calls.includes(name));
  return {
    output: threads,
    argumentTypes: [...reads.map(() => buffers), ...specials.map(() => 'Float')],
    functions: called.map(({ name, source, parameters, returns }) => ({ name, source, argumentTypes: Object.values(parameters), returnType: returns })),
    precision: 'single',
    tactic: 'precision',
    pipeline: true,
    immutable: true,
    dynamicOutput: false,
    fixIntegerDivisionAccuracy: false,
    // A literal bound never meets it; without it, loops stop at 1000.
    loopMaxIterations: 0x7fffffff,
  };
}

/** What a kernel is compiled with: placeholders for what it will read, and what the memory asks besides. */
export interface Making {
  readonly gpujs: Gpujs;
  readonly instance: RawGpu;
  readonly mode: ModeName;
  readonly buffers: BufferType;
  /** Called before it is compiled. */
  readonly prepare?: (inside: KernelInside) => void;
}

/** What gpu.js and drivers say of a kernel, on a few lines: some append the whole source. */
function reasonOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').filter((line) => line.trim() !== '');
  const source = lines.findIndex((line) => line.startsWith('--- generated'));
  return lines.slice(0, source < 0 ? 6 : Math.min(source, 6)).join('\n    ');
}

export function kernelError(mode: ModeName, name: string, error: unknown): CompileError | DeviceError {
  if (error instanceof CompileError || error instanceof DeviceError) return error;
  return new CompileError(`gpu:${mode}: the kernel of the nest ${name} does not compile\n    ${reasonOf(error)}\n  another mode may take it: js, webasm and cpu have no such limits`, { cause: error });
}

/**
 * Makes a kernel and has it compiled before it is first run.
 *
 * @throws CompileError when that fails, or gpu.js makes a kernel of another mode than was asked for.
 */
export async function makeKernel({ gpujs, instance, mode, buffers, prepare }: Making, plan: KernelPlan, functions: readonly FunctionPlan[], placeholders: readonly unknown[]): Promise<RawKernel> {
  try {
    const kernel = instance.createKernel(plan.source, settingsOf(plan, functions, buffers));
    prepare?.(kernel.kernel);
    await kernel.kernel.build(...placeholders, ...plan.specials);
    const made = modeOf(gpujs, kernel.kernel);
    if (made !== mode) throw new Error(`gpu.js made it for ${made ?? 'an unknown mode'} instead: ${kernel.kernel.fallbackReason ?? 'it gives no reason'}`);
    return kernel;
  } catch (error) {
    throw kernelError(mode, plan.name, error);
  }
}

/** A kernel without reads, of which the results are known: whether a device computes at all is seen by it. */
export const probe: KernelPlan = { name: 'probe', source: 'function() { return this.thread.x; }', reads: [], specials: [], writes: 'probe', threads: [4], calls: [] };

/** @throws Error when a device does not compute what the probe is. */
export function checkProbe(values: Float32Array): void {
  if ([0, 1, 2, 3].some((value) => values[value] !== value)) throw new Error(`a kernel that counts gave ${values.join(', ')}: it computes nothing that can be read`);
}

/** Every name that says that what draws is a program. */
const software = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;

export function isSoftwareName(name: string): boolean {
  return software.test(name);
}
