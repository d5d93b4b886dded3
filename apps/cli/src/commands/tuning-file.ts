import { readTuning, type Tuning } from '@xcorr/compiler/tune';
import { XcorrError } from '@xcorr/graph';
import { CommandError } from '../command-error.ts';
import { readText } from '../files/read-text.ts';

/** The largest file that is read as a tuning, in bytes. */
const largestFile = 16_000_000;

/**
 * The tuning that a file holds.
 *
 * @throws CommandError when the file cannot be read or holds none.
 */
export async function readTuningFile(path: string): Promise<Tuning> {
  const text = await readText(path, { most: largestFile, kind: 'a tuning', absent: 'there is no such file', hint: 'give what xcorr tune wrote' });
  try {
    return readTuning(text);
  } catch (error) {
    if (error instanceof XcorrError) throw new CommandError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
