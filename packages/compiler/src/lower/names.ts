/** Names for loops, accumulators and buffers, unique within a program: i0, i1, … Never made from a user's text. */
export interface Names {
  readonly loop: () => string;
  readonly reduction: () => string;
  readonly accumulator: () => string;
  readonly buffer: () => string;
}

export function createNames(): Names {
  const counters = new Map<string, number>();
  const next = (prefix: string) => (): string => {
    const count = counters.get(prefix) ?? 0;
    counters.set(prefix, count + 1);
    return `${prefix}${count}`;
  };
  return { loop: next('i'), reduction: next('r'), accumulator: next('s'), buffer: next('b') };
}
