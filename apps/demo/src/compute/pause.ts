/**
 * Lets what waits run, such as a message that cancels: resolves in a task of its own, without the delay that browsers put
 * between timers.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
