import { XcorrError } from '@xcorr/graph';

/** A picture cannot be read or written. The message names the file, what is wrong with it, and what would mend it. */
export class PictureError extends XcorrError {
  override readonly name = 'PictureError';
}

/** The code of an error of the operating system, such as `ENOENT`; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The first line of an error's message, for use inside another. */
export function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
