import { XcorrError } from '@xcorr/graph';

/** What the command was given cannot be used. The message says why and what would mend it. */
export class CommandError extends XcorrError {
  override readonly name = 'CommandError';
}
