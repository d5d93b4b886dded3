import { literalShape, NdArray } from '@xcorr/graph';
import type { Backend, HostProgram } from '../backend.ts';
import type { Executable } from '../executable.ts';
import type { Named, NamedOutputs } from '../graph.ts';
import { gettersOf, programForSizes, type Compilation } from './compilation.ts';
import { commit, createMemorySpace, createKeepStates, createStates, type MemorySpace } from './memory-space.ts';
import { append, createFreshResults, readOptions } from './fresh-results.ts';
import { createTakePlain } from './plain-values.ts';
import { givenDestination, separate, shareMemory } from './results.ts';
import { createSession } from './session.ts';
import { createViews } from './views.ts';

const nothing = new Float32Array(0);

interface Ready {
  readonly loaded: HostProgram;
  readonly space: MemorySpace;
}

/** A program that runs in the caller's memory, on a synchronous backend. */
export function loadOnHost(backend: Backend<'sync'>, compilation: Compilation): Executable<Named, Named, NamedOutputs> {
  const { program, checked, options } = compilation;
  const { stateNames } = checked;
  const target = backend.detect();
  const artifact = backend.emit(program, target);
  const general = backend.load(artifact);
  const states = createStates(program);
  const session = createSession<Ready>({
    program,
    checked,
    variantFor: (sizes) => {
      const chosen = programForSizes(compilation, backend, sizes);
      const emitted = chosen === program ? artifact : backend.emit(chosen, target);
      const loaded = emitted === artifact ? general : backend.load(emitted);
      return { sizes, program: chosen, artifact: emitted, ready: { loaded, space: createMemorySpace(chosen, states, sizes, options.memoryLimit) } };
    },
  });
  const freshResults = createFreshResults(session);
  const keep = createKeepStates(states);
  const takeInputs = createTakePlain(session.inputs, 'read');
  const takeOutputs = createTakePlain(session.outputs, 'written');
  /** Checks the feeds and puts them into the space of their sizes. */
  const feed = (feeds: Readonly<Record<string, unknown>>): Ready => {
    const only = session.only()?.ready;
    if (only !== undefined && takeInputs(feeds, only.space.arrays)) return only;
    const { variant, values } = session.feed(feeds);
    for (const [at, { position }] of session.inputs.entries()) variant.ready.space.arrays[position] = values[at] ?? nothing;
    return variant.ready;
  };
  const readState = (at: number): NdArray => {
    const [slot, data] = [session.states[at], states[at]];
    if (slot === undefined || data === undefined) throw new TypeError('readState: there is no such state');
    return new NdArray(literalShape(slot.buffer.shape) ?? [], data.slice());
  };
  return {
    program,
    artifact,
    ranOn: general.ranOn,
    variants: session.variants,
    inputs: createViews(session.inputs, 'input'),
    outputs: createViews(session.outputs, 'output'),
    state: gettersOf(stateNames.keys(), (name) => readState(stateNames.get(name) ?? -1)),
    run: (feeds, runOptions) => {
      const { loaded, space } = feed(feeds);
      if (runOptions === undefined) {
        const results = freshResults.once(space);
        loaded.run(space.arrays, space.sizes, false);
        commit(space);
        return results;
      }
      const { arrays, sizes, commits } = space;
      const { times, record } = readOptions(session, runOptions);
      const { results, records } = freshResults.recorded(space, times, record);
      const restore = times > 1 ? keep() : undefined;
      try {
        for (let time = 0; time < times; time++) {
          loaded.run(arrays, sizes, time > 0);
          if (commits.length > 0) commit(space);
          append(records, time);
        }
      } catch (error) {
        restore?.();
        throw error;
      }
      return results;
    },
    runInto: (feeds, outputs) => {
      const { loaded, space } = feed(feeds);
      if (!takeOutputs(outputs, space.arrays) || shareMemory(session.outputs, space)) givenDestination(session, space, outputs);
      separate(session, space);
      loaded.run(space.arrays, space.sizes, false);
      commit(space);
    },
  };
}
