import { existsSync } from 'node:fs';
import type { Environment } from '../environment.ts';
import { type Group, groups } from './groups.ts';

/** Tests that need something that not every machine has, or more time than every run should take. */
type Demand = {
  /** Whether the tests ran with this environment. */
  readonly met: (environment: Environment) => boolean;
  /** What was not run, and how to make it run. */
  readonly line: string;
};

/** A row for every kind of tests that leaves itself out where its need is not met. */
const demands: readonly Demand[] = [
  {
    met: ({ XCORR_VECTORS: folder }) => folder !== undefined && existsSync(folder),
    line: 'Vectors: not run, set XCORR_VECTORS=<folder>, an absolute path to a folder of reference vectors, and run npm test',
  },
  {
    met: ({ XCORR_FULL: full }) => full === '1',
    line: 'More seeds: npm run test:full',
  },
];

/** One line for whatever was left out, with the command that runs it. */
export function notRun(environment: Environment, ran: readonly Group[]): readonly string[] {
  return [
    ...demands.filter(({ met }) => !met(environment)).map(({ line }) => line),
    ...groups.filter((group) => !ran.includes(group)).map(({ about, command }) => `${about}: ${command}`),
  ];
}
