declare const setTimeout: (run: () => void, milliseconds: number) => unknown;

/** Waits until all else that is due was done, timers among it. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
