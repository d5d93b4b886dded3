import type { Feed, NdArray, TypedArray } from '@xcorr/graph';
import type { Artifact, Backend } from './backend.ts';
import { checkSpec, type CheckedSpec, type Named, type NamedOutputs, type ProgramSpec } from './graph.ts';
import { lowerProgram } from './lower-program.ts';
import type { Program } from './program.ts';
import { freshDestination, givenDestination, separate, type RunOptions } from './run/results.ts';
import { createSession } from './run/session.ts';
import { specialiseGraph } from './run/variants.ts';
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
  /**
   * The bindings of named sizes that are kept ready, at most four, with the program that runs for each: the one for any
   * size, or one made for these when the backend or `specialise` asks for it.
   */
  readonly variants: () => readonly { readonly sizes: ReadonlyMap<string, number>; readonly program: Program }[];
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
  /** Compiles a program of its own for each binding of the named sizes, at first use. Default: if the backend must. */
  readonly specialise?: boolean;
  /**
   * Called before anything is compiled, to throw where a stage would not compute the graph: `certify` of
   * @xcorr/compiler/certify. Default: nothing is checked.
   */
  readonly certify?: (spec: ProgramSpec, backend: Pick<Backend, 'machine'>) => unknown;
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
  options: CompileOptions = {},
): Executable<Named, Named, NamedOutputs> | Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const checked = checkSpec(spec);
  options.certify?.(spec, backend);
  const program = lowerProgram(checked.graph, backend.machine);
  return backend.mode === 'sync' ? loadSync(backend, checked, program, options) : loadAsync(backend, checked, program, options);
}

/** The program for some sizes: the one for any size, unless sizes must be numbers or the caller wants them to be. */
function chooseProgram({ graph }: CheckedSpec, program: Program, backend: Backend, options: CompileOptions, sizes: ReadonlyMap<string, number>): Program {
  const wanted = program.sizes.length > 0 && (options.specialise ?? backend.machine.literalSizes);
  return wanted ? lowerProgram(specialiseGraph(graph, sizes), backend.machine) : program;
}

function loadSync(backend: Backend<'sync'>, checked: CheckedSpec, program: Program, options: CompileOptions): Executable<Named, Named, NamedOutputs> {
  const target = backend.detect();
  const artifact = backend.emit(program, target);
  const general = backend.load(artifact);
  const session = createSession({
    program,
    checked,
    memoryLimit: options.memoryLimit,
    programFor: (sizes) => {
      const chosen = chooseProgram(checked, program, backend, options, sizes);
      return { program: chosen, kernel: chosen === program ? general : backend.load(backend.emit(chosen, target)) };
    },
  });
  const { stateNames } = checked;
  return {
    program,
    artifact,
    ranOn: backend.name,
    variants: session.variants,
    inputs: createViews(session.inputs, 'input'),
    outputs: createViews(session.outputs, 'output'),
    state: record(stateNames.keys(), (name) => session.readState(stateNames.get(name) ?? -1)),
    run: (feeds, runOptions = {}) => {
      const variant = session.feed(feeds);
      const { kernel, space } = variant;
      const { times, keep, results } = freshDestination(session, space, runOptions);
      const restore = times > 1 ? session.keepStates() : undefined;
      try {
        for (let time = 0; time < times; time++) {
          kernel.run(space.arrays, space.sizes);
          session.commit(variant);
          keep(time);
        }
      } catch (error) {
        restore?.();
        throw error;
      }
      return results;
    },
    runInto: (feeds, outputs) => {
      const variant = session.feed(feeds);
      const { kernel, space } = variant;
      givenDestination(session, space, outputs);
      separate(session, space);
      kernel.run(space.arrays, space.sizes);
      session.commit(variant);
    },
  };
}

async function loadAsync(
  backend: Backend<'async'>,
  checked: CheckedSpec,
  program: Program,
  options: CompileOptions,
): Promise<AsyncExecutable<Named, Named, NamedOutputs>> {
  const target = backend.detect();
  const artifact = backend.emit(program, target);
  // Without literal sizes there is nothing to load before the first run.
  const general = program.sizes.length > 0 && (options.specialise ?? backend.machine.literalSizes) ? undefined : await backend.load(artifact);
  const session = createSession({
    program,
    checked,
    memoryLimit: options.memoryLimit,
    programFor: (sizes) => {
      const chosen = chooseProgram(checked, program, backend, options, sizes);
      return { program: chosen, kernel: general === undefined ? backend.load(backend.emit(chosen, target)) : Promise.resolve(general) };
    },
  });
  const { stateNames } = checked;
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
    variants: session.variants,
    state: record(stateNames.keys(), (name) => queued(() => session.readState(stateNames.get(name) ?? -1))),
    run: (feeds, runOptions = {}) =>
      queued(async () => {
        const variant = session.feed(feeds);
        const { space } = variant;
        const kernel = await variant.kernel;
        const { times, keep, results } = freshDestination(session, space, runOptions);
        const restore = session.keepStates();
        try {
          for (let time = 0; time < times; time++) {
            // oxlint-disable-next-line no-await-in-loop -- each time sees the states that the one before it made
            await kernel.run(space.arrays, space.sizes);
            session.commit(variant);
            keep(time);
          }
        } catch (error) {
          restore();
          throw error;
        }
        return results;
      }),
  };
}
