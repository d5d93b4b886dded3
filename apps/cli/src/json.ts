import type { XcorrError } from '@xcorr/graph';

/** A value as one JSON document, as it is printed for machines: what is not known is null. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, each: unknown) => (each === undefined ? null : each), 2)}\n`;
}

/** What went wrong, as a document that stands where the result would. */
export function errorDocument(error: Pick<XcorrError, 'name' | 'message'>, status: number): string {
  return printJson({ error: { name: error.name, message: error.message, status } });
}

/** Whether the arguments ask for JSON. It is asked before they are parsed, for that may fail. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}
