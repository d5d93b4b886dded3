import type { Artifact, DeviceProgram, DeviceRun, Program } from '@xcorr/compiler';
import { CompileError, XcorrError, type TypedArray } from '@xcorr/graph';
import { ThreadError, whyNoThreads } from '@xcorr/threads';
import { createBindings, type Binding } from './bindings.ts';
import { divisionOf, threadCosts, type ThreadCosts } from './division.ts';
import { bandsOfNest } from './emit-banded.ts';
import { loadBanded } from './load-banded.ts';
import { pause } from './pause.ts';
import { giveBackWithout, holdPool } from './pools.ts';
import { createStates, ownBytes, sharedBytes, type Space } from './space.ts';

declare const performance: { readonly now: () => number };

/** So often a run with a signal gives way to what may abort it, in milliseconds. */
const yieldEvery = 16;

function positionsOf(program: Program, role: string): readonly number[] {
  return program.buffers.flatMap((buffer, position) => (buffer.role === role ? [position] : []));
}

/**
 * A program that runs on several threads, in memory that they share, where that is worth what it costs; elsewhere in the
 * caller's arrays.
 *
 * @throws CompileError where there can be no threads, or another backend emitted the artifact.
 */
export async function loadOnThreads(artifact: Artifact, threads: number, costs: ThreadCosts = threadCosts): Promise<DeviceProgram> {
  const { program } = artifact;
  const loaded = loadBanded(artifact);
  const why = threads > 1 ? whyNoThreads() : undefined;
  if (why !== undefined) throw new CompileError(`js: ${why}`);
  const allocate = threads > 1 ? sharedBytes : ownBytes;
  const [inputs, outputs] = [positionsOf(program, 'input'), positionsOf(program, 'output')];
  const holding = holdPool(threads, loaded);
  const { pool, code } = holding;
  /** All functions below reach it: it is there as long as somebody can run the program. */
  const watch = giveBackWithout({}, holding);
  let states = createStates(program, allocate);
  let bindingFor = createBindings(program, loaded, states, holding);
  let ranOn = 'js';

  const divisionFor = ({ weights }: Binding, times: number): readonly boolean[] => divisionOf(weights, times, threads, costs);

  /** Runs a program so many times. Where nothing is divided, and there is no signal, it has done so when it returns. */
  const runTimes = async (space: Space, runOnce: (isAgain: boolean) => Promise<void> | undefined, { times, records, signal }: DeviceRun): Promise<void> => {
    let last = performance.now();
    for (let time = 0; time < times; time++) {
      if (signal !== undefined && performance.now() - last > yieldEvery) {
        await pause();
        last = performance.now();
      }
      signal?.throwIfAborted();
      const running = runOnce(time > 0);
      if (running !== undefined) await running;
      for (const { from, to } of space.commits) to.set(from);
      outputs.forEach((position, at) => {
        const output = space.buffers[position];
        if (output !== undefined) records[at]?.set(output, time * output.length);
      });
    }
  };
  /** In the caller's arrays. */
  const runAlone = async (binding: Binding, request: DeviceRun): Promise<void> => {
    const space = binding.alone();
    inputs.forEach((position, at) => {
      space.buffers[position] = request.inputs[at] ?? new Float32Array();
    });
    outputs.forEach((position, at) => {
      space.buffers[position] = request.outputs[at] ?? binding.unread(at);
    });
    const runOnce = (isAgain: boolean): undefined => {
      loaded.whole(space.buffers, space.sizes, isAgain);
    };
    await runTimes(space, runOnce, request);
    ranOn = 'js';
  };
  /** In memory that threads share. */
  const runTogether = async (binding: Binding, areDivided: readonly boolean[], request: DeviceRun): Promise<void> => {
    const { memory, ...space } = binding.shared();
    inputs.forEach((position, at) => space.buffers[position]?.set(request.inputs[at] ?? []));
    const runOnce = async (isAgain: boolean): Promise<void> => {
      for (let kernel = isAgain ? program.invariant : 0; kernel < areDivided.length; kernel++) {
        const running = pool.run({ code, kernel, memory, extent: bandsOfNest, bands: areDivided[kernel] === true ? bandsOfNest : 1 });
        if (running !== undefined) await running;
      }
    };
    await pool.exclusively(async () => {
      if (!pool.isReady()) await pool.ready();
      await runTimes(space, runOnce, request);
    });
    outputs.forEach((position, at) => request.outputs[at]?.set(space.buffers[position] ?? []));
    ranOn = `js:${threads} threads`;
  };

  // Where sizes are numbers it is known by now whether there is something to divide.
  if (program.sizes.length === 0 && divisionFor(bindingFor([]), 1).includes(true)) {
    try {
      await pool.exclusively(pool.ready);
    } catch (error) {
      holding.giveBack();
      if (!(error instanceof ThreadError)) throw error;
      throw new CompileError(`js: ${error.message}`);
    }
  }
  return {
    get ranOn() {
      return ranOn;
    },
    readsAtOnce: true,
    run: async (request) => {
      const binding = bindingFor(request.sizes);
      const areDivided = divisionFor(binding, request.times);
      const isDivided = areDivided.includes(true);
      // What runs once on one thread does not stop halfway.
      const kept: readonly TypedArray[] | undefined = isDivided || request.times > 1 ? states.map((state) => state.slice()) : undefined;
      const restore = (): void => states.forEach((state, at) => state.set(kept?.[at] ?? state));
      try {
        await (isDivided ? runTogether(binding, areDivided, request) : runAlone(binding, request));
      } catch (error) {
        restore();
        if (!(error instanceof ThreadError)) throw error;
        // A thread that is ended may go on for a moment: what it writes to must be no one's.
        holding.forgetMemories();
        states = createStates(program, allocate);
        restore();
        bindingFor = createBindings(program, loaded, states, holding);
        throw new XcorrError(`js: ${error.message}\n  the states are as before the run, and the next one starts threads anew`);
      }
    },
    readStates: () => Promise.resolve(states.map((state) => state.slice())),
    writeStates: (values) => {
      states.forEach((state, at) => state.set(values[at] ?? state));
      return Promise.resolve();
    },
    dispose: () => {
      watch.end();
      holding.giveBack();
    },
  };
}
