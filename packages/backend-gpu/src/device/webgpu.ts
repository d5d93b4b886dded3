import { CompileError } from '@xcorr/graph';
import { DeviceError } from './device-error.ts';
import { lengthOf, type Device, type Held, type Layout } from './device.ts';
import type { BufferHandle, GpuContext, Gpujs, KernelInside } from './gpujs.ts';
import { checkProbe, isSoftwareName, makeKernel, probe, type Making } from './kernels.ts';
import { pause } from './pause.ts';
import { createScopes } from './webgpu-scopes.ts';

const mode = 'webgpu';

/** The specification's numbers: what a buffer may be used for. */
const usage = { copySource: 0x4, copyDestination: 0x8, storage: 0x80 } as const;

/** Milliseconds. */
const lossIsSaidWithin = 200;

function isHandle(value: unknown): value is BufferHandle {
  return typeof value === 'object' && value !== null && 'buffer' in value && 'toArray' in value;
}

/** The names that the adapter gives, what the browser tells of them. */
function nameOf({ adapter: { info } }: GpuContext): string {
  const { description = '', vendor = '', architecture = '', device = '' } = info ?? {};
  const name = description !== '' ? description : [vendor, architecture, device].filter((part) => part !== '').join(' ');
  return info?.isFallbackAdapter === true && !isSoftwareName(name) ? `${name} (software)`.trim() : name;
}

/**
 * gpu.js has pipelines compiled one after the other, before all else that a page asks of its device. So they are first compiled
 * in the background, several at once: browsers give an equal one without a compilation. What is refused, gpu.js says.
 */
async function compiledAside(device: GpuContext['device'], code: string, reads: number): Promise<unknown> {
  const compute = 4;
  const read = Array.from({ length: reads }, (_, at) => ({ binding: at + 1, visibility: compute, buffer: { type: 'read-only-storage' } as const }));
  const entries = [{ binding: 0, visibility: compute, buffer: { type: 'uniform' } as const }, ...read, { binding: reads + 1, visibility: compute, buffer: { type: 'storage' } as const }];
  const layout = device.createPipelineLayout({ bindGroupLayouts: [device.createBindGroupLayout({ entries })] });
  return device.createComputePipelineAsync({ layout, compute: { module: device.createShaderModule({ code }), entryPoint: 'main' } }).catch(() => undefined);
}

/**
 * A device whose buffers are those of WebGPU. All programs and all users of gpu.js on a page share its device.
 *
 * @throws Error when there is no adapter here, or it does not compute.
 */
export async function openWebgpu(gpujs: Gpujs): Promise<Device> {
  const context = await gpujs.WebGPUContext.acquire();
  return openContext(gpujs, context).catch(async (error: unknown) => {
    // gpu.js shares a device that is lost until it is told so; then it makes another.
    await pause();
    if (!context.isLost) throw error;
    return openContext(gpujs, await gpujs.WebGPUContext.acquire());
  });
}

async function openContext(gpujs: Gpujs, context: GpuContext): Promise<Device> {
  const instance = new gpujs.GPU({ mode });
  const { device } = context;
  const making: Making = { gpujs, instance, mode, buffers: 'WebGPUBuffer' };
  const counting = await makeKernel(making, probe, [], []);
  const held = new Set<BufferHandle>();
  const kernels = new Set<KernelInside>([counting.kernel]);

  const checkContext = (): void => {
    if (context.isLost) throw new DeviceError(`gpu:${mode}: the device was lost`);
  };

  /** A handle of one dimension that is read by the one kernel that outlives all others. */
  const flat = (buffer: unknown, length: number): BufferHandle => new gpujs.WebGPUBufferResult({ buffer, output: [length], componentCount: 1, context, kernel: counting.kernel });

  const read = async (handle: BufferHandle): Promise<Float32Array> => {
    checkContext();
    const values = await handle.toArray().catch(async (error: unknown) => {
      // A device that is lost may refuse to be read before it says so.
      await Promise.race([device.lost, pause(lossIsSaidWithin)]);
      throw new DeviceError(`gpu:${mode}: results cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
    checkContext();
    if (!(values instanceof Float32Array)) throw new DeviceError(`gpu:${mode}: what was read is no array`);
    return values;
  };

  const hold = (handle: BufferHandle): Held => {
    held.add(handle);
    return {
      argument: handle,
      read: () => read(handle),
      free: () => {
        if (held.delete(handle)) handle.delete();
      },
    };
  };

  const upload = (values: Float32Array, layout: Layout): Held => {
    const buffer = device.createBuffer({ size: values.byteLength, usage: usage.storage | usage.copySource | usage.copyDestination });
    device.queue.writeBuffer(buffer, 0, values);
    return hold(flat(buffer, lengthOf(layout)));
  };

  const first = await counting();
  if (!isHandle(first)) throw new Error('gpu.js gives no buffer');
  /** What kernels are compiled with in place of what they will read: they take a buffer of any length. */
  const placeholder = flat(first.buffer, 4);
  first.delete();
  checkProbe(await read(placeholder));

  const { limits } = device;
  const reads = limits.maxStorageBuffersPerShaderStage - 1;
  const name = nameOf(context);
  return {
    mode,
    name,
    isSoftware: isSoftwareName(name),
    limits: {
      textureSide: limits.maxComputeWorkgroupsPerDimension,
      elements: Math.floor(Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize, 2 ** 33 - 4) / 4),
      reads,
      iterations: Infinity,
    },
    watch: createScopes(context),
    upload,
    compile: async (plan, functions, layouts) => {
      if (plan.reads.length > reads) throw new CompileError(`gpu:${mode}: the kernel of the nest ${plan.name} reads ${plan.reads.length} buffers\n  kernels here read at most ${reads}`);
      const prepare = (inside: KernelInside): void => {
        const build = inside._buildAsync;
        if (build === undefined) return;
        inside._buildAsync = async () => {
          const pipeline = await compiledAside(device, inside.compiledSource ?? '', plan.reads.length);
          // It lives until gpu.js has asked for an equal one.
          return build.call(inside).finally(() => pipeline);
        };
      };
      const kernel = await makeKernel({ ...making, prepare }, plan, functions, layouts.map(() => placeholder));
      kernels.add(kernel.kernel);
      const length = lengthOf(plan.threads);
      return {
        run: async (buffers, specials) => {
          const result = await kernel(...buffers.map(({ argument }) => argument), ...specials);
          if (!isHandle(result)) throw new Error('gpu.js gave no buffer');
          const handle = flat(result.buffer, length);
          result.delete();
          return hold(handle);
        },
        giveBack: () => undefined,
        destroy: () => {
          kernels.delete(kernel.kernel);
          kernel.kernel.destroy();
        },
      };
    },
    mark: () => {
      // Of a device that was lost, reading tells.
      const done = device.queue.onSubmittedWorkDone().catch(() => undefined);
      return () => done;
    },
    // Pipelines are compiled before they are launched, and nothing is waited for without a promise.
    warmed: () => Promise.resolve(),
    isLost: () => context.isLost,
    live: () => new Set([...[...held].map(({ buffer }) => buffer), ...[...kernels].map(({ outputBuffer }) => outputBuffer)].filter((buffer) => buffer !== null && buffer !== undefined)).size,
    close: async () => {
      placeholder.delete();
      await instance.destroy();
    },
  };
}
