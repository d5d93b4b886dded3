import { XcorrError } from '@xcorr/graph';
import { CommanderError } from 'commander';
import { commandLine } from './command-line.ts';
import { describeFault } from './describe-fault.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import type { Streams } from './streams.ts';

/**
 * Runs one command.
 *
 * @param argv what follows the command's name: `['edges', 'photo.jpg', '-o', 'edges.png']`
 * @returns the status to exit with: see `exitStatus`
 */
export async function run(argv: readonly string[], streams: Streams): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.ok;
  try {
    await commandLine(streams, (result) => {
      status = result;
    }).parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    // The message is written already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.ok : exitStatus.misuse;
    if (error instanceof XcorrError) {
      streams.stderr.write(`xcorr: ${error.message}\n`);
      return exitStatus.misuse;
    }
    streams.stderr.write(describeFault(error, streams.env));
    return exitStatus.fault;
  }
}
