import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../environment.ts';

/** What preparation asks of the machine and does to it; tests give one of their own. */
export type Machine = {
  readonly platform: string;
  readonly environment: Environment;
  /** Whether packages of the system may be installed. */
  readonly isRoot: boolean;
  readonly exists: (path: string) => boolean;
  readonly isProgram: (path: string) => boolean;
  /** Runs a command in the repository's root, its output shown; true when it ended well. */
  readonly run: (command: string, words: readonly string[], additions: Environment) => boolean;
};

/** What tests need is there, or a sentence says what is missing and how to get it. */
export type Prepared =
  | {
      readonly ready: true;
      /** What the tests' environment gets besides. */
      readonly additions: Environment;
      /** The command that starts the tests; none of its own when it is empty. */
      readonly launcher: readonly string[];
    }
  | { readonly ready: false; readonly trouble: string };

/** One thing made ready and, where that went well, another: neither has a launcher of its own. */
export function prepareBoth(first: Prepared, second: () => Prepared): Prepared {
  if (!first.ready) return first;
  const next = second();
  return next.ready ? { ready: true, additions: { ...first.additions, ...next.additions }, launcher: [...first.launcher, ...next.launcher] } : next;
}

/** The first of some commands that the machine's PATH leads to, as a path. */
export function commandOf(names: readonly string[], { environment, isProgram }: Pick<Machine, 'environment' | 'isProgram'>): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Whether a path leads to a file that can be started. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** This machine. */
export function thisMachine(root: string, environment: Environment): Machine {
  return {
    platform: process.platform,
    environment,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    isProgram,
    run: (command, words, additions) => {
      process.stdout.write(`== ${command} ${words.join(' ')}\n`);
      return spawnSync(command, words, { cwd: root, env: { ...environment, ...additions }, stdio: 'inherit' }).status === 0;
    },
  };
}
