declare const setTimeout: (run: () => void, milliseconds: number) => unknown;

/** Waits until all else that is due was done: events, timers, and what a page draws. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
