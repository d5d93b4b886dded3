import type { Artifact } from '@xcorr/compiler';

/** The code of an artifact as a person reads it. */
export function printCode({ code }: Artifact): string {
  if (typeof code !== 'string') return `${code.length} bytes of machine code\n`;
  return code === '' ? 'There is no code: the program runs as functions that call one another.\n' : code;
}
