import { bandLimit, type Kernel, type Message } from './job.ts';
import { createTeam, type Team } from './team.ts';

/** Kernels that every thread has; over memory of one type. */
export interface Code<Memory> {
  readonly id: number;
  readonly kernels: readonly Kernel<Memory>[];
}

/** A value that every thread has a copy of, in which what is shared is the same: buffers, WebAssembly memories and modules. */
export interface SharedMemory<Memory> {
  readonly id: number;
  readonly memory: Memory;
}

/** What threads do together: the iterations 0 to extent - 1 of a kernel, in so many bands. */
export interface Job<Memory> {
  readonly code: Code<Memory>;
  /** The kernel's position in the code. */
  readonly kernel: number;
  readonly memory: SharedMemory<Memory>;
  readonly extent: number;
  /** In how many parts, of as equal lengths as can be. With one, the caller runs it alone. */
  readonly bands: number;
}

/** Threads that do one job after the other, the caller among them. */
export interface Pool {
  /** How many threads work on a job, the caller among them. */
  readonly threads: number;
  /** Whether they are all there. */
  readonly isReady: () => boolean;
  /**
   * Starts those that are not there, and waits for them.
   *
   * @throws ThreadError where there can be no threads, or one could not be started.
   */
  readonly ready: () => Promise<void>;
  /**
   * Gives code to all threads.
   *
   * @param source   the body of a function that returns `{ kernels }`, an array of functions that depend on nothing outside
   * @param kernels  the same functions, for the caller
   */
  readonly addCode: <Memory>(source: string, kernels: readonly Kernel<Memory>[]) => Code<Memory>;
  readonly addMemory: <Memory>(memory: Memory) => SharedMemory<Memory>;
  /** Lets threads forget code or memory, which no job may use from then on. */
  readonly forget: (added: Code<never> | SharedMemory<unknown>) => void;
  /** Does work during which no other work that is done so runs jobs: those of two programs must not meet. */
  readonly exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /**
   * Does a job. The caller takes bands like every thread: where others are late, it does more of them.
   *
   * @returns nothing when the job is done, a promise when it is not yet: a page's own thread may not sleep
   * @throws what the kernel threw, from another thread as an Error of its text, once no band runs any more; ThreadError
   *   when a thread ended while it had a band. Threads are then ended, and start anew at the next `ready`.
   */
  readonly run: <Memory>(job: Job<Memory>) => Promise<void> | undefined;
  /** Ends the threads; `ready` starts them anew. */
  readonly end: () => Promise<void>;
}

/**
 * A pool of threads for short jobs: handing one over takes microseconds, since threads share a few words of memory, look
 * at them for a while and then sleep, and messages are sent for code and memory alone. Threads are started by `ready`,
 * keep no process alive, and end with `end`.
 *
 * @param threads  how many work together, the caller among them
 * @example
 * const pool = createPool(2);
 * const source = 'return { kernels: [(memory, begin, end) => { for (let i = begin; i < end; i++) memory[i] = 2 * i; }] };';
 * const code = pool.addCode(source, new Function(source)().kernels);
 * const memory = pool.addMemory(new Int32Array(new SharedArrayBuffer(16)));
 * await pool.ready();
 * await pool.run({ code, kernel: 0, memory, extent: 4, bands: 2 });
 * await pool.end();
 * [...memory.memory]; // => [0, 2, 4, 6]
 */
export function createPool(threads: number): Pool {
  const known = new Map<number, Message>();
  let added = 0;
  let team: Team | undefined;
  let starting: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const add = (message: Message): void => {
    known.set(added, message);
    team?.post(message);
  };
  const start = async (): Promise<void> => {
    const fresh = createTeam(threads, [...known.values()]);
    team = fresh;
    try {
      await fresh.started;
    } catch (error) {
      if (team === fresh) team = undefined;
      throw error;
    } finally {
      starting = undefined;
    }
  };
  const living = (): Team | undefined => (team?.isWhole() === true ? team : undefined);
  const end = async (): Promise<void> => {
    const ended = team;
    team = undefined;
    await ended?.end();
  };
  return {
    threads,
    isReady: () => threads === 1 || living() !== undefined,
    ready: async () => {
      if (threads === 1 || living() !== undefined) return;
      // One of them was lost while there was nothing to do.
      if (starting === undefined && team !== undefined) await end();
      starting ??= start();
      await starting;
    },
    addCode: (source, kernels) => {
      const id = ++added;
      add({ kind: 'code', id, source });
      return { id, kernels };
    },
    addMemory: (memory) => {
      const id = ++added;
      add({ kind: 'memory', id, memory });
      return { id, memory };
    },
    forget: ({ id }) => {
      if (known.delete(id)) team?.post({ kind: 'forget', id });
    },
    exclusively: (work) => {
      const result = last.then(work);
      last = result.catch(() => undefined);
      return result;
    },
    run: (job) => {
      const working = living();
      if (working !== undefined && job.bands > 1) return working.run({ ...job, bands: Math.min(job.bands, job.extent, bandLimit - 1) });
      job.code.kernels[job.kernel]?.(job.memory.memory, 0, job.extent);
      return undefined;
    },
    end,
  };
}
