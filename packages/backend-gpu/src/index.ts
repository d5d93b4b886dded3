import type { Backend } from '@xcorr/compiler';
import { elementThreads } from '@xcorr/compiler/device';
import { CompileError, suggest } from '@xcorr/graph';
import { devices as sharedDevices, type Devices, type ModeRequest } from './device/devices.ts';
import { modeNames } from './device/open.ts';
import { emitProgram } from './emit/emit-program.ts';
import { load } from './load.ts';
import type { Limits, Target } from './modes.ts';

export { DeviceError } from './device/device-error.ts';
export type { ModeRequest } from './device/devices.ts';
export type { FunctionPlan, GpuArtifact, KernelPlan, LaunchPlan } from './emit/plan.ts';
export type { Limits, ModeName, Target } from './modes.ts';
export { assumedTarget, translate } from './translate.ts';

export interface GpuOptions {
  /**
   * How gpu.js runs kernels: `webgpu`, `webgl2` or `webgl` in a browser, `headlessgl` in Node, and on the processor
   * `webasm` and `cpu`, which are no GPU. Default: `auto`, the best GPU; a rasteriser in software must be named.
   */
  readonly mode?: ModeRequest;
}

const limitNames: readonly (keyof Limits)[] = ['textureSide', 'elements', 'reads', 'iterations'];

function isTarget(target: unknown): target is Target {
  return typeof target === 'object' && target !== null && 'mode' in target && 'limits' in target && 'device' in target && modeNames.some((mode) => mode === target.mode);
}

/** @throws CompileError for a target that `detect` does not give. */
function checkTarget(target: unknown): asserts target is Target {
  if (!isTarget(target)) throw new CompileError('gpu: emit: the target is none of this backend; give what its detect() gives');
  const limits: unknown = target.limits;
  const wrong = limitNames.find((name) => {
    const limit: unknown = typeof limits === 'object' && limits !== null ? Reflect.get(limits, name) : undefined;
    return typeof limit !== 'number' || !(limit >= 1);
  });
  if (wrong !== undefined) throw new CompileError(`gpu: emit: the target's limit ${JSON.stringify(wrong)} is not a number of at least 1; give what detect() gives, or assumedTarget(${JSON.stringify(target.mode)})`);
}

/** @throws CompileError for options that name no mode. */
function checkOptions(options: unknown): { readonly mode: ModeRequest } {
  const known: readonly string[] = ['auto', ...modeNames].sort();
  if (typeof options !== 'object' || options === null) throw new CompileError(`gpu: the options are ${String(options)}, and no object; a mode is named so: gpu({ mode: 'webgl2' })`);
  const { mode = 'auto' }: { readonly mode?: unknown } = options;
  if (typeof mode !== 'string') throw new CompileError(`gpu: the mode is ${String(mode)}, and no name; ${suggest('', known, 'modes')}`);
  const found = (['auto', ...modeNames] as const).find((each) => each === mode);
  if (found === undefined) throw new CompileError(`gpu: there is no mode ${JSON.stringify(mode)}; ${suggest(mode, known, 'modes')}`);
  return { mode: found };
}

/** The backend over some devices, which may be open already. */
export function gpuOn(devices: Devices, options: GpuOptions = {}): Backend<'async'> {
  const { mode } = checkOptions(options);
  return {
    name: 'gpu',
    mode: 'async',
    // A thread for each element, loops of literal bounds; sums are short, for accuracy as for the limits of drivers.
    machine: { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(256), dtypes: ['float32'] },
    detect: async () => {
      const device = await devices.look(mode);
      return { mode: device.mode, limits: device.limits, device: device.name } satisfies Target;
    },
    emit: (program, target) => {
      checkTarget(target);
      return emitProgram(program, target);
    },
    load: async (artifact) => load(artifact, devices),
  };
}

/**
 * Runs programs on GPUs through gpu.js, asynchronously and in float32. States stay on the device from run to run, and
 * only outputs that somebody wants are read back. `ranOn` says what the kernels really are: `gpu:webgl2`.
 *
 * gpu.js is loaded at first use and is to be installed beside this package: `npm install gpu.js`.
 *
 * @throws CompileError, from `compile`, where gpu.js is absent, no GPU is to be had or the named mode is not, or a program
 * needs more than the device can: float64, more textures than it has, longer buffers. DeviceError, from `run`, when the
 * device was lost with states of which the host has no copy, or its memory ran out.
 * @example
 * const x = input('x', [2]);
 * const squares = await compile({ inputs: { x }, outputs: { y: square(x) } }, gpu({ mode: 'cpu' }));
 * (await squares.run({ x: [2, 3] })).y.toNested(); // => [4, 9]
 * await squares.dispose();
 * squares.ranOn; // => 'gpu:cpu'
 */
export function gpu(options: GpuOptions = {}): Backend<'async'> {
  return gpuOn(sharedDevices, options);
}
