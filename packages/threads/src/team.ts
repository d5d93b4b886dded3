import { maySleep, startThread, type Thread } from './host.ts';
import { bandLimit, places, textLength, wordCount, type Message } from './job.ts';
import type { Job } from './pool.ts';
import { takeBands } from './take-bands.ts';
import { ThreadError } from './thread-error.ts';

declare const performance: { readonly now: () => number };

/** For so long a thread without work looks for some before it sleeps, in milliseconds: longer than from nest to nest. */
const workerSpin = 0.05;

/** For so long the caller looks whether others are done before it sleeps. */
const callerSpin = 0.1;

/** For so long the caller sleeps. Behind that it gives way to the event loop, where the end of a thread is noticed. */
const callerSleep = 20;

/** Threads that live and end together. */
export interface Team {
  /** When all are there. */
  readonly started: Promise<void>;
  /** Whether all are there and live. */
  readonly isWhole: () => boolean;
  readonly post: (message: Message) => void;
  readonly run: <Memory>(job: Job<Memory>) => Promise<void> | undefined;
  readonly end: () => Promise<void>;
}

/** Starts all threads but the caller, and sends them what they are to know. */
export function createTeam(threads: number, messages: readonly Message[]): Team {
  const words = new Int32Array(new SharedArrayBuffer(4 * wordCount));
  const text = new Uint16Array(new SharedArrayBuffer(2 * textLength));
  const sleeps = maySleep();
  let missing = threads - 1;
  let jobs = 0;
  let lost: ThreadError | undefined;
  let settleStart: ((error?: ThreadError) => void) | undefined;
  let wake: (() => void) | undefined;
  const started = new Promise<void>((resolve, reject) => {
    settleStart = (error) => (error === undefined ? resolve() : reject(error));
  });
  const team: Thread[] = [];

  const ring = (): void => {
    Atomics.add(words, places.bell, 1);
    if (Atomics.load(words, places.sleepers) > 0) Atomics.notify(words, places.bell);
  };
  const post = (message: Message): void => {
    // Counted first: who finds less in its mail than was counted waits for the rest.
    Atomics.add(words, places.mail, 1);
    for (const thread of team) thread.post(message);
    ring();
  };
  const end = async (): Promise<void> => {
    lost ??= new ThreadError('the threads were ended');
    settleStart?.(lost);
    await Promise.all(team.map((thread) => thread.end()));
  };
  const leave = (reason: string): void => {
    lost ??= new ThreadError(missing > 0 ? `a thread could not be started: ${reason}` : `a thread was lost while it worked: ${reason}`);
    // Of a team that is not whole none must stay.
    if (missing > 0) end().catch(() => undefined);
    wake?.();
  };
  const said = (answer: 'ready' | 'done'): void => {
    if (answer === 'done') return wake?.();
    if (--missing > 0) return;
    for (const thread of team) thread.hold(false);
    settleStart?.();
  };
  for (let number = 1; number < threads; number++) {
    const thread = startThread(`xcorr thread ${number + 1} of ${threads}`, { said, ended: leave });
    team.push(thread);
    thread.post({ kind: 'start', words, text, places, spin: workerSpin });
  }
  for (const message of messages) post(message);

  const isFinished = (bands: number): boolean => Atomics.load(words, places.finished) === bands;
  /** Looks for a while, then sleeps for a while where it may: whether all bands are finished. */
  const waitFor = (bands: number): boolean => {
    const until = performance.now() + callerSpin;
    do {
      for (let look = 0; look < 100; look++) if (isFinished(bands)) return true;
    } while (performance.now() < until);
    const awake = performance.now() + callerSleep;
    if (!sleeps) return isFinished(bands);
    for (let left = callerSleep; left > 0; left = awake - performance.now()) {
      const finished = Atomics.load(words, places.finished);
      if (finished === bands) return true;
      Atomics.wait(words, places.finished, finished, left);
    }
    return isFinished(bands);
  };
  const settle = (own: { readonly error: unknown } | undefined): void => {
    if (own !== undefined) throw own.error;
    if (words[places.failed] === 1) throw new Error(String.fromCharCode(...text.subarray(0, words[places.failure])));
  };
  /** Waits in the event loop. Meanwhile the process must not end for want of work. */
  const finishLater = async (bands: number, own: { readonly error: unknown } | undefined): Promise<void> => {
    for (const thread of team) thread.hold(true);
    Atomics.store(words, places.listening, 1);
    try {
      while (!isFinished(bands)) {
        if (lost !== undefined) {
          await end();
          throw lost;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (isFinished(bands)) resolve();
        });
      }
    } finally {
      wake = undefined;
      Atomics.store(words, places.listening, 0);
      for (const thread of team) thread.hold(false);
    }
    settle(own);
  };
  return {
    started,
    isWhole: () => missing === 0 && lost === undefined,
    post,
    run: ({ code, kernel, memory, extent, bands }) => {
      words[places.code] = code.id;
      words[places.kernel] = kernel;
      words[places.memory] = memory.id;
      words[places.extent] = extent;
      words[places.bands] = bands;
      words[places.failed] = 0;
      Atomics.store(words, places.finished, 0);
      Atomics.store(words, places.ticket, (++jobs * bandLimit) | bands);
      ring();
      let own: { readonly error: unknown } | undefined;
      const run = code.kernels[kernel];
      takeBands(words, places, {
        isInformed: () => true,
        run: (begin, end) => {
          // Where it failed, the rest of it is of no use to anyone.
          if (own !== undefined) return;
          try {
            run?.(memory.memory, begin, end);
          } catch (error) {
            own = { error };
          }
        },
        finishedAll: () => undefined,
      });
      if (!waitFor(bands)) return finishLater(bands, own);
      settle(own);
      return undefined;
    },
    end,
  };
}
