import type { Feed, NdArray, TypedArray } from '@xcorr/graph';
import type { Artifact, Backend } from './backend.ts';
import { checkSpec, type CheckedSpec, type Named, type NamedOutputs, type ProgramSpec } from './graph.ts';
import { lowerProgram } from './lower-program.ts';
import type { Program } from './program.ts';
import { freshDestination, givenDestination, separate, type RunOptions } from './run/results.ts';
import { createSession, type Session } from './run/session.ts';
import { createViews } from './run/views.ts';

/** Values by the names of a program's inputs. */
export type FeedsOf<Inputs extends Named> = { readonly [K in keyof Inputs]: Feed };

/** Arrays by the names of a program's inputs or outputs. */
export type ArraysOf<Names extends NamedOutputs> = { readonly [K in keyof Names]: NdArray };

/** What is the same for every compiled program. */
interface Compiled {
  readonly program: Program;
  readonly artifact: Artifact;
  /** The backend that really runs it. */
  readonly ranOn: string;
}

/** A compiled program on a synchronous backend. */
export interface Executable<Inputs extends Named, States extends Named, Outputs extends NamedOutputs> extends Compiled {
  /**
   * Runs once, or `times` in one call. All outputs and updates see the states as they were before each time; a run that
   * throws changes nothing. The results are fresh arrays that belong to the caller.
   *
   * @throws FeedError when an input is missing, unknown, or does not fit.
   */
  readonly run: (feeds: FeedsOf<Inputs>, options?: RunOptions<keyof Outputs & string>) => ArraysOf<Outputs>;
  /**
   * Runs once and writes the results into arrays of the caller's; allocates nothing when the feeds are arrays.
   *
   * @throws FeedError when an input or an output is missing or does not fit.
   */
  readonly runInto: (feeds: FeedsOf<Inputs>, outputs: { readonly [K in keyof Outputs]: NdArray | TypedArray }) => void;
  /** Arrays that the program owns, to be written and fed. */
  readonly inputs: ArraysOf<Inputs>;
  /** Arrays that the program owns, to be given to runInto. */
  readonly outputs: ArraysOf<Outputs>;
  /** The states as they are now, as copies. */
  readonly state: ArraysOf<States>;
}

/** A compiled program on an asynchronous backend. Overlapping runs are queued. */
export interface AsyncExecutable<Inputs extends Named, States extends Named, Outputs extends NamedOutputs> extends Compiled {
  readonly run: (feeds: FeedsOf<Inputs>, options?: RunOptions<keyof Outputs & string>) => Promise<ArraysOf<Outputs>>;
  readonly state: { readonly [K in keyof States]: Promise<NdArray> };
}

export interface CompileOptions {
  /** What one binding of the named sizes may take, in bytes. Default: 4 GiB. */
  readonly memoryLimit?: number;
}

/** A spec's program for a backend, not yet emitted. */
export function programFor(spec: ProgramSpec, backend: Pick<Backend, 'machine'>): Program {
  return lowerProgram(checkSpec(spec).graph, backend.machine);
}

function record<Value>(names: Iterable<string>, value: (name: string) => Value): Record<string, Value> {
  const result: Record<string, Value> = {};
  for (const name of names) Object.defineProperty(result, name, { get: () => value(name), enumerable: true });
  return result;
}

/**
 * Compiles outputs and updates into one program: forward, backward and update together.
 *
 * @param spec inputs, states, outputs by name, and what states become
 * @param backend where it is to run: `js()` of @xcorr/backend-js
 * @throws CompileError when an input is not listed, two sources share a name, or an update does not fit.
 * @example
 * const x = input('x', [3]);
 * const double = compile({ inputs: { x }, outputs: { y: mul(x, 2) } }, js());
 * double.run({ x: [1, 2, 3] }).y.toNested(); // => [2, 4, 6]
 */
export function compile<
  Inputs extends Named = Record<never, never>,
  States extends Named = Record<never, never>,
  Outputs extends NamedOutputs = Record<never, never>,
>(spec: ProgramSpec<Inputs, States, Outputs>, backend: Backend<'sync'>, options?: CompileOptions): Executable<Inputs, States, Outputs>;
export function compile<
  Inputs extends Named = Record<never, never>,
  States extends Named = Record<never, never>,
  Outputs extends NamedOutputs = Record<never, never>,
>(spec: ProgramSpec<Inputs, States, Outputs>, backend: Backend<'async'>, options?: CompileOptions): Promise<AsyncExecutable<Inputs, States, Outputs>>;
export function compile(
  spec: ProgramSpec,
  backend: Backend<'sync'> | Backend<'async'>,
  { memoryLimit }: CompileOptions = {},
): Executable<Named, Named, NamedOutputs> | Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const checked = checkSpec(spec);
  const program = lowerProgram(checked.graph, backend.machine);
  const artifact = backend.emit(program, backend.detect());
  const session = createSession(program, checked, memoryLimit);
  return isSync(backend) ? loadSync(backend, checked, artifact, session) : loadAsync(backend, checked, artifact, session);
}

function isSync(backend: Backend<'sync'> | Backend<'async'>): backend is Backend<'sync'> {
  return backend.mode === 'sync';
}

function loadSync(backend: Backend<'sync'>, { stateNames }: CheckedSpec, artifact: Artifact, session: Session): Executable<Named, Named, NamedOutputs> {
  const kernel = backend.load(artifact);
  return {
    program: artifact.program,
    artifact,
    ranOn: backend.name,
    inputs: createViews(session.inputs, 'input'),
    outputs: createViews(session.outputs, 'output'),
    state: record(stateNames.keys(), (name) => session.readState(stateNames.get(name) ?? -1)),
    run: (feeds, options = {}) => {
      const space = session.feed(feeds);
      const { times, aim, results } = freshDestination(session, space, options);
      for (let time = 0; time < times; time++) {
        aim(space, time);
        kernel.run(space.arrays, space.sizes);
        session.commit(space);
      }
      return results;
    },
    runInto: (feeds, outputs) => {
      const space = session.feed(feeds);
      givenDestination(session, space, outputs);
      separate(session, space);
      kernel.run(space.arrays, space.sizes);
      session.commit(space);
    },
  };
}

async function loadAsync(
  backend: Backend<'async'>,
  { stateNames }: CheckedSpec,
  artifact: Artifact,
  session: Session,
): Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const kernel = await backend.load(artifact);
  let last: Promise<unknown> = Promise.resolve();
  const queued = <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    // A run that fails must not stop those behind it; its caller has the rejection.
    last = result.catch(() => undefined);
    return result;
  };
  return {
    program: artifact.program,
    artifact,
    ranOn: backend.name,
    state: record(stateNames.keys(), (name) => queued(() => session.readState(stateNames.get(name) ?? -1))),
    run: (feeds, options = {}) =>
      queued(async () => {
        const space = session.feed(feeds);
        const { times, aim, results } = freshDestination(session, space, options);
        for (let time = 0; time < times; time++) {
          aim(space, time);
          // oxlint-disable-next-line no-await-in-loop -- each time sees the states that the one before it made
          await kernel.run(space.arrays, space.sizes);
          session.commit(space);
        }
        return results;
      }),
  };
}
