import { exitStatus } from './exit-status.ts';
import { run } from './run.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Who reads may stop reading, as `| head` does: nothing more is to be said, and what is begun is finished.
  if (error.code === 'EPIPE') return;
  process.stderr.write(`xcorr: what was to be printed cannot be written (${error.message})\n`);
  process.exit(exitStatus.misuse);
});
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), process);
