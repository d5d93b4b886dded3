/** How contenders are measured. */
export interface Sampling {
  /** Milliseconds, from any beginning. */
  readonly clock: () => number;
  /** Samples of each contender. */
  readonly rounds: number;
  /** Asked between two rounds; it may throw. */
  readonly mayGoOn: () => boolean;
  /** Called before each sample: all contenders begin where the others did. */
  readonly restore: () => void;
}

/** A sample takes at least so many milliseconds: clocks of browsers are no finer than a tenth of one. */
const sampleMilliseconds = 1;

/** No sample takes more runs, whatever the clock says. */
const mostRuns = 4096;

/** Rounds that are not looked at: engines compile what runs often. */
const warmRounds = 2;

/** Of fewer rounds nothing is said. */
const leastRounds = 3;

/** The middle one of some numbers, or the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.ceil((sorted.length - 1) / 2))) / 2;
}

function sample(run: () => void, runs: number, { clock, restore }: Sampling): number {
  restore();
  const begin = clock();
  for (let time = 0; time < runs; time++) run();
  return (clock() - begin) / runs;
}

/** How many runs make a sample long enough for the clock. */
export function runsOfSample(run: () => void, sampling: Sampling): number {
  let runs = 1;
  while (runs < mostRuns && sample(run, runs, sampling) * runs < sampleMilliseconds) runs *= 2;
  return runs;
}

/**
 * The median milliseconds of each contender, in rounds of one sample each, so that what else the machine does meets all of
 * them; undefined when too few rounds were had.
 */
export function interleavedMedians(contenders: readonly (() => void)[], sampling: Sampling): readonly number[] | undefined {
  const [first] = contenders;
  if (first === undefined) return [];
  const runs = runsOfSample(first, sampling);
  const samples = contenders.map((): number[] => []);
  for (let round = -warmRounds; round < sampling.rounds && sampling.mayGoOn(); round++) {
    contenders.forEach((_, turn) => {
      const at = (turn + round + warmRounds) % contenders.length;
      const taken = sample(contenders[at] ?? first, runs, sampling);
      if (round >= 0) samples[at]?.push(taken);
    });
  }
  return samples.every(({ length }) => length >= Math.min(leastRounds, sampling.rounds)) ? samples.map(median) : undefined;
}
