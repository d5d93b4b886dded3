import { DeviceError } from '../src/device/device-error.ts';
import { createDevices, type Devices } from '../src/device/devices.ts';
import type { Device, Held, Watch } from '../src/device/device.ts';
import { installedGpujs, loadGpujs } from '../src/device/gpujs.ts';
import { openAutomatic, openMode } from '../src/device/open.ts';
import { withSpares } from '../src/device/spare-kernels.ts';

/** How a device behaves once it was lost: WebGL draws on and has nothing to give, WebGPU refuses, and says why a little later. */
export type Manner = 'draws on' | 'refuses';

/** Devices of mode `cpu` of which the current one can be lost, now or when it launches some more kernels. */
export interface LosingDevices extends Devices {
  readonly lose: () => void;
  readonly loseAfter: (launches: number) => void;
  /** The current one refuses what some kernel makes, after some more of them: zeros stand there, and who runs it is told when he asks. */
  readonly refuseAfter: (launches: number) => void;
  /** It refuses to be read, so often. */
  readonly refuseReading: (times: number) => void;
  /** How many were opened, how many are open, and how many kernels are there. */
  readonly counts: { opened: number; open: number };
  readonly kernels: () => number;
  /** How many kernels were compiled. */
  readonly compiled: () => number;
  /** How many kernels were launched. */
  readonly launches: () => number;
  /** The most buffers that were held at once since it was asked last. */
  readonly peak: () => number;
  /** Buffers that are held on the current one. */
  readonly live: () => number;
}

export function losingDevices(manner: Manner): LosingDevices {
  const counts = { opened: 0, open: 0 };
  let remaining = Infinity;
  let untilRefused = Infinity;
  let refusedReadings = 0;
  let kernels = 0;
  let compiled = 0;
  let launches = 0;
  let peak = 0;
  let current: { isLost: boolean; readonly device: Device } | undefined;
  const devices = createDevices(async (request) => {
    const gpujs = await loadGpujs(installedGpujs);
    const device = await (request === 'auto' ? openAutomatic(gpujs) : openMode(gpujs, request));
    const here = { isLost: false, device };
    current = here;
    counts.opened++;
    counts.open++;
    const lose = (): void => {
      if (manner === 'draws on') here.isLost = true;
      else setTimeout(() => (here.isLost = true), 0);
    };
    const zeros = async (held: Held): Promise<Float32Array> => new Float32Array((await held.read()).length);
    const wrap = (held: Held): Held => ({
      ...held,
      read: async () => {
        if (here.isLost) throw new DeviceError('nothing is read of a lost device');
        if (refusedReadings-- > 0) working.push('no memory to read into');
        return held.read();
      },
    });
    /** What was refused of who works now. */
    let working: string[] = [];
    const watch = (): Watch => {
      const own: string[] = [];
      return {
        during: (work) => {
          working = own;
          return work();
        },
        check: async () => {
          await Promise.resolve();
          const [first] = own.splice(0);
          if (first !== undefined) throw new DeviceError(`gpu:cpu: ${first}`);
        },
      };
    };
    return withSpares({
      ...device,
      watch,
      upload: (values, layout) => wrap(device.upload(values, layout)),
      compile: async (plan, functions, layouts) => {
        const { run, giveBack, destroy } = await device.compile(plan, functions, layouts);
        kernels++;
        compiled++;
        return {
          giveBack,
          destroy: () => {
            kernels--;
            destroy();
          },
          run: async (reads, specials) => {
            launches++;
            if (untilRefused-- <= 0) {
              untilRefused = Infinity;
              working.push('no memory');
              const refused = await run(reads, specials);
              return wrap({ ...refused, read: () => zeros(refused) });
            }
            if (remaining-- <= 0) {
              remaining = Infinity;
              lose();
              if (manner === 'refuses') throw new DeviceError('a lost device does nothing');
            }
            const result = await run(reads, specials);
            peak = Math.max(peak, device.live());
            return here.isLost ? wrap({ ...result, read: () => zeros(result) }) : wrap(result);
          },
        };
      },
      isLost: () => here.isLost,
      close: async () => {
        counts.open--;
        await device.close();
      },
    });
  });
  return {
    ...devices,
    counts,
    lose: () => {
      if (current !== undefined) current.isLost = true;
    },
    loseAfter: (launches) => {
      remaining = launches;
    },
    refuseAfter: (launches) => {
      untilRefused = launches;
    },
    refuseReading: (times) => {
      refusedReadings = times;
    },
    live: () => current?.device.live() ?? 0,
    kernels: () => kernels,
    compiled: () => compiled,
    launches: () => launches,
    peak: () => {
      const before = peak;
      peak = 0;
      return before;
    },
  };
}
