import { exitStatus } from './exit-status.ts';
import { listenForSignals } from './interruption.ts';
import { run } from './run.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads may stop reading, as `| head` does: nothing more is to be said, and what is begun is finished.
  if (error.code === 'EPIPE') return;
  process.stderr.write(`xcorr: what was to be printed cannot be written (${error.message})\n`);
  process.exit(exitStatus.misuse);
});
process.stderr.on('error', () => undefined);
// A file that grows beyond the limit of the shell is an error of writing, and not the end of the process.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => undefined);
listenForSignals();

process.exitCode = await run(process.argv.slice(2), process);
