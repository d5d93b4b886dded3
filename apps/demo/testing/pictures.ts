import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from './person.ts';

/** Where screenshots go: XCORR_SCREENSHOTS, or a folder of the cache. */
const folder = process.env['XCORR_SCREENSHOTS'] ?? join(import.meta.dirname, '../../../node_modules/.cache/xcorr-screenshots');

export async function takePicture(person: Person, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await person.screenshot(join(folder, `${name}.png`));
}
