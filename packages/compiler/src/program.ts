import type { Shape, Storage } from '@xcorr/graph';
import type { LoopNest } from './nest.ts';
import type { Schedule } from './schedule/schedule.ts';

/**
 * `input`: the caller's or a view the program owns, read only. `state`: kept from run to run.
 * `next`: what a state becomes after the run. `constant`: known at compile time. `output`: results.
 * `temporary`: a place in the arena.
 */
export type BufferRole = 'input' | 'state' | 'next' | 'constant' | 'output' | 'temporary';

export interface Buffer {
  /** Made by the compiler, safe in any source: `b0`, `b1`, … Names from outside stand in `label` alone. */
  readonly id: string;
  readonly role: BufferRole;
  readonly shape: Shape;
  readonly storage: Storage;
  /** The user's name of an input, state or output; empty for others. */
  readonly label: string;
  /** The elements of a constant, the initial elements of a state. */
  readonly data?: Float64Array;
  /** Of a `next` buffer: the state that it becomes. A state that is updated in its own place has none. */
  readonly state?: string;
}

/** A nest and how it is to be run. */
export interface ScheduledNest {
  readonly nest: LoopNest;
  readonly schedule: Schedule;
}

/** What a backend sees: loop nests in order, and the buffers they work on. */
export interface Program {
  readonly buffers: readonly Buffer[];
  readonly nests: readonly ScheduledNest[];
  /** How many of the first nests give the same at all times of a call: where it runs again, they may be left out. */
  readonly invariant: number;
  /** Named sizes in the order in which a backend passes them. */
  readonly sizes: readonly string[];
  /** Temporaries with the nests, first and last, between which they live. What an invariant nest makes for others lives to the end. */
  readonly lifetimes: readonly Lifetime[];
}

export interface Lifetime {
  readonly buffer: string;
  readonly first: number;
  readonly last: number;
}

/** The constants of a program, by buffer. */
export function constantsOf(program: Program): ReadonlyMap<string, Float64Array> {
  return new Map(program.buffers.flatMap((buffer) => (buffer.role === 'constant' && buffer.data !== undefined ? [[buffer.id, buffer.data]] : [])));
}
