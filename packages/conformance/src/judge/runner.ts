import { compile, type Artifact, type Backend, type CompileOptions, type DeviceRunOptions, type ProgramSpec, type RunOptions } from '@xcorr/compiler';
import { NdArray, type Feed } from '@xcorr/graph';

export type AnyBackend = Backend<'sync'> | Backend<'async'>;

export type Arrays = Readonly<Record<string, NdArray>>;
export type Feeds = Readonly<Record<string, Feed>>;

/** A compiled program, whatever the mode of its backend. */
export interface Runner {
  /** What runs for the sizes of the last runs. */
  readonly artifacts: () => readonly Artifact[];
  /** Where it ran last, as the program says itself. */
  readonly ranOn: () => string;
  readonly run: (feeds: Feeds, options?: RunOptions) => Promise<Arrays>;
  /** The listed states as they are now. */
  readonly states: () => Promise<Arrays>;
  /** What synchronous programs alone can do. */
  readonly own: Own | undefined;
  /** What asynchronous programs alone can do. */
  readonly device: Device | undefined;
  /** Gives back what it holds on a device. */
  readonly dispose: () => Promise<void>;
}

/** Runs that allocate nothing: over arrays of the caller's, or those that the program owns. */
export interface Own {
  readonly runInto: (feeds: Feeds, results: Arrays) => void;
  readonly inputs: Arrays;
  readonly outputs: Arrays;
}

/** Calls that may be aborted, and give what is asked for alone. */
export interface Device {
  readonly run: (feeds: Feeds, options: DeviceRunOptions) => Promise<Arrays>;
}

export const named = <Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> => Object.fromEntries(entries);

/** The array of a name among what a program gave. */
export function required(arrays: Arrays, name: string): NdArray {
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (array === undefined) throw new TypeError(`there is no ${JSON.stringify(name)} among what the program gave`);
  return array;
}

/** What holds memory of a device still, by the backend that it is for. */
const held = new WeakMap<AnyBackend, Set<() => Promise<void>>>();

/** Disposes of all programs of a backend that nobody has disposed of: no check leaves its programs to the next one. */
export async function disposeAll(backend: AnyBackend): Promise<void> {
  for (const dispose of held.get(backend) ?? []) await dispose();
}

/** Compiles for a backend of either mode. */
export async function runnerOf(spec: ProgramSpec, backend: AnyBackend, options: CompileOptions = {}): Promise<Runner> {
  // The two modes have results of different types: waiting makes them one.
  const executable = backend.mode === 'sync' ? compile(spec, backend, options) : await compile(spec, backend, options);
  const names = Object.keys(spec.state ?? {});
  const state = async (name: string): Promise<readonly [string, NdArray]> => {
    const array = await executable.state[name];
    if (array === undefined) throw new TypeError(`there is no state ${JSON.stringify(name)} in the program`);
    return [name, array];
  };
  const open = held.get(backend) ?? new Set();
  held.set(backend, open);
  const dispose = async (): Promise<void> => {
    if (open.delete(dispose) && 'dispose' in executable) await executable.dispose();
  };
  if ('dispose' in executable) open.add(dispose);
  return {
    dispose,
    artifacts: () => executable.variants().map(({ artifact }) => artifact),
    ranOn: () => executable.ranOn,
    run: async (feeds, runOptions) => executable.run(feeds, runOptions),
    states: async () => named(await Promise.all(names.map(state))),
    own: 'runInto' in executable ? executable : undefined,
    device: 'dispose' in executable ? { run: async (feeds, runOptions) => executable.run(feeds, runOptions) } : undefined,
  };
}

/** What a program gives that is run once. */
export async function resultsOf(spec: ProgramSpec, backend: AnyBackend, feeds: Feeds): Promise<Arrays> {
  const runner = await runnerOf(spec, backend);
  try {
    return await runner.run(feeds);
  } finally {
    await runner.dispose();
  }
}

export function copyOf({ shape, data }: NdArray): NdArray {
  return new NdArray(shape, data.slice());
}

export const copies = (arrays: Arrays): Arrays => named(Object.entries(arrays).map(([name, array]) => [name, copyOf(array)] as const));
