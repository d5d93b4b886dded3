import type { Feed, NdArray, TypedArray } from '@xcorr/graph';
import type { Artifact } from './backend.ts';
import type { Named, NamedOutputs } from './graph.ts';
import type { Program } from './program.ts';
import type { DeviceRunOptions, RunOptions } from './run/results.ts';

/** Values by the names of a program's inputs. */
export type FeedsOf<Inputs extends Named> = { readonly [K in keyof Inputs]: Feed };

/** Arrays by the names of a program's inputs or outputs. */
export type ArraysOf<Names extends NamedOutputs> = { readonly [K in keyof Names]: NdArray };

/** What a program was made of for one binding of its named sizes. */
export interface ReadyVariant {
  readonly sizes: ReadonlyMap<string, number>;
  readonly program: Program;
  readonly artifact: Artifact;
}

/** What is the same for every compiled program. */
interface Compiled {
  readonly program: Program;
  /**
   * The bindings of named sizes that are kept ready, at most four, with the program that runs for each: the one for any
   * size, or one made for these when the backend or `specialise` asks for it.
   */
  readonly variants: () => readonly ReadyVariant[];
}

/** A compiled program on a synchronous backend. */
export interface Executable<Inputs extends Named, States extends Named, Outputs extends NamedOutputs> extends Compiled {
  readonly artifact: Artifact;
  /** The backend that really runs it, as it says itself. */
  readonly ranOn: string;
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
  /** What was emitted; undefined where each binding of the named sizes has a program of its own, see `variants`. */
  readonly artifact: Artifact | undefined;
  /** Where it ran last, as the loaded program says itself; before a program of named sizes has run, the backend's name. */
  readonly ranOn: string;
  /**
   * Runs once, or `times` in one call, as on a synchronous backend. Only the outputs that `results` names are read back.
   *
   * @throws FeedError when an input is missing, unknown, or does not fit; the reason of `signal` when that is aborted.
   */
  readonly run: <Read extends keyof Outputs & string = keyof Outputs & string>(
    feeds: FeedsOf<Inputs>,
    options?: DeviceRunOptions<keyof Outputs & string, Read>,
  ) => Promise<{ readonly [K in Read]: NdArray }>;
  readonly state: { readonly [K in keyof States]: Promise<NdArray> };
  /** Gives back what the program holds on its device, after the runs that are queued; later ones are refused. */
  readonly dispose: () => Promise<void>;
}
