import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkedPicture, type DeepPicture, type Picture } from '../picture.ts';
import { encoded } from './encode-picture.ts';
import { encodings, formatOfPath, type WrittenFormat } from './formats.ts';
import { PictureError, systemCode } from './picture-error.ts';
import { replaceable, unwritable, writeAtomically } from './write-atomically.ts';

/**
 * Writes a picture in the format that the name's ending asks for: `.png` and `.webp` without loss, `.jpg` and `.jpeg`
 * at quality 90. See `encodePicture` for what each format holds.
 *
 * The file is whole or not there at all: what stood there before is replaced when the new one is complete on the disk,
 * and keeps its permissions. So the picture that was read may be written over. A link to a file is followed.
 *
 * @throws PictureError when the ending is unknown, the format cannot hold the picture, or the file cannot be written.
 * @throws ValueError when the picture's data does not fit its size.
 */
export async function writePicture(path: string, picture: Picture | DeepPicture): Promise<void> {
  checkedPicture(picture, 'writePicture');
  const format = await checkOutput(path);
  await writeAtomically(path, await encoded(picture, format, `${path}: `));
}

/**
 * Looks whether a picture could be written there, so that a wrong name is found before any work is done.
 *
 * @returns the format that the name asks for
 * @throws PictureError when the path is a folder, a pipe or a device, its ending is unknown, or its folder is missing.
 */
export async function checkOutput(path: string): Promise<WrittenFormat> {
  if (path === '') throw new PictureError('the name of the picture to write is empty');
  await replaceable(path);
  const format = formatOfPath(path);
  if (format === undefined) {
    const known = Object.values(encodings).flatMap(({ extensions }) => extensions).join(', ');
    throw new PictureError(`${path}: the name does not say which format to write\n  let it end in one of ${known}`);
  }
  const folder = dirname(path);
  const around = await stat(folder).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? new PictureError(`${path}: there is no folder ${folder}`, { cause: error }) : unwritable(path, error);
  });
  if (!around.isDirectory()) throw new PictureError(`${path}: ${folder} is not a folder`);
  return format;
}
