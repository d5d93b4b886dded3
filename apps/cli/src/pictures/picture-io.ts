import type { DeepPicture, Picture } from '@xcorr/image';
import { decodePicture, encodePicture, PictureError, readPicture, writePicture } from '@xcorr/image/node';
import { CommandError } from '../command-error.ts';
import { untilWritten } from '../interruption.ts';
import type { Streams } from '../streams.ts';
import { makeFolder } from './folder.ts';
import { stream, type Job } from './jobs.ts';

/**
 * Reads a picture from a file or from standard input, in the depth of its file.
 *
 * @throws CommandError or PictureError when it cannot be read, or has more elements than the limit.
 */
export async function readSource(source: string, { stdin }: Streams, pixelLimit: number | undefined): Promise<Picture | DeepPicture> {
  const options = { depth: 'file', ...(pixelLimit === undefined ? {} : { pixelLimit }) } as const;
  if (source === stream && (stdin === undefined || stdin.isTTY === true))
    throw new CommandError('-: there is no picture on standard input\n  pipe one in: xcorr edges - -o edges.png < photo.jpg');
  try {
    return source === stream && stdin !== undefined ? await decodePicture(stdin, { ...options, name: 'standard input' }) : await readPicture(source, options);
  } catch (error) {
    // On the command line the limit has another name.
    throw error instanceof PictureError ? new PictureError(error.message.replace('raise pixelLimit', 'raise --pixel-limit'), { cause: error }) : error;
  }
}

/**
 * Writes a picture whole or not at all, into a folder that is made where it is missing.
 *
 * @throws PictureError or CommandError when it cannot be encoded or written.
 */
export async function writeTarget({ target, format, folder }: Job, picture: Picture, { stdout }: Streams): Promise<void> {
  if (folder !== undefined) await makeFolder(folder);
  if (target === stream) stdout.write(await encodePicture(picture, format));
  else await untilWritten(() => writePicture(target, picture));
}
