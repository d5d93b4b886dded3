import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that another program wrote; see recorded/README.md. */
export function recorded(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, '../recorded', name)));
}
