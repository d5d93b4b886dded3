import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PictureError, reason, systemCode } from './picture-error.ts';

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, which then takes the name.
 * What stood there before is replaced at that moment and not earlier. A link to a file is followed; one to nothing is replaced.
 *
 * @throws PictureError when the folder is missing or not writable, or the path is no plain file that may be replaced.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const target = await replaceable(path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

/**
 * The file that is to be replaced or made, links followed.
 *
 * @throws PictureError when the path is a folder, a device, or a file that may not be written.
 */
export async function replaceable(path: string): Promise<string> {
  const known = await stat(path).catch(() => undefined);
  if (known === undefined) return path;
  if (known.isDirectory()) throw new PictureError(`${path}: a folder; give the name of a file in it`);
  if (!known.isFile()) throw new PictureError(`${path}: a device, not a file that can be replaced`);
  const target = await realpath(path);
  // A rename asks nobody whether the file that it replaces is read-only.
  const opened = await open(target, 'r+').catch((error: unknown) => {
    throw new PictureError(`${path}: the file there may not be written`, { cause: error });
  });
  await opened.close();
  return target;
}

/** What the operating system said about writing to this path, in words. */
export function unwritable(path: string, error: unknown): PictureError {
  const described = refusals[systemCode(error) ?? '']?.(dirname(path)) ?? `cannot be written (${reason(error)})`;
  return new PictureError(`${path}: ${described}`, { cause: error });
}

const refusals: Readonly<Record<string, (folder: string) => string>> = {
  ENOENT: (folder) => `no file can be made in the folder ${folder}`,
  ENOTDIR: (folder) => `${folder} is not a folder`,
  EACCES: (folder) => `no permission to write to the folder ${folder}`,
  EPERM: (folder) => `no permission to write to the folder ${folder}`,
  EROFS: (folder) => `the folder ${folder} is on a read-only file system`,
  ENOSPC: () => 'no space is left on the device',
  ENAMETOOLONG: () => 'the name is too long for the file system',
};
