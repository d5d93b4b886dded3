import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** An empty folder for each test of the file that calls this. */
export function useTemporaryFolder(): { readonly folder: () => string; readonly path: (name: string) => string } {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xcorr-nn-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder: () => folder, path: (name) => join(folder, name) };
}
