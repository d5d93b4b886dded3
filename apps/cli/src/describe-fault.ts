import type { Streams } from './streams.ts';

/** What is said about an error that no one designed: one line, how to report it, and the trace where it was asked for. */
export function describeFault(error: unknown, env: Streams['env']): string {
  const known = error instanceof Error ? error : new Error(String(error));
  const traced = (env['XCORR_TRACE'] ?? '') !== '';
  const request = traced ? 'please report it with the command and the text below' : 'please report it with the command and what it prints when XCORR_TRACE=1 is set';
  const [firstLine = ''] = known.message.split('\n');
  return [`xcorr: unexpected ${known.name}: ${firstLine}`, `  this is a fault of xcorr: ${request}`, ...(traced ? [known.stack ?? ''] : []), ''].join('\n');
}
