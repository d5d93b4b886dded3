/** Threads are not to be had here, could not be started, or one of them was lost while it worked. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
}
