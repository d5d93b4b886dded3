import { readFile, stat } from 'node:fs/promises';
import { systemCode } from '@xcorr/image/node';
import { CommandError } from '../command-error.ts';

export interface TextFile {
  /** The most bytes that are read. */
  readonly most: number;
  /** What the file is to hold, such as `a kernel`. */
  readonly kind: string;
  /** What is said where there is no such file. */
  readonly absent: string;
  /** What would mend it. */
  readonly hint: string;
}

/**
 * The text of a file or a pipe.
 *
 * @throws CommandError when there is none, it cannot be read, or it is longer than `most`.
 */
export async function readText(path: string, { most, kind, absent, hint }: TextFile): Promise<string> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isFIFO()) throw new CommandError(`${path}: not a file, from which ${kind} could be read\n  ${hint}`);
    if (found.size > most) throw new CommandError(`${path}: ${found.size} bytes are more than ${kind} takes\n  ${hint}`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = systemCode(error);
    throw new CommandError(`${path}: ${code === 'ENOENT' || code === 'ENOTDIR' ? absent : 'it cannot be read as a file'}\n  ${hint}`, { cause: error });
  }
}
