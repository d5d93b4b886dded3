import { compile, type Artifact, type Backend, type CompileOptions, type ProgramSpec, type RunOptions } from '@xcorr/compiler';
import { NdArray, type Feed } from '@xcorr/graph';

export type AnyBackend = Backend<'sync'> | Backend<'async'>;

export type Arrays = Readonly<Record<string, NdArray>>;
export type Feeds = Readonly<Record<string, Feed>>;

/** A compiled program, whatever the mode of its backend. */
export interface Runner {
  readonly artifact: Artifact;
  readonly ranOn: string;
  readonly run: (feeds: Feeds, options?: RunOptions) => Promise<Arrays>;
  /** The listed states as they are now. */
  readonly states: () => Promise<Arrays>;
  /** What synchronous programs alone can do. */
  readonly own: Own | undefined;
}

/** Runs that allocate nothing: over arrays of the caller's, or those that the program owns. */
export interface Own {
  readonly runInto: (feeds: Feeds, results: Arrays) => void;
  readonly inputs: Arrays;
  readonly outputs: Arrays;
}

export const named = <Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> => Object.fromEntries(entries);

/** The array of a name among what a program gave. */
export function required(arrays: Arrays, name: string): NdArray {
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (array === undefined) throw new TypeError(`there is no ${JSON.stringify(name)} among what the program gave`);
  return array;
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
  return {
    artifact: executable.artifact,
    ranOn: executable.ranOn,
    run: async (feeds, runOptions) => executable.run(feeds, runOptions),
    states: async () => named(await Promise.all(names.map(state))),
    own: 'runInto' in executable ? executable : undefined,
  };
}

export function copyOf({ shape, data }: NdArray): NdArray {
  return new NdArray(shape, data.slice());
}

export const copies = (arrays: Arrays): Arrays => named(Object.entries(arrays).map(([name, array]) => [name, copyOf(array)] as const));
