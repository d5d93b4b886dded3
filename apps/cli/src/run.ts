import { XcorrError } from '@xcorr/graph';
import { CommanderError } from 'commander';
import { commandLine } from './command-line.ts';
import { describeFault } from './describe-fault.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { errorDocument, wantsJson } from './json.ts';
import type { Streams } from './streams.ts';
import { showingNames } from './visible.ts';
import { worded } from './worded.ts';

/**
 * Runs one command. What went wrong is said on stderr; where JSON was asked for, stdout holds it instead, so that there
 * is one document in any case.
 *
 * @param argv what follows the command's name: `['edges', 'photo.jpg', '-o', 'edges.png']`
 * @returns the status to exit with: see `exitStatus`
 */
export async function run(argv: readonly string[], given: Streams): Promise<ExitStatus> {
  const streams = showingNames(given, argv);
  const json = wantsJson(argv);
  let status: ExitStatus = exitStatus.ok;
  const refuse = (error: Pick<Error, 'name' | 'message'>): ExitStatus => {
    if (json) streams.stdout.write(errorDocument(error, exitStatus.misuse));
    else streams.stderr.write(`xcorr: ${error.message}\n`);
    return exitStatus.misuse;
  };
  const command = commandLine(
    streams,
    (result) => {
      status = result;
    },
    json,
  );
  try {
    await command.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitStatus.ok;
      // The message is written already, unless it is to be JSON.
      return json ? refuse({ name: 'CommandError', message: worded(error.message) }) : exitStatus.misuse;
    }
    if (error instanceof XcorrError) return refuse(error);
    streams.stderr.write(describeFault(error, streams.env));
    if (json) streams.stdout.write(errorDocument(error instanceof Error ? error : new Error(String(error)), exitStatus.fault));
    return exitStatus.fault;
  }
}
