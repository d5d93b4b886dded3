import type { DeepPicture, Picture } from '../picture.ts';
import { checkOptions, decoded, defaultByteLimit, type ReadOptions } from './decode-picture.ts';
import { fileBytes } from './read-bytes.ts';

/**
 * Reads a PNG, JPEG, WebP, GIF, TIFF or AVIF picture. What counts is what is in the file, not its name.
 *
 * - Orientation: turned as EXIF says.
 * - Colour: brought to sRGB by the file's ICC profile, and from CMYK; what lies outside sRGB is clipped. A profile that is
 *   damaged is not applied, and of 16-bit files only those of red, green and blue by primaries and curves are. Nor is the
 *   brightness curve of an HDR picture.
 * - Transparency: composited over `background`, or kept as a last channel that is not premultiplied (`alpha: 'keep'`).
 *   Grey pictures come with 1 channel (2 with alpha), others with 3 (4 with alpha); a grey one over a background that
 *   is not grey becomes coloured. WebP, GIF and AVIF have no grey.
 * - Depth: 8 bits, 16 with `depth: 16`, or the file's with `depth: 'file'`.
 * - Animation: the first frame, or that which `frame` names, as it is seen: with what earlier frames left. Of an animated
 *   PNG or AVIF the still picture is read.
 *
 * The file is read whole before it is decoded, so the result may be written over it. A pipe is read to its end.
 *
 * @throws PictureError when there is no such file, it is no picture of these formats, it is damaged or cut short, or it
 *   has more elements than `pixelLimit`, which its header tells before anything is decoded; ValueError when an option is
 *   wrong.
 */
export function readPicture(path: string, options: ReadOptions & { readonly depth: 16 }): Promise<DeepPicture>;
export function readPicture(path: string, options?: ReadOptions & { readonly depth?: 8 }): Promise<Picture>;
export function readPicture(path: string, options?: ReadOptions): Promise<Picture | DeepPicture>;
export async function readPicture(path: string, options: ReadOptions = {}): Promise<Picture | DeepPicture> {
  checkOptions(options);
  return decoded(await fileBytes(path, options.byteLimit ?? defaultByteLimit), path, options);
}
