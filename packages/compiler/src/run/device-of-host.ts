import type { TypedArray } from '@xcorr/graph';
import type { DeviceProgram } from '../backend.ts';
import type { Program } from '../program.ts';
import { arrayOf, commit, createMemorySpace, createStates, keepStates, type MemorySpace } from './memory-space.ts';

/** What runs once over an array for each buffer of a program, and says later that it is done. */
export type RunLater = (buffers: readonly TypedArray[], sizes: readonly number[], isAgain?: boolean) => Promise<void>;

/** A device whose memory is the host's: for backends that are asynchronous for another reason than memory of their own. */
export function deviceOfHost(program: Program, ranOn: string, runOnce: RunLater): DeviceProgram {
  const states = createStates(program);
  const positions = (role: string): readonly number[] => program.buffers.flatMap((buffer, position) => (buffer.role === role ? [position] : []));
  const [inputs, outputs] = [positions('input'), positions('output')];
  let space: MemorySpace | undefined;
  const spaceFor = (sizes: readonly number[]): MemorySpace => {
    if (space === undefined || sizes.some((size, at) => size !== space?.sizes[at])) space = createMemorySpace(program, states, new Map(program.sizes.map((name, at) => [name, sizes[at] ?? 0])), Infinity);
    return space;
  };
  return {
    ranOn,
    run: async (request) => {
      const here = spaceFor(request.sizes);
      const { arrays, sizes, lengths } = here;
      inputs.forEach((position, at) => {
        arrays[position] = request.inputs[at] ?? new Float32Array();
      });
      const results = outputs.map((position, at) => request.outputs[at] ?? new arrayOf[program.buffers[position]?.storage ?? 'float32'](lengths[position] ?? 0));
      outputs.forEach((position, at) => {
        arrays[position] = results[at] ?? new Float32Array();
      });
      const restore = keepStates(states);
      try {
        for (let time = 0; time < request.times; time++) {
          request.signal?.throwIfAborted();
          // oxlint-disable-next-line no-await-in-loop -- each time sees the states that the one before it made
          await runOnce(arrays, sizes, time > 0);
          commit(here);
          results.forEach((result, at) => request.records[at]?.set(result, time * result.length));
        }
      } catch (error) {
        restore();
        throw error;
      }
    },
    readStates: () => Promise.resolve(states.map((state) => state.slice())),
    writeStates: (values) => {
      states.forEach((state, at) => state.set(values[at] ?? state));
      return Promise.resolve();
    },
    dispose: () => {
      space = undefined;
    },
  };
}
