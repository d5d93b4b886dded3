import type { Contender } from './contender.ts';

/** A contender that has a row everywhere, and no figure yet: that it is missing stays in sight. */
export function absent(name: string, reason: string): Contender {
  return {
    name,
    threads: 1,
    open: () => {
      throw new Error(reason);
    },
  };
}
