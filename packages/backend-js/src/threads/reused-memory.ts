import type { Allocate } from './shared-space.ts';

/**
 * Memory that is used anew where sizes change. A thread holds what it was sent until it collects garbage, and with little of
 * its own it seldom does: pictures of many sizes would take all the memory there is.
 */
export interface ReusedMemory {
  /** At least so many bytes: of those that are free the fewest that do, or new ones. */
  readonly take: Allocate;
  /** What was taken is free, to be taken for other sizes. */
  readonly giveBack: () => void;
  /** What was taken is no one's any more: a thread that is ended may still write to it. */
  readonly leave: () => void;
}

export function createReusedMemory(allocate: Allocate): ReusedMemory {
  let taken: (ArrayBuffer | SharedArrayBuffer)[] = [];
  let free: (ArrayBuffer | SharedArrayBuffer)[] = [];
  return {
    take: (bytes) => {
      const fitting = free.filter(({ byteLength }) => byteLength >= bytes).toSorted((a, b) => a.byteLength - b.byteLength)[0];
      free = free.filter((each) => each !== fitting);
      const memory = fitting ?? allocate(bytes);
      taken.push(memory);
      return memory;
    },
    giveBack: () => {
      // What the last sizes left over is of no use to the next ones either.
      free = taken;
      taken = [];
    },
    leave: () => {
      [taken, free] = [[], []];
    },
  };
}
