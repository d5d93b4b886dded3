import { XcorrError } from '@xcorr/graph';

/** A file cannot be read or written. The message names it, and what is wrong. */
export class FileError extends XcorrError {
  override readonly name = 'FileError';
}

/** The code of an error of the operating system, such as `ENOENT`; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
