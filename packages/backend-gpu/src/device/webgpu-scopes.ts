import { DeviceError } from './device-error.ts';
import type { Watch } from './device.ts';
import type { ErrorFilter, GpuContext } from './gpujs.ts';

const filters: readonly ErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/**
 * Makes watches of a device of WebGPU, which the whole page shares. What it refuses it says later, to who opened the innermost
 * scope: there is one around each thing that is done, open only while nobody else can do anything.
 */
export function createScopes(context: GpuContext): () => Watch {
  const { device } = context;
  return () => {
    const waiting = new Set<Promise<void>>();
    const errors: string[] = [];
    const noteError = async (): Promise<void> => {
      // A device that is lost has nothing to say of what it was to do.
      const error = await device.popErrorScope().catch(() => null);
      if (error !== null) errors.push(error.message);
    };
    const closeScope = (): void => {
      const noted = noteError().finally(() => waiting.delete(noted));
      waiting.add(noted);
    };
    return {
      during: (work) => {
        for (const filter of filters) device.pushErrorScope(filter);
        try {
          return work();
        } finally {
          filters.forEach(closeScope);
        }
      },
      check: async () => {
        await Promise.all(waiting);
        const [first] = errors.splice(0);
        if (context.isLost) throw new DeviceError('gpu:webgpu: the device was lost');
        if (first !== undefined) throw new DeviceError(`gpu:webgpu: the device refused what it was to do, or has no memory for it: ${first}`);
      },
    };
  };
}
