import type { Feed, NdArray } from '@xcorr/graph';
import type { Artifact, Backend } from './backend.ts';
import { checkSpec, type CheckedSpec, type Named, type ProgramSpec } from './graph.ts';
import { lowerProgram } from './lower-program.ts';
import type { Program } from './program.ts';
import { createSession, type Session } from './run/session.ts';

/** Values by the names of a program's inputs. */
export type FeedsOf<Inputs extends Named> = { readonly [K in keyof Inputs]: Feed };

/** Fresh arrays by the names of a program's outputs; they belong to the caller. */
export type ResultsOf<Outputs extends Named> = { readonly [K in keyof Outputs]: NdArray };

/** A compiled program on a synchronous backend. */
export interface Executable<Inputs extends Named, States extends Named, Outputs extends Named> {
  /**
   * Runs once. All outputs and updates see the states as they were before; a run that throws changes nothing.
   *
   * @throws FeedError when an input is missing, unknown, or does not fit.
   */
  readonly run: (feeds: FeedsOf<Inputs>) => ResultsOf<Outputs>;
  /** The states as they are now, as copies. */
  readonly state: { readonly [K in keyof States]: NdArray };
  readonly program: Program;
  readonly artifact: Artifact;
  /** The backend that really runs it. */
  readonly ranOn: string;
}

/** A compiled program on an asynchronous backend. Overlapping runs are queued. */
export interface AsyncExecutable<Inputs extends Named, States extends Named, Outputs extends Named> {
  readonly run: (feeds: FeedsOf<Inputs>) => Promise<ResultsOf<Outputs>>;
  readonly state: { readonly [K in keyof States]: Promise<NdArray> };
  readonly program: Program;
  readonly artifact: Artifact;
  readonly ranOn: string;
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

function states(session: Session, { stateNames }: CheckedSpec): Record<string, NdArray> {
  return record(stateNames.keys(), (name) => session.readState(stateNames.get(name) ?? -1));
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
export function compile<Inputs extends Named = Record<never, never>, States extends Named = Record<never, never>, Outputs extends Named = Record<never, never>>(
  spec: ProgramSpec<Inputs, States, Outputs>,
  backend: Backend<'sync'>,
): Executable<Inputs, States, Outputs>;
export function compile<Inputs extends Named = Record<never, never>, States extends Named = Record<never, never>, Outputs extends Named = Record<never, never>>(
  spec: ProgramSpec<Inputs, States, Outputs>,
  backend: Backend<'async'>,
): Promise<AsyncExecutable<Inputs, States, Outputs>>;
export function compile(spec: ProgramSpec, backend: Backend<'sync'> | Backend<'async'>): Executable<Named, Named, Named> | Promise<AsyncExecutable<Named, Named, Named>> {
  const checked = checkSpec(spec);
  const program = lowerProgram(checked.graph, backend.machine);
  const artifact = backend.emit(program, backend.detect());
  return isSync(backend) ? loadSync(backend, checked, artifact) : loadAsync(backend, checked, artifact);
}

function isSync(backend: Backend<'sync'> | Backend<'async'>): backend is Backend<'sync'> {
  return backend.mode === 'sync';
}

function loadSync(backend: Backend<'sync'>, checked: CheckedSpec, artifact: Artifact): Executable<Named, Named, Named> {
  const { program } = artifact;
  const session = createSession(program, checked);
  const kernel = backend.load(artifact);
  return {
    program,
    artifact,
    ranOn: backend.name,
    state: states(session, checked),
    run: (feeds) => {
      const prepared = session.prepare(feeds);
      kernel.run(prepared.space.arrays, prepared.space.sizes);
      return session.finish(prepared);
    },
  };
}

async function loadAsync(backend: Backend<'async'>, checked: CheckedSpec, artifact: Artifact): Promise<AsyncExecutable<Named, Named, Named>> {
  const { program } = artifact;
  const session = createSession(program, checked);
  const kernel = await backend.load(artifact);
  let last: Promise<unknown> = Promise.resolve();
  const queued = <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    const result = last.then(work);
    // A run that fails must not stop those behind it; its caller has the rejection.
    last = result.catch(() => undefined);
    return result;
  };
  return {
    program,
    artifact,
    ranOn: backend.name,
    state: record(checked.stateNames.keys(), (name) => queued(() => session.readState(checked.stateNames.get(name) ?? -1))),
    run: (feeds) =>
      queued(async () => {
        const prepared = session.prepare(feeds);
        await kernel.run(prepared.space.arrays, prepared.space.sizes);
        return session.finish(prepared);
      }),
  };
}
