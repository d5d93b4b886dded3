import type { Places } from './job.ts';

/** Who takes bands. */
export interface Taker {
  /** Whether it has what it was sent. */
  readonly isInformed: () => boolean;
  /** Runs a band; it does not throw. */
  readonly run: (begin: number, end: number) => void;
  readonly finishedAll: () => void;
}

/**
 * Runs bands of the job until none is left, and tells when it finished the last one. Threads take bands as they come to
 * them, so one that starts late, or is held up, takes fewer.
 */
export function takeBands(words: Int32Array, places: Places, { isInformed, run, finishedAll }: Taker): void {
  for (;;) {
    const seen = Atomics.load(words, places.ticket);
    const left = seen & 4095;
    // Asked once the ticket was seen: what a job needs is announced before it.
    if (left === 0 || !isInformed()) return;
    const bands = words[places.bands] ?? 0;
    const extent = words[places.extent] ?? 0;
    if (Atomics.compareExchange(words, places.ticket, seen, seen - 1) !== seen) continue;
    const band = bands - left;
    run(Math.floor((extent * band) / bands), Math.floor((extent * (band + 1)) / bands));
    if (Atomics.add(words, places.finished, 1) + 1 === bands) finishedAll();
  }
}
