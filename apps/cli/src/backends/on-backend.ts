import type { Backend, DeviceProgram } from '@xcorr/compiler';
import { XcorrError } from '@xcorr/graph';
import { CommandError } from '../command-error.ts';
import { backends, usualBackend, type BackendName } from './names.ts';

/** Says where programs ran so far, each place once, as they say themselves; while none has run, the backend's name. */
export type RanOn = () => string;

/**
 * Opens a backend, works on it, and gives back whatever programs still hold on its device.
 *
 * @throws CommandError, before any work, when the backend is not to be had here.
 */
export async function onBackend<Result>(name: BackendName | undefined, work: (backend: Backend<'async'>, ranOn: RanOn) => Promise<Result>): Promise<Result> {
  const known = name ?? usualBackend;
  const backend = backends[known]();
  return withBackend({ ...backend, detect: () => backend.detect().catch((error: unknown) => refuse(known, error)) }, work);
}

/** What a backend says of its options is said of the command's. */
export function refuse(name: BackendName, error: unknown): never {
  if (!(error instanceof XcorrError)) throw error;
  const message = error.message.replace(/^gpu: /, '').replace(/gpu\(\{ mode: '(\w+)' \}\)/, '--backend gpu:$1');
  throw new CommandError(`--backend ${name}: ${message}`, { cause: error });
}

/** The same for a backend that is made already. */
export async function withBackend<Result>(backend: Backend<'async'>, work: (backend: Backend<'async'>, ranOn: RanOn) => Promise<Result>): Promise<Result> {
  const places = new Set<string>();
  const held = new Set<DeviceProgram>();
  const target = await backend.detect();
  const load = async (artifact: Parameters<Backend['load']>[0]): Promise<DeviceProgram> => {
    const program = await backend.load(artifact);
    held.add(program);
    return {
      get ranOn() {
        return program.ranOn;
      },
      run: async (request) => {
        await program.run(request);
        places.add(program.ranOn);
      },
      readStates: () => program.readStates(),
      writeStates: (states) => program.writeStates(states),
      dispose: () => {
        if (held.delete(program)) program.dispose();
      },
    };
  };
  try {
    return await work({ ...backend, detect: () => Promise.resolve(target), load }, () => (places.size === 0 ? backend.name : [...places].join(', ')));
  } finally {
    for (const program of held) program.dispose();
  }
}
