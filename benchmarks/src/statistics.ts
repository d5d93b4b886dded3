/** @throws RangeError of no samples. */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('there is no median of no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export interface Spread {
  readonly milliseconds: number;
  readonly low: number;
  readonly high: number;
}

/** The median of the rounds, the least and the largest. */
export function spread(samples: readonly number[]): Spread {
  return { milliseconds: median(samples), low: Math.min(...samples), high: Math.max(...samples) };
}
