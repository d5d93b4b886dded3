import type { Backend, DeviceProgram, DeviceRun } from '@xcorr/compiler';
import { asynchronous } from '@xcorr/compiler/device';
import type { CheckName } from '../../src/suite/checks.ts';
import { model } from '../model.ts';

/** Something that an asynchronous backend does wrong with what it is asked for. */
export interface DeviceFault {
  readonly check: CheckName;
  readonly backend: () => Backend<'async'>;
}

/** The model as an asynchronous backend, which may run otherwise. */
export function deviceModel(changed: (loaded: DeviceProgram) => DeviceProgram['run'] = ({ run }) => run): Backend<'async'> {
  const right = asynchronous(model());
  return {
    ...right,
    load: async (artifact) => {
      const loaded = await right.load(artifact);
      return { ...loaded, run: changed(loaded) };
    },
  };
}

const otherwise = (change: (request: DeviceRun) => DeviceRun): DeviceFault['backend'] => () => deviceModel(({ run }) => (request) => run(change(request)));

export const deviceFaults: Readonly<Record<string, DeviceFault>> = {
  'a signal is not looked at in the midst of a run': { check: 'states: an aborted run changes nothing', backend: otherwise((request) => ({ ...request, signal: undefined })) },
  'a run that is aborted leaves the states where it was': {
    check: 'states: an aborted run changes nothing',
    backend: () =>
      deviceModel(({ run, readStates, writeStates }) => async (request) => {
        const one = { ...request, times: 1, signal: undefined };
        let reached: Awaited<ReturnType<typeof readStates>> = [];
        try {
          for (let time = 0; time < request.times; time++) {
            reached = await readStates();
            request.signal?.throwIfAborted();
            await run(one);
            request.outputs.forEach((output, at) => output !== undefined && request.records[at]?.set(output, time * output.length));
          }
        } catch (error) {
          await writeStates(reached);
          throw error;
        }
      }),
  },
  'an aborted run rejects with an error of its own': {
    check: 'states: an aborted run changes nothing',
    backend: () =>
      deviceModel(({ run }) => async (request) => {
        await run(request).catch((error: unknown) => {
          throw new Error('the device was interrupted', { cause: error });
        });
      }),
  },
  'a run of which nothing is wanted is left out': {
    check: 'results: those that are asked for',
    backend: () => deviceModel(({ run }) => async (request) => (request.outputs.some((output) => output !== undefined) ? run(request) : undefined)),
  },
  'results that are wanted stand in the places of those that are not': {
    check: 'results: those that are asked for',
    backend: otherwise((request) => ({ ...request, outputs: [...request.outputs.filter((output) => output === undefined), ...request.outputs.filter((output) => output !== undefined)] })),
  },
};
