import type { DType, TypedArray } from '@xcorr/graph';
import type { Expressions } from './expression.ts';
import type { Lowered } from './lower/lower.ts';
import type { Names } from './lower/names.ts';
import type { Loop, LoopNest } from './nest.ts';
import type { Program } from './program.ts';
import type { Schedule } from './schedule/schedule.ts';

/** `sync`: results are there when a call returns. `async`: calls give promises. */
export type Mode = 'sync' | 'async';

/** What emission yields: text or bytes, made without running anything. */
export interface Artifact {
  readonly program: Program;
  readonly code: string | Uint8Array;
}

/** A loaded artifact that works on the caller's memory. */
export interface HostProgram {
  /** Where it runs, the backend's name or more: `gpu:webgl2`. */
  readonly ranOn: string;
  /**
   * Runs once over an array for each of the program's buffers, in its order, with the values of its named sizes.
   *
   * @param isAgain  whether it ran over these arrays just before, nothing but states having changed since: what the
   *   program's invariant nests made is still there, and they may be left out
   */
  readonly run: (buffers: readonly TypedArray[], sizes: readonly number[], isAgain?: boolean) => void;
}

/** What is asked of an `AbortSignal`, of a browser's or Node's. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  /** @throws the reason of an aborted signal */
  readonly throwIfAborted: () => void;
}

/** What a device is to do in one call. Inputs and outputs stand in the order of the program's buffers of that role. */
export interface DeviceRun {
  readonly inputs: readonly TypedArray[];
  readonly sizes: readonly number[];
  /** How often the program runs; each time sees the states that the one before it made. */
  readonly times: number;
  /** Where each output is written as the last time gave it; undefined for one that nobody wants. */
  readonly outputs: readonly (TypedArray | undefined)[];
  /** Where what each time gives of an output is written, one behind the other; undefined for one that is not recorded. */
  readonly records: readonly (TypedArray | undefined)[];
  /** Between two of the times it is looked at: a run that is aborted rejects with its reason. */
  readonly signal: AbortSignalLike | undefined;
}

/** A loaded artifact with memory of its own, in which states stay from run to run. */
export interface DeviceProgram {
  readonly ranOn: string;
  /** A run that rejects leaves the states as they were before it, or says which of their values are lost. */
  readonly run: (request: DeviceRun) => Promise<void>;
  /** Whether a run without a signal has read its inputs when it gives its promise: they need no copy then. */
  readonly readsAtOnce?: boolean;
  /** Copies of the states, in the program's order. */
  readonly readStates: () => Promise<readonly TypedArray[]>;
  readonly writeStates: (states: readonly TypedArray[]) => Promise<void>;
  /** Gives back what it holds; it does not run again. */
  readonly dispose: () => void;
}

/** What loading gives, by the backend's mode. */
export type LoadedProgram<M extends Mode> = M extends 'sync' ? HostProgram : DeviceProgram;

/** What schedules are made for. */
export interface Machine {
  /** Values that fit in registers, about. */
  readonly registers: number;
  /** Elements that one instruction works on. */
  readonly lanes: number;
  /** What it computes in. No program holds another, unless its graph does. Default: both. */
  readonly dtypes?: readonly DType[];
  /** True when loop bounds must be numbers: programs over named sizes are made anew for the sizes of each run. */
  readonly literalSizes: boolean;
  /** Set where each element of a result is computed by a thread of its own: `elementThreads` of @xcorr/compiler/device. */
  readonly elementThreads?: ElementThreads;
  /** Set where what an innermost loop has loaded stays in locals for its next iteration: tells what, of a scheduled nest. It explains; no schedule is chosen by it. */
  readonly keptLoads?: (nest: LoopNest) => readonly KeptLoads[];
}

/** What an innermost loop has loaded that its next iteration needs again. It stays in locals where these, with sums, are not too many. */
export interface KeptLoads {
  /** The loop, behind those around it, outer before inner. */
  readonly loops: readonly Loop[];
  /** Elements that an iteration needs, and how many of them the one before it has loaded. */
  readonly needed: number;
  readonly again: number;
  /** Sums that go on from one iteration to the next. */
  readonly sums: number;
  /** The most locals that outlive an iteration: with more, nothing is kept. */
  readonly most: number;
}

/**
 * What is made of programs for a thread for each element. The machine brings it: programs for others load none of it.
 * Every nest stores one result then, and sums of more terms are taken in bands, whose sums are summed by another nest.
 */
export interface ElementThreads {
  /** The most terms of a sum that a thread takes. */
  readonly longestSum: number;
  readonly splitSums: (lowered: Lowered, names: Names, make: Expressions) => Lowered;
  readonly chooseSchedule: (nest: LoopNest) => Schedule;
}

/** A way to run programs. It sees programs alone, never graphs. */
export interface Backend<M extends Mode = Mode, Target = unknown> {
  readonly name: string;
  readonly mode: M;
  readonly machine: Machine;
  /** What the engine can do. */
  readonly detect: () => M extends 'sync' ? Target : Promise<Target>;
  /** Pure: the same program and target give the same artifact. */
  readonly emit: (program: Program, target: Target) => Artifact;
  readonly load: (artifact: Artifact) => M extends 'sync' ? HostProgram : Promise<DeviceProgram>;
}
