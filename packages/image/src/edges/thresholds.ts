import { ValueError } from '@xcorr/graph';

/** The two thresholds of hysteresis. Both are exclusive: an element must exceed them. */
export interface Thresholds {
  /** What exceeds it is an edge where it is connected with a sure one. */
  readonly low: number;
  /** What exceeds it is surely an edge. At least `low`. */
  readonly high: number;
}

/** @throws ValueError when a threshold is not a number of at least 0, or low exceeds high. */
export function checkThresholds({ low, high }: Thresholds, operation: string): void {
  for (const [name, value] of [['low', low] as const, ['high', high] as const])
    if (typeof value !== 'number' || !(value >= 0)) throw new ValueError(`${operation}: ${name} is ${String(value)}; a threshold is a number of at least 0`);
  if (low > high) throw new ValueError(`${operation}: low is ${low} and high ${high}; low must not exceed high: exchange them`);
}

/** What an element is before edges are traced. */
export const label = { none: 0, weak: 1, sure: 2 } as const;

/** The label of what exceeds these thresholds. Not a number exceeds none. */
export function classOf(value: number, low: number, high: number): number {
  return value > high ? label.sure : value > low ? label.weak : label.none;
}
