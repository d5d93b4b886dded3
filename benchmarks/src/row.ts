import type { Spread } from './statistics.ts';

/** What a contender took for a workload. */
export interface Row {
  readonly workload: string;
  readonly contender: string;
  readonly threads: number;
  /** The median of the rounds; null where there is no figure. */
  readonly milliseconds: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The largest error among the elements looked at, by the largest value; null where there was no result. */
  readonly maxError: number | null;
  /** Why there is no figure, or what must be known of it. */
  readonly reason?: string;
}

type Named = Pick<Row, 'workload' | 'contender' | 'threads'>;

export function measuredRow({ workload, contender, threads }: Named, { milliseconds, low, high }: Spread, maxError: number | null, reason?: string): Row {
  return { workload, contender, threads, milliseconds, low, high, maxError, ...(reason === undefined ? {} : { reason }) };
}

export function rowWithout({ workload, contender, threads }: Named, reason: string, maxError: number | null = null): Row {
  return { workload, contender, threads, milliseconds: null, low: null, high: null, maxError, reason };
}

/** Who a row is of: a contender with several threads is another than with one. */
export function labelOf({ contender, threads }: Pick<Row, 'contender' | 'threads'>): string {
  return threads === 1 ? contender : `${contender}, ${threads} threads`;
}

/** A duration in three digits, with its unit. */
export function printDuration(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toPrecision(3)} s`;
  const [value, unit] = milliseconds < 0.001 ? [milliseconds * 1e6, 'ns'] : milliseconds < 1 ? [milliseconds * 1e3, 'us'] : [milliseconds, 'ms'];
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${unit}`;
}
