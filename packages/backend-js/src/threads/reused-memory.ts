import type { Allocate } from './space.ts';

/**
 * Memory that is used anew where sizes change. A thread holds what it was sent until it collects garbage, and with little of
 * its own it seldom does: pictures of many sizes would take all the memory there is.
 */
export interface ReusedMemory {
  readonly lease: () => Lease;
}

/** Memory for one binding of sizes. */
export interface Lease {
  /** At least so many bytes: of those that are free the fewest that do, or new ones. */
  readonly take: Allocate;
  /** What was taken is free, to be taken for other sizes. */
  readonly giveBack: () => void;
}

export function createReusedMemory(allocate: Allocate): ReusedMemory {
  let free: (ArrayBuffer | SharedArrayBuffer)[] = [];
  return {
    lease: () => {
      let taken: (ArrayBuffer | SharedArrayBuffer)[] = [];
      return {
        take: (bytes) => {
          const fitting = free.filter(({ byteLength }) => byteLength >= bytes).toSorted((a, b) => a.byteLength - b.byteLength)[0];
          free = free.filter((each) => each !== fitting);
          const memory = fitting ?? allocate(bytes);
          taken.push(memory);
          return memory;
        },
        giveBack: () => {
          // What earlier sizes left over is of no use to the next ones either.
          if (taken.length > 0) free = taken;
          taken = [];
        },
      };
    },
  };
}
