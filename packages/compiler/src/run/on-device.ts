import { literalShape, NdArray, ValueError, type TypedArray } from '@xcorr/graph';
import type { Backend, DeviceProgram } from '../backend.ts';
import type { AsyncExecutable } from '../executable.ts';
import type { Named, NamedOutputs } from '../graph.ts';
import { gettersOf, isSpecialised, programForSizes, type Compilation } from './compilation.ts';
import { deviceDestination } from './device-results.ts';
import { createStates, measure, type Measures } from './memory-space.ts';
import type { DeviceRunOptions } from './results.ts';
import { createSession } from './session.ts';

interface Ready extends Measures {
  /** Loads the program, or gives it where it is loaded; when that fails, it is loaded anew the next time. */
  readonly load: () => Promise<DeviceProgram>;
  /** What was loaded, or is being loaded. */
  readonly loaded: () => Promise<DeviceProgram> | undefined;
  /** What was loaded. */
  readonly now: () => DeviceProgram | undefined;
  /** Runs that wait for it or use it. */
  users: number;
}

function createReady(measures: Measures, load: () => Promise<DeviceProgram>, loaded?: DeviceProgram): Ready {
  let current = loaded === undefined ? undefined : Promise.resolve(loaded);
  let now = loaded;
  return {
    ...measures,
    users: 0,
    loaded: () => current,
    now: () => now,
    load: () => {
      const loading = current ?? load();
      current = loading;
      void loading.catch(() => undefined).then((program) => {
        now = program;
        if (program === undefined && current === loading) current = undefined;
        return program;
      });
      return loading;
    },
  };
}

/** True for results among which are those that were asked for by name. */
function areRead<Read extends string>(results: Readonly<Record<string, NdArray>>, names: readonly Read[] | undefined): results is Readonly<Record<string, NdArray>> & { readonly [K in Read]: NdArray } {
  return names === undefined || names.every((name) => Object.hasOwn(results, name));
}

/** Work that is done one after the other, whatever becomes of what came before. */
interface Queue {
  readonly add: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly isEmpty: () => boolean;
  /** Adds what has begun; only where the queue is empty. */
  readonly addBegun: <Result>(result: Promise<Result>) => Promise<Result>;
}

function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let length = 0;
  // A run that fails must not stop those behind it; its caller has the rejection.
  const leave = (): void => void length--;
  const addBegun: Queue['addBegun'] = (result) => {
    length++;
    last = result.then(leave, leave);
    return result;
  };
  return { add: (work) => addBegun(last.then(work)), isEmpty: () => length === 0, addBegun };
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
  /** No longer kept, but not given back yet: one of them may hold the states, or have runs that wait for it. */
  const forgotten = new Set<Ready>();
  const session = createSession<Ready>({
    program,
    checked,
    variantFor: (sizes) => {
      const chosen = programForSizes(compilation, backend, sizes);
      const measures = measure(chosen, sizes, options.memoryLimit);
      if (chosen === program && artifact !== undefined && general !== undefined) return { sizes, program, artifact, ready: createReady(measures, () => backend.load(artifact), general) };
      const emitted = backend.emit(chosen, target);
      return { sizes, program: chosen, artifact: emitted, ready: createReady(measures, () => backend.load(emitted)) };
    },
    forget: (variant) => {
      if (variant.artifact !== artifact) forgotten.add(variant.ready);
    },
  });
  const queue = createQueue();
  const checkIsThere = (): void => {
    if (isDisposed) throw new ValueError('the program was disposed of and does not run again; compile it anew');
  };
  const readStates = async (): Promise<readonly TypedArray[]> => holder?.readStates() ?? initial.map((state) => state.slice());
  const handOver = async (next: DeviceProgram): Promise<void> => {
    if (holder !== undefined && holder !== next && initial.length > 0) await next.writeStates(await holder.readStates());
    holder = next;
  };
  /** What may run now, in the caller's arrays: nothing is ahead of it, and it has the states. */
  const readingAtOnce = (ready: Ready, signal: unknown): DeviceProgram | undefined => {
    const loaded = ready.now();
    const hasStates = holder === undefined || holder === loaded || initial.length === 0;
    return loaded?.readsAtOnce === true && signal === undefined && hasStates && forgotten.size === 0 && queue.isEmpty() ? loaded : undefined;
  };
  const giveBack = async (which: Iterable<Ready>): Promise<void> => {
    for (const each of which) {
      forgotten.delete(each);
      // What could not be loaded holds nothing.
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await each.loaded()?.then((loaded) => loaded.dispose()).catch(() => undefined);
    }
  };
  return {
    program,
    artifact,
    get ranOn() {
      return ranOn;
    },
    variants: session.variants,
    state: gettersOf(stateNames.keys(), async (name) => {
      checkIsThere();
      return queue.add(async () => {
        const at = stateNames.get(name) ?? -1;
        const [slot, data] = [session.states[at], (await readStates())[at]];
        if (slot === undefined || data === undefined) throw new TypeError('there is no such state');
        return new NdArray(literalShape(slot.buffer.shape) ?? [], data);
      });
    }),
    run: async <Read extends string>(feeds: Readonly<Record<string, unknown>>, runOptions: DeviceRunOptions<string, Read> = {}) => {
      checkIsThere();
      // All that the caller gives is read before this returns, also by a run that waits: it may change it then.
      const { signal } = runOptions;
      const { variant, values } = session.feed(feeds);
      const { ready } = variant;
      const { times, outputs, records, results } = deviceDestination(session, ready, runOptions);
      if (!areRead(results, runOptions.results)) throw new TypeError('an output that was read is not among the results');
      const sizes = variant.program.sizes.map((size) => variant.sizes.get(size) ?? 0);
      const runOn = async (loaded: DeviceProgram, inputs: readonly TypedArray[]): Promise<typeof results> => {
        await loaded.run({ inputs, sizes, times, outputs, records, signal });
        ranOn = loaded.ranOn;
        return results;
      };
      const now = readingAtOnce(ready, signal);
      ready.users++;
      const done = (): number => ready.users--;
      if (now !== undefined) {
        holder = now;
        return queue.addBegun(runOn(now, values)).finally(done);
      }
      const inputs = values.map((value) => value.slice());
      return queue.add(async () => {
        signal?.throwIfAborted();
        const loaded = await ready.load();
        await handOver(loaded);
        await giveBack([...forgotten].filter((each) => each.users === 0));
        return runOn(loaded, inputs);
      }).finally(done);
    },
    dispose: async () => {
      if (isDisposed) return queue.add(() => Promise.resolve());
      isDisposed = true;
      return queue.add(async () => {
        await giveBack([...forgotten, ...session.variants().map(({ ready }) => ready)]);
        general?.dispose();
      });
    },
  };
}
