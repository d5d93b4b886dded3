import type { Program } from './program.ts';
import type { TypedArray } from '@xcorr/graph';

/** `sync`: results are there when a call returns. `async`: calls give promises. */
export type Mode = 'sync' | 'async';

/** What emission yields: text or bytes, made without running anything. */
export interface Artifact {
  readonly program: Program;
  readonly code: string | Uint8Array;
}

/** A loaded artifact: runs once over the program's buffers, in its order, with the values of its named sizes. */
export interface Kernel<M extends Mode> {
  readonly run: (buffers: readonly TypedArray[], sizes: readonly number[]) => M extends 'sync' ? void : Promise<void>;
}

/** What schedules are made for. */
export interface Machine {
  /** Values that fit in registers, about. */
  readonly registers: number;
  /** Elements that one instruction works on. */
  readonly lanes: number;
  /** True when loop bounds must be numbers: programs over named sizes are made anew for the sizes of each run. */
  readonly literalSizes: boolean;
}

/** A way to run programs. It sees programs alone, never graphs. */
export interface Backend<M extends Mode = Mode, Target = unknown> {
  readonly name: string;
  readonly mode: M;
  readonly machine: Machine;
  /** What the engine can do. */
  readonly detect: () => Target;
  /** Pure: the same program and target give the same artifact. */
  readonly emit: (program: Program, target: Target) => Artifact;
  readonly load: (artifact: Artifact) => M extends 'sync' ? Kernel<'sync'> : Promise<Kernel<'async'>>;
}
