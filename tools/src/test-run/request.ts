import type { Environment } from '../environment.ts';
import { type Group, groups } from './groups.ts';

/** What a run of the tests was asked for. */
export type Request = {
  readonly groups: readonly Group[];
  /** What the test runner itself is to be told. */
  readonly words: readonly string[];
  readonly environment: Environment;
};

/**
 * Reads the command line: `--browser`, `--web` and `--headlessgl` ask for these groups of tests and no other, `--full` for all of
 * them, and tests with seeds for more of these, by XCORR_FULL=1. Every other word is for the test runner.
 */
export function readRequest(words: readonly string[], environment: Environment): Request {
  const isFull = words.includes('--full');
  const named = groups.filter(({ name }) => words.includes(`--${name}`));
  const options = new Set(['--full', ...groups.map(({ name }) => `--${name}`)]);
  return {
    groups: isFull ? groups : named.length > 0 ? named : groups.filter(({ name }) => name === 'node'),
    words: words.filter((word) => !options.has(word)),
    environment: isFull ? { ...environment, XCORR_FULL: '1' } : environment,
  };
}
