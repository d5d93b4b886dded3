import { readFile, stat } from 'node:fs/promises';
import type { Picture } from '../picture.ts';
import { formatOfBytes, formats } from './formats.ts';
import { loadSharp } from './load-sharp.ts';
import { PictureError, reason, systemCode } from './picture-error.ts';

export interface ReadOptions {
  /** What lies behind transparent parts, as a CSS colour. Default: white. */
  readonly background?: string;
  /** The most elements (width x height) that are decoded; larger pictures are refused by their header. Default: 100 million. */
  readonly pixelLimit?: number;
}

const defaultPixelLimit = 100_000_000;

/**
 * Reads a PNG, JPEG or WebP picture, of an animation the first frame.
 *
 * The picture is turned as its EXIF orientation says, brought to 8-bit sRGB by its colour profile, and composited
 * over `background`: grey pictures come with 1 channel, all others with 3.
 *
 * @param source a path, or the bytes of a file
 * @throws PictureError when there is no such file, it is no picture of these formats, it is damaged or cut short, or it
 *   has more elements than `pixelLimit`.
 */
export async function readPicture(source: string | Uint8Array, options: ReadOptions = {}): Promise<Picture> {
  const shown = typeof source === 'string' ? source : `the ${source.length} bytes given`;
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  if (bytes.length === 0) throw new PictureError(`${shown}: the file is empty`);
  const format = formatOfBytes(bytes);
  if (format === undefined)
    throw new PictureError(`${shown}: not a picture in a format that is read\n  give a ${listed(formats.map(({ name }) => name))} file; what counts is what is in it, not its name`);

  const sharp = await loadSharp();
  const { background = '#ffffff', pixelLimit = defaultPixelLimit } = options;
  const damaged = (error: unknown): PictureError =>
    new PictureError(`${shown}: the ${format.name} picture is damaged or cut short (${reason(error)})`, { cause: error });
  // The limit is ours to enforce, with our message; sharp's own would come first.
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
  const { width, height, space } = await image.metadata().catch((error: unknown) => {
    throw damaged(error);
  });
  if (width * height > pixelLimit)
    throw new PictureError(`${shown}: ${width} x ${height} elements are more than the limit of ${pixelLimit}\n  raise pixelLimit if the file is to be trusted, or make the picture smaller`);

  const single = space === 'b-w' || space === 'grey16';
  const { data, info } = await image
    .autoOrient()
    .flatten({ background })
    .toColourspace(single ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw damaged(error);
    });
  return { width: info.width, height: info.height, channels: single ? 1 : 3, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

async function readBytes(path: string): Promise<Uint8Array> {
  if (path === '') throw new PictureError('the name of the picture to read is empty');
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new PictureError(`${path}: a folder, not a picture`);
    if (!status.isFile() && !status.isFIFO()) throw new PictureError(`${path}: a device, not a picture`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError(`${path}: ${unreadable[systemCode(error) ?? ''] ?? `cannot be read (${reason(error)})`}`, { cause: error });
  }
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
};

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
