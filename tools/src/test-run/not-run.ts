import { existsSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Tests that need something that not every machine has. */
type Demand = {
  readonly what: string;
  /** Whether the tests ran with this environment. */
  readonly met: (environment: Environment) => boolean;
  /** How to make them run. */
  readonly how: string;
};

/** A row for every group of tests that leaves itself out where its need is not met. */
const demands: readonly Demand[] = [
  {
    what: 'Vectors',
    met: ({ XCORR_VECTORS: folder }) => folder !== undefined && existsSync(folder),
    how: 'set XCORR_VECTORS=<folder>, an absolute path to a folder of reference vectors, and run npm test',
  },
];

/** One line for every group of tests that was left out, with the command that runs it. */
export function notRun(environment: Environment): readonly string[] {
  return demands.filter(({ met }) => !met(environment)).map(({ what, how }) => `${what}: not run, ${how}`);
}
