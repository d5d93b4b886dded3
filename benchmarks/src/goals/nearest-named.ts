import { filters } from '../workloads/filters.ts';
import type { FilterWorkload } from '../workloads/workload.ts';

/** The plain filters at 512 x 512 and 1080p. */
const named: readonly FilterWorkload[] = filters.filter(({ name, separable }) => separable === undefined && !name.endsWith('-4k'));

const elements = ({ multiplyAdds, taps }: FilterWorkload): number => multiplyAdds / taps.length;

/** The named filter of the nearest number of taps, and of those the one of the nearest size, both as ratios. */
export function nearestNamed(odd: FilterWorkload): FilterWorkload {
  const distance = (other: FilterWorkload): readonly [number, number] => [
    Math.abs(Math.log(other.taps.length / odd.taps.length)),
    Math.abs(Math.log(elements(other) / elements(odd))),
  ];
  return named.reduce((nearest, other) => {
    const [[taps, size], [bestTaps, bestSize]] = [distance(other), distance(nearest)];
    return taps < bestTaps || (taps === bestTaps && size < bestSize) ? other : nearest;
  });
}
