import type { Limits, ModeName } from '../modes.ts';
import { DeviceError } from './device-error.ts';
import { lengthOf, type Device, type Held } from './device.ts';
import type { Gpujs } from './gpujs.ts';
import { checkProbe, makeKernel, probe, type Making } from './kernels.ts';

/** The modes of gpu.js that run on the processor, whose buffers are arrays. */
export type ArrayMode = Extract<ModeName, 'webasm' | 'cpu'>;

/** The elements of what a kernel gives: an array, or rows of rows of them. */
function flatten(value: unknown, length: number): Float32Array {
  if (value instanceof Float32Array && value.length === length) return value;
  const rows: Float32Array[] = [];
  const gather = (part: unknown): void => {
    if (part instanceof Float32Array) rows.push(part);
    else if (Array.isArray(part)) part.forEach(gather);
    else throw new DeviceError('gpu: a kernel gave neither numbers nor rows of them');
  };
  gather(value);
  // Rows of `webasm` are views of one array in which they lie in order.
  const [first] = rows;
  if (first !== undefined && first.byteOffset === 0 && first.buffer.byteLength === length * 4 && rows.every(({ buffer }) => buffer === first.buffer)) return new Float32Array(first.buffer);
  const all = new Float32Array(length);
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}

/** A module of `webasm` addresses what one kernel reads and writes by 32 bits. */
const limits: Readonly<Record<ArrayMode, Limits>> = {
  webasm: { textureSide: 2 ** 28, elements: 2 ** 28, reads: Infinity, iterations: Infinity },
  cpu: { textureSide: 2 ** 31 - 1, elements: 2 ** 31 - 1, reads: Infinity, iterations: Infinity },
};

/**
 * A device whose buffers are arrays: it is never lost, and it is no GPU.
 *
 * @throws Error where a policy forbids code that is made at run time.
 */
export async function openArrays(gpujs: Gpujs, mode: ArrayMode): Promise<Device> {
  const instance = new gpujs.GPU({ mode });
  const making: Making = { gpujs, instance, mode, buffers: 'Array' };
  const counting = await makeKernel(making, probe, [], []);
  checkProbe(flatten(await counting(), 4));
  let live = 0;
  const hold = (values: Float32Array): Held => {
    live++;
    let isHeld = true;
    return {
      argument: values,
      read: () => values,
      free: () => {
        if (isHeld) live--;
        isHeld = false;
      },
    };
  };
  return {
    mode,
    name: '',
    isSoftware: true,
    limits: limits[mode],
    // Nothing is refused: what there is no memory for throws.
    watch: () => ({ during: (work) => work(), check: () => Promise.resolve() }),
    // The caller may write to its own array while a run waits.
    upload: (values) => hold(values.slice()),
    compile: async (plan, functions, layouts) => {
      const kernel = await makeKernel(making, plan, functions, layouts.map((layout) => new Float32Array(lengthOf(layout))));
      const length = lengthOf(plan.threads);
      return {
        run: async (buffers, specials) => hold(flatten(await kernel(...buffers.map(({ argument }) => argument), ...specials), length)),
        giveBack: () => undefined,
        destroy: () => {
          const { kernel: inside } = kernel;
          inside.destroy();
          // One of mode `cpu` does not take itself out of those that gpu.js knows.
          const at = instance.kernels.indexOf(inside);
          if (at >= 0) instance.kernels.splice(at, 1);
        },
      };
    },
    mark: () => () => Promise.resolve(),
    warmed: () => Promise.resolve(),
    isLost: () => false,
    live: () => live,
    close: () => instance.destroy(),
  };
}
