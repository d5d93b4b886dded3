/** A part of a job's iterations: `begin` to `end - 1`. Parts may run at once, on any thread, in any order. */
export type Kernel<Memory> = (memory: Memory, begin: number, end: number) => void;

/** What threads are told. All but the first message is counted, see `mail`. */
export type Message =
  | { readonly kind: 'start'; readonly words: Int32Array; readonly text: Uint16Array; readonly places: Places; readonly spin: number }
  /** The body of a function that returns `{ kernels }`. */
  | { readonly kind: 'code'; readonly id: number; readonly source: string }
  | { readonly kind: 'memory'; readonly id: number; readonly memory: unknown }
  | { readonly kind: 'forget'; readonly id: number };

/** What a thread says: that it is there, or that it finished the last band of a job. */
export type Answer = 'ready' | 'done';

/**
 * Where what threads share about the job stands in a list of 32-bit words. What many threads change stands in cache
 * lines of its own.
 */
export interface Places {
  /** Changes whenever there is something to look at; threads sleep on it. */
  readonly bell: number;
  /**
   * The job's number, and in the lowest 12 bits how many of its bands nobody has taken yet. Who takes one counts that
   * down by compare and exchange, which fails when it is another job's by now: what was read of the job is then of no
   * account. While a band is left to take, nothing that tells of the job changes.
   */
  readonly ticket: number;
  /** Bands that were finished; the caller sleeps on it. */
  readonly finished: number;
  /** How many messages were sent. A thread that has received fewer goes back to its event loop, where they arrive. */
  readonly mail: number;
  readonly sleepers: number;
  /** 1 when who finishes the last band has to say so by a message. */
  readonly listening: number;
  /** 1 when a band threw; what it threw stands in `text`, its length in `failure`. */
  readonly failed: number;
  readonly failure: number;
  readonly code: number;
  readonly kernel: number;
  readonly memory: number;
  readonly extent: number;
  readonly bands: number;
}

export const places: Places = {
  bell: 0,
  ticket: 16,
  finished: 32,
  mail: 48,
  sleepers: 49,
  listening: 50,
  failed: 51,
  failure: 52,
  code: 64,
  kernel: 65,
  memory: 66,
  extent: 67,
  bands: 68,
};

export const wordCount = 80;

/** Characters of an error that cross from thread to thread. */
export const textLength = 1024;

/** A job has fewer bands than this. */
export const bandLimit: number = 2 ** 12;
