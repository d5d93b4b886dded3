import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PictureError, reason, systemCode } from './picture-error.ts';

/** Who may do what: the lowest nine bits of a file's mode. */
const permissions = 0o777;

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, which takes the name when it is on the
 * disk. What stood there before is replaced at that moment and not earlier, and leaves its permissions to the new file,
 * its owner too where the system lets it. A link to a file is followed; one to nothing is replaced.
 *
 * @throws PictureError when the folder is missing or not writable, the path is no plain file that may be replaced, or
 *   the disk does not take the file.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const { target, before } = await replaceable(path);
  const temporary = join(dirname(target), `.xcorr-${randomBytes(8).toString('hex')}.tmp`);
  try {
    // Nobody may read more of the file while it is made than afterwards.
    const file = await open(temporary, 'wx', before === undefined ? 0o666 : before.mode & permissions);
    try {
      if (before !== undefined) await inherit(file, before);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  }
}

async function inherit(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await file.stat();
  // Only root gives files away; a file of another owner becomes that of who writes it, as with most editors.
  if (made.uid !== uid || made.gid !== gid) await file.chown(uid, gid).catch(() => undefined);
  // Last, for a change of owner takes rights away; some file systems know none to set.
  await file.chmod(mode & permissions).catch(() => undefined);
}

/** A place where a file can be put. */
export interface Place {
  /** Links followed. */
  readonly target: string;
  /** What is there now. */
  readonly before: Stats | undefined;
}

/**
 * The file that is to be replaced or made.
 *
 * @throws PictureError when the path is a folder, a pipe, a device, or a file that may not be written.
 */
export async function replaceable(path: string): Promise<Place> {
  const before = await stat(path).catch(() => undefined);
  if (before === undefined) return { target: path, before };
  if (before.isDirectory()) throw new PictureError(`${path}: a folder; give the name of a file in it`);
  if (before.isFIFO()) throw new PictureError(`${path}: a pipe, not a file that can be replaced`);
  if (!before.isFile()) throw new PictureError(`${path}: a device, not a file that can be replaced`);
  const target = await realpath(path);
  // A rename asks nobody whether the file that it replaces is read-only.
  const opened = await open(target, 'r+').catch((error: unknown) => {
    throw new PictureError(`${path}: the file there may not be written`, { cause: error });
  });
  await opened.close();
  return { target, before };
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
  EDQUOT: () => 'the quota of the device is used up',
  EFBIG: () => 'the file would be larger than the system lets this process write',
  ENAMETOOLONG: () => 'the name is too long for the file system',
};
