import { readFile, stat } from 'node:fs/promises';
import { FileError, systemCode } from './file-error.ts';

/** What a file of parameters or a checkpoint may have, in bytes, unless it is said otherwise. */
export const byteLimit: number = 2 ** 30;

/**
 * The bytes of a file; undefined when there is none.
 *
 * @throws FileError when it is larger than the limit, no plain file, or cannot be read.
 */
export async function readBytes(path: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    const about = await stat(path);
    if (!about.isFile()) throw new FileError(`${path}: not a plain file`);
    if (about.size > limit) throw new FileError(`${path}: ${about.size} bytes, and at most ${limit} are read; raise byteLimit if that is right`);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new FileError(`${path}: cannot be read (${systemCode(error) ?? String(error)})`, { cause: error });
  }
}
