import { readBytes, byteLimit } from './read-bytes.ts';
import { writeAtomically } from './write-atomically.ts';

/** A file that a training keeps its checkpoint in. */
export interface CheckpointFile {
  /** For `resume`: what the file holds; undefined when there is none yet. */
  readonly bytes: Uint8Array | undefined;
  /** For `checkpoint`: the file is replaced whole, at the moment when the new one is on the disk. */
  readonly save: (bytes: Uint8Array) => Promise<void>;
}

/**
 * A training's checkpoint in a file: a process that is killed at any moment goes on from it when it is started again.
 *
 * @param options.byteLimit  what the file may have. Default: 1 GiB.
 * @throws FileError when the file cannot be read, or is larger than the limit.
 * @example
 * const file = await checkpointFile('there-is-no-such-file');
 * file.bytes; // => undefined
 * // fit({ ..., resume: file.bytes, checkpoint: { save: file.save, every: 100 } })
 */
export async function checkpointFile(path: string, options: { readonly byteLimit?: number } = {}): Promise<CheckpointFile> {
  const bytes = await readBytes(path, options.byteLimit ?? byteLimit);
  return { bytes, save: async (checkpoint) => writeAtomically(path, checkpoint) };
}
