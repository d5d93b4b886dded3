import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkedPicture, type Picture } from '../picture.ts';
import { formatOfPath, formats, type Format } from './formats.ts';
import { loadSharp } from './load-sharp.ts';
import { PictureError, reason, systemCode } from './picture-error.ts';
import { replaceable, unwritable, writeAtomically } from './write-atomically.ts';

/**
 * Writes a picture in the format that the name's ending asks for: `.png` and `.webp` without loss, `.jpg` and `.jpeg`
 * at quality 90. The file is whole or not there at all.
 *
 * @throws PictureError when the ending is unknown, the format cannot hold the picture, or the file cannot be written.
 * @throws ValueError when the picture's data does not fit its size.
 */
export async function writePicture(path: string, picture: Picture): Promise<void> {
  const { width, height, channels, data } = checkedPicture(picture, 'writePicture');
  const format = await checkOutput(path);
  if (Math.max(width, height) > format.longestSide)
    throw new PictureError(`${path}: ${width} x ${height} elements; ${format.name} holds at most ${format.longestSide} a side\n  write a .png`);
  if (channels === 4 && !format.transparency)
    throw new PictureError(`${path}: ${format.name} has no transparency\n  write a .png or .webp, or composite the picture over a colour first`);

  const sharp = await loadSharp();
  const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const encoded = await format
    .encode(channels === 1 ? image.toColourspace('b-w') : image)
    .toBuffer()
    .catch((error: unknown) => {
      throw new PictureError(`${path}: the picture cannot be encoded as ${format.name} (${reason(error)})`, { cause: error });
    });
  await writeAtomically(path, encoded);
}

/**
 * Looks whether a picture could be written there, so that a wrong name is found before any work is done.
 *
 * @returns the format that the name asks for
 * @throws PictureError when the path is a folder or a device, its ending is unknown, or its folder is missing.
 */
export async function checkOutput(path: string): Promise<Format> {
  if (path === '') throw new PictureError('the name of the picture to write is empty');
  await replaceable(path);
  const format = formatOfPath(path);
  if (format === undefined) {
    const known = formats.flatMap(({ extensions }) => extensions).join(', ');
    throw new PictureError(`${path}: the name does not say which format to write\n  let it end in one of ${known}`);
  }
  const folder = dirname(path);
  const around = await stat(folder).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? new PictureError(`${path}: there is no folder ${folder}`, { cause: error }) : unwritable(path, error);
  });
  if (!around.isDirectory()) throw new PictureError(`${path}: ${folder} is not a folder`);
  return format;
}
