import { literalShape, NdArray, ValueError, type TypedArray } from '@xcorr/graph';
import type { Backend, DeviceProgram } from '../backend.ts';
import type { AsyncExecutable } from '../executable.ts';
import type { Named, NamedOutputs } from '../graph.ts';
import { gettersOf, isSpecialised, programForSizes, type Compilation } from './compilation.ts';
import { createStates, measure, type Measures } from './memory-space.ts';
import { deviceDestination, type DeviceRunOptions } from './results.ts';
import { createSession } from './session.ts';

interface Ready extends Measures {
  readonly loaded: Promise<DeviceProgram>;
}

/** True for results among which are those that were asked for by name. */
function areRead<Read extends string>(results: Readonly<Record<string, NdArray>>, names: readonly Read[] | undefined): results is Readonly<Record<string, NdArray>> & { readonly [K in Read]: NdArray } {
  return names === undefined || names.every((name) => Object.hasOwn(results, name));
}

/** Work that is done one after the other, whatever becomes of what came before. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    // A run that fails must not stop those behind it; its caller has the rejection.
    last = result.catch(() => undefined);
    return result;
  };
}

/**
 * A program that runs in memory of its own, on an asynchronous backend. States stay there; when the sizes of a run
 * change, and with them the program, they are handed over.
 */
export async function loadOnDevice(backend: Backend<'async'>, compilation: Compilation): Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const { program, checked, options } = compilation;
  const { stateNames } = checked;
  const target = await backend.detect();
  const specialised = isSpecialised(compilation, backend);
  const artifact = specialised ? undefined : backend.emit(program, target);
  const general = artifact === undefined ? undefined : await backend.load(artifact);
  const initial = createStates(program);
  /** What holds the states now. */
  let holder: DeviceProgram | undefined;
  let ranOn = general?.ranOn ?? backend.name;
  let isDisposed = false;
  /** No longer kept, but not given back yet: one of them may hold the states. */
  const forgotten = new Set<Promise<DeviceProgram>>();
  const session = createSession<Ready>({
    program,
    checked,
    variantFor: (sizes) => {
      const chosen = programForSizes(compilation, backend, sizes);
      const measures = measure(chosen, sizes, options.memoryLimit);
      if (chosen === program && artifact !== undefined && general !== undefined) return { sizes, program, artifact, ready: { ...measures, loaded: Promise.resolve(general) } };
      const emitted = backend.emit(chosen, target);
      return { sizes, program: chosen, artifact: emitted, ready: { ...measures, loaded: backend.load(emitted) } };
    },
    forget: (variant) => {
      if (variant.artifact !== artifact) forgotten.add(variant.ready.loaded);
    },
  });
  const inLine = createQueue();
  const queued = <Result>(work: () => Promise<Result>): Promise<Result> =>
    inLine(async () => {
      if (isDisposed) throw new ValueError('the program was disposed of and does not run again; compile it anew');
      return work();
    });
  const readStates = async (): Promise<readonly TypedArray[]> => holder?.readStates() ?? initial.map((state) => state.slice());
  const handOver = async (next: DeviceProgram): Promise<void> => {
    if (holder !== undefined && holder !== next && initial.length > 0) await next.writeStates(await holder.readStates());
    holder = next;
  };
  const giveBack = async (which: Iterable<Promise<DeviceProgram>>): Promise<void> => {
    for (const each of which) {
      forgotten.delete(each);
      // What could not be loaded holds nothing.
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await each.then((loaded) => loaded.dispose()).catch(() => undefined);
    }
  };
  return {
    program,
    artifact,
    get ranOn() {
      return ranOn;
    },
    variants: session.variants,
    state: gettersOf(stateNames.keys(), (name) =>
      queued(async () => {
        const at = stateNames.get(name) ?? -1;
        const [slot, data] = [session.states[at], (await readStates())[at]];
        if (slot === undefined || data === undefined) throw new TypeError('there is no such state');
        return new NdArray(literalShape(slot.buffer.shape) ?? [], data);
      }),
    ),
    run: <Read extends string>(feeds: Readonly<Record<string, unknown>>, runOptions: DeviceRunOptions<string, Read> = {}) =>
      queued(async () => {
        runOptions.signal?.throwIfAborted();
        const { variant, values } = session.feed(feeds);
        const destination = deviceDestination(session, variant.ready, runOptions);
        const loaded = await variant.ready.loaded;
        await handOver(loaded);
        await giveBack(forgotten);
        await loaded.run({
          inputs: values,
          sizes: variant.program.sizes.map((name) => variant.sizes.get(name) ?? 0),
          times: destination.times,
          outputs: destination.outputs,
          records: destination.records,
          signal: runOptions.signal,
        });
        ranOn = loaded.ranOn;
        const { results } = destination;
        if (!areRead(results, runOptions.results)) throw new TypeError('an output that was read is not among the results');
        return results;
      }),
    dispose: () =>
      inLine(async () => {
        if (isDisposed) return;
        isDisposed = true;
        await giveBack([...forgotten, ...session.variants().map(({ ready }) => ready.loaded), ...(general === undefined ? [] : [Promise.resolve(general)])]);
      }),
  };
}
