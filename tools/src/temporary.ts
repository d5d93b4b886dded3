import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a new empty folder outside the repository to some work, and removes it when the work is done. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Result | Promise<Result>): Promise<Result> {
  // The real path: of a folder under a link, node and npm speak by two names.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'xcorr-')));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
