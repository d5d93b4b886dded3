import type { Artifact, DeviceProgram, DeviceRun, Program } from '@xcorr/compiler';
import { CompileError, XcorrError, type TypedArray } from '@xcorr/graph';
import { ThreadError, whyNoThreads, type SharedMemory } from '@xcorr/threads';
import { bandsOfNest } from './emit-banded.ts';
import { loadBanded, type Memory } from './load-banded.ts';
import { pause } from './pause.ts';
import { usePool } from './pools.ts';
import { createReusedMemory } from './reused-memory.ts';
import { createSharedSpace, createStates, type SharedSpace } from './shared-space.ts';
import { workOf } from './work.ts';

declare const performance: { readonly now: () => number };

/** So often a run with a signal gives way to what may abort it, in milliseconds. */
const yieldEvery = 16;

/** A program's memory for some sizes, and what is done in it. */
interface Bound {
  readonly space: SharedSpace;
  readonly memory: SharedMemory<Memory>;
  /** The nests that are large enough to be divided. */
  readonly areDivided: readonly boolean[];
}

function positionsOf(program: Program, role: string): readonly number[] {
  return program.buffers.flatMap((buffer, position) => (buffer.role === role ? [position] : []));
}

function namedSizes(program: Program, sizes: readonly number[]): ReadonlyMap<string, number> {
  return new Map(program.sizes.map((name, at) => [name, sizes[at] ?? 0]));
}

/**
 * A program that runs on several threads, in memory that they share.
 *
 * @param crossover  nests of fewer operations run on the calling thread
 * @throws CompileError where there can be no threads, or another backend emitted the artifact.
 */
export async function loadOnThreads(artifact: Artifact, threads: number, crossover: number): Promise<DeviceProgram> {
  const { program } = artifact;
  const loaded = loadBanded(artifact);
  const why = threads > 1 ? whyNoThreads() : undefined;
  if (why !== undefined) throw new CompileError(`js: ${why}`);
  const allocate = (bytes: number): ArrayBuffer | SharedArrayBuffer => (threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  const [inputs, outputs] = [positionsOf(program, 'input'), positionsOf(program, 'output')];
  const { pool, giveBack } = usePool(threads);
  const code = pool.addCode(loaded.source, loaded.kernels);
  const reused = createReusedMemory(allocate);
  let states = createStates(program, allocate);
  let bound: Bound | undefined;
  let ranOn = 'js';

  const dividedFor = (sizes: readonly number[]): readonly boolean[] => program.nests.map(({ nest }, at) => loaded.areBanded[at] === true && workOf(nest, namedSizes(program, sizes)) >= crossover);
  const boundTo = (sizes: readonly number[]): Bound => {
    if (bound !== undefined && bound.space.sizes.every((size, at) => size === sizes[at])) return bound;
    forgetSpace();
    reused.giveBack();
    const space = createSharedSpace(program, states, sizes, reused.take);
    bound = { space, memory: pool.addMemory<Memory>({ buffers: space.buffers, sizes }), areDivided: dividedFor(sizes) };
    return bound;
  };
  const forgetSpace = (): void => {
    if (bound !== undefined) pool.forget(bound.memory);
    bound = undefined;
  };

  const runOnce = async ({ memory, areDivided }: Bound, first: number): Promise<void> => {
    for (let kernel = first; kernel < areDivided.length; kernel++) {
      const running = pool.run({ code, kernel, memory, extent: bandsOfNest, bands: areDivided[kernel] === true ? bandsOfNest : 1 });
      if (running !== undefined) await running;
    }
  };
  const runTimes = async (here: Bound, { times, records, signal }: DeviceRun): Promise<void> => {
    let last = performance.now();
    for (let time = 0; time < times; time++) {
      if (signal !== undefined && performance.now() - last > yieldEvery) {
        await pause();
        last = performance.now();
      }
      signal?.throwIfAborted();
      await runOnce(here, time === 0 ? 0 : program.invariant);
      for (const { from, to } of here.space.commits) to.set(from);
      outputs.forEach((position, at) => {
        const output = here.space.buffers[position];
        if (output !== undefined) records[at]?.set(output, time * output.length);
      });
    }
  };

  // Where sizes are numbers it is known by now whether there is something to divide.
  if (program.sizes.length === 0 && dividedFor([]).includes(true)) {
    try {
      await pool.ready();
    } catch (error) {
      giveBack();
      if (!(error instanceof ThreadError)) throw error;
      throw new CompileError(`js: ${error.message}`);
    }
  }
  return {
    get ranOn() {
      return ranOn;
    },
    run: async (request) => {
      const here = boundTo(request.sizes);
      inputs.forEach((position, at) => here.space.buffers[position]?.set(request.inputs[at] ?? []));
      const kept: readonly TypedArray[] = states.map((state) => state.slice());
      try {
        if (threads > 1 && here.areDivided.includes(true)) {
          await pool.exclusively(async () => {
            if (!pool.isReady()) await pool.ready();
            await runTimes(here, request);
          });
          ranOn = `js:${threads} threads`;
        } else {
          await runTimes(here, request);
          ranOn = 'js';
        }
      } catch (error) {
        states.forEach((state, at) => state.set(kept[at] ?? state));
        if (!(error instanceof ThreadError)) throw error;
        // A thread that is ended may go on for a moment: what it writes to must be no one's.
        forgetSpace();
        reused.leave();
        states = createStates(program, allocate);
        states.forEach((state, at) => state.set(kept[at] ?? state));
        throw new XcorrError(`js: ${error.message}\n  the states are as before the run, and the next one starts threads anew`);
      }
      outputs.forEach((position, at) => request.outputs[at]?.set(here.space.buffers[position] ?? []));
    },
    readStates: () => Promise.resolve(states.map((state) => state.slice())),
    writeStates: (values) => {
      states.forEach((state, at) => state.set(values[at] ?? state));
      return Promise.resolve();
    },
    dispose: () => {
      forgetSpace();
      pool.forget(code);
      giveBack();
    },
  };
}
