import type { Environment } from './not-run.ts';

/** What a run of the tests was asked for. */
export type Request = {
  /** What the test runner itself is to be told. */
  readonly words: readonly string[];
  readonly environment: Environment;
};

/** Reads the command line: `--full` asks tests with seeds for more of them, by XCORR_FULL=1; every other word is for the test runner. */
export function readRequest(words: readonly string[], environment: Environment): Request {
  const rest = words.filter((word) => word !== '--full');
  return { words: rest, environment: rest.length === words.length ? environment : { ...environment, XCORR_FULL: '1' } };
}
