declare const setTimeout: (run: () => void, milliseconds: number) => unknown;

/** Waits until all else that is due was done: events, timers, and what a page draws; or for some milliseconds. */
export function pause(milliseconds = 0): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
