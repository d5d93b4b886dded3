declare const setTimeout: (run: () => void, milliseconds: number) => unknown;

/** How long a synchronous backend may keep the thread, in milliseconds. */
const longest = 50;

/** Gives the thread to others from time to time: timers, and what aborts. It changes no result. */
export function pause(): () => Promise<void> {
  let last = Date.now();
  return async () => {
    if (Date.now() - last < longest) return;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    last = Date.now();
  };
}
