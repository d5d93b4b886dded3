import type { Artifact, DeviceProgram } from '@xcorr/compiler';
import { CompileError, ValueError, type TypedArray } from '@xcorr/graph';
import { buffersOf, storedAs } from './device/buffers.ts';
import { DeviceError } from './device/device-error.ts';
import type { Devices, Lent } from './device/devices.ts';
import { pause } from './device/pause.ts';
import { putOnDevice, type ProgramOnDevice } from './device/program-on-device.ts';
import type { GpuArtifact } from './emit/plan.ts';

function isGpuArtifact(artifact: Artifact): artifact is GpuArtifact {
  return 'plan' in artifact && typeof artifact.plan === 'object' && artifact.plan !== null && 'kernels' in artifact.plan && 'mode' in artifact.plan;
}

/** How often a call is begun anew on another device before it is given up. */
const attempts = 3;

/**
 * Makes an artifact run on the device of its mode.
 *
 * A call of which the device refuses anything rejects, and the next one finds the program loaded anew. When the device is lost, the program goes on in another one. A call of which nothing is lost but work is done again: where
 * there are no states, or the host has their values. Otherwise it rejects and says what was lost.
 *
 * @throws CompileError when another backend emitted it, its mode is not to be had, or its kernels do not compile.
 */
export async function load(artifact: Artifact, devices: Devices): Promise<DeviceProgram> {
  if (!isGpuArtifact(artifact)) throw new CompileError('gpu: load: this artifact was emitted by another backend; give it to that one, or emit the program again with this one');
  const { program, plan } = artifact;
  const buffers = buffersOf(program, plan);
  /** The states when the host had them last, and how often they have been changed since. */
  let known: readonly TypedArray[] = buffers.states.map(({ storage, data }) => storedAs(storage, data ?? []));
  let stepsSince = 0;
  let lent: Lent | undefined;
  let loaded: ProgramOnDevice | undefined;
  let isDisposed = false;

  /** The calls that are under way. */
  let calls = 0;

  /** @param isSound nothing was refused or lost */
  const leave = (isSound: boolean): void => {
    loaded?.dispose(isSound && calls === 0);
    lent?.giveBack();
    loaded = undefined;
    lent = undefined;
  };

  const lost = (what: string, cause?: unknown): DeviceError => {
    const steps = stepsSince;
    stepsSince = 0;
    const names = buffers.updates.map(({ state }) => JSON.stringify(buffers.states.find(({ id }) => id === state)?.label ?? state)).join(', ');
    return new DeviceError(
      `gpu:${plan.mode}: ${what} what ${steps === 1 ? 'one step' : `${steps} steps`} made of the states ${names} since they were last read\n` +
        '  they are again what they were then, and the next run goes on from there on another device; states that are read more often lose less',
      { cause },
    );
  };

  /** After a refusal: what kernels keep may be no buffer, so all of it goes; states that earlier runs made are still there. */
  const rescue = async (refusal: DeviceError): Promise<void> => {
    try {
      if (stepsSince > 0 && loaded !== undefined) known = await loaded.readStates();
      stepsSince = 0;
    } catch {
      throw lost('the device refused a call and cannot be read since: lost is', refusal);
    } finally {
      leave(false);
    }
  };

  const attempt = async <Result>(work: (loaded: ProgramOnDevice) => Promise<Result>): Promise<Result> => {
    if (isDisposed) throw new ValueError('the program was disposed of and does not run again; compile it anew');
    for (let count = 1; ; count++) {
      if (lent?.device.isLost() === true) {
        leave(false);
        if (stepsSince > 0) throw lost('the device was lost, and with it');
      }
      try {
        lent ??= await devices.lend(plan.mode);
        loaded ??= await putOnDevice(lent.device, plan, buffers, known);
        return await work(loaded);
      } catch (error) {
        // A device says that it was lost after it has refused what it was to do.
        await pause();
        if (lent?.device.isLost() === true && count < attempts) continue;
        if (error instanceof DeviceError) await rescue(error);
        throw error;
      }
    }
  };

  const onDevice = async <Result>(work: (loaded: ProgramOnDevice) => Promise<Result>): Promise<Result> => {
    calls++;
    try {
      return await attempt(work);
    } finally {
      calls--;
    }
  };

  const ranOn = await onDevice(() => Promise.resolve(`gpu:${lent?.device.mode ?? plan.mode}`)).catch((error: unknown) => {
    leave(false);
    throw error;
  });
  return {
    ranOn,
    run: async (request) => {
      await onDevice(({ run }) => run(request));
      if (buffers.updates.length > 0) stepsSince += request.times;
    },
    readStates: async () => {
      if (stepsSince > 0) {
        known = await onDevice(({ readStates }) => readStates());
        stepsSince = 0;
      }
      return known.map((state) => state.slice());
    },
    writeStates: async (values) => {
      known = values.map((state) => state.slice());
      stepsSince = 0;
      await onDevice(({ writeStates }) => writeStates(known));
    },
    dispose: () => {
      isDisposed = true;
      leave(true);
    },
  };
}
