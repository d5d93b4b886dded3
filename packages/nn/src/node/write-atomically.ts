import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileError, systemCode } from './file-error.ts';

/**
 * Writes a file whole or not at all: into a temporary file beside it, which takes its name when it is on the disk. What
 * stood there stays until that moment, whenever the process ends.
 *
 * The temporary file has one name for each file, so that processes that are killed leave one of them at most, which the
 * next one takes over.
 *
 * @throws FileError when the folder is missing or not writable, or the disk does not take the file.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  // A link to a file keeps pointing there.
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.xcorr-tmp`);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FileError(`${path}: cannot be written (${systemCode(error) ?? String(error)})\n  look at the folder ${folder}: that it is there, may be written to, and has room`, { cause: error });
  }
}

/** A name is on the disk when its folder is; not every system lets folders be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  if (handle === undefined) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
