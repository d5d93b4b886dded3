/** The signals by which a user or a system asks the command to end, with their numbers: the status is 128 more. */
const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type Signal = keyof typeof numbers;
const signals: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** A part of `process`. */
export interface Signalled {
  on(signal: Signal, listener: (signal: Signal) => void): unknown;
  removeListener(signal: Signal, listener: (signal: Signal) => void): unknown;
  exit(status: number): never;
}

export interface Interruption {
  /**
   * Ends the process with 130 at SIGINT (Ctrl-C), 143 at SIGTERM and 129 at SIGHUP: at once, or when the file that is
   * being written has its name or is gone.
   */
  readonly listenForSignals: () => void;
  /** Runs what must not end halfway. */
  readonly untilWritten: <Result>(write: () => Promise<Result>) => Promise<Result>;
  /**
   * Runs what keeps the thread busy, or waits for a device. No listener is called meanwhile: with none, the system itself
   * ends the process at a signal, at once, and shells report the same status.
   */
  readonly whileComputing: <Result>(compute: () => Result | Promise<Result>) => Promise<Result>;
  /** Has something put in order before a signal ends the process. Returns what takes the wish back. */
  readonly beforeLeaving: (tidy: () => void) => () => void;
}

export function createInterruption(process: Signalled): Interruption {
  let listening = false;
  let writing = 0;
  let asked: Signal | undefined;
  const tidying = new Set<() => void>();
  const leave = (signal: Signal): never => {
    for (const tidy of tidying) tidy();
    return process.exit(128 + numbers[signal]);
  };
  const onSignal = (signal: Signal): void => {
    // Asked a second time, the user will not wait for a file to be whole.
    if (writing === 0 || asked !== undefined) leave(signal);
    asked = signal;
  };
  const listen = (): void => {
    for (const signal of signals) process.on(signal, onSignal);
  };
  return {
    listenForSignals: () => {
      listening = true;
      listen();
    },
    untilWritten: async (write) => {
      writing += 1;
      try {
        return await write();
      } finally {
        writing -= 1;
        if (writing === 0 && asked !== undefined) leave(asked);
      }
    },
    whileComputing: async (compute) => {
      // Signals that came already are heard first.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (!listening) return compute();
      for (const signal of signals) process.removeListener(signal, onSignal);
      try {
        return await compute();
      } finally {
        listen();
      }
    },
    beforeLeaving: (tidy) => {
      tidying.add(tidy);
      return () => void tidying.delete(tidy);
    },
  };
}

const ofThisProcess: Interruption = createInterruption(process);

export const listenForSignals: Interruption['listenForSignals'] = ofThisProcess.listenForSignals;
export const untilWritten: Interruption['untilWritten'] = ofThisProcess.untilWritten;
export const whileComputing: Interruption['whileComputing'] = ofThisProcess.whileComputing;
export const beforeLeaving: Interruption['beforeLeaving'] = ofThisProcess.beforeLeaving;
