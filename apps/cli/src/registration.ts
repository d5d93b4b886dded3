import type { Command } from 'commander';
import type { ExitStatus } from './exit-status.ts';
import type { Streams } from './streams.ts';

/** Puts one command on the command line: its arguments, options, help and action. `done` is told the command's status. */
export type Register = (program: Command, streams: Streams, done: (status: ExitStatus) => void) => void;
