import { ValueError } from '@xcorr/graph';
import { checkedPicture, depthOf, type DeepPicture, type Picture } from '../picture.ts';
import { encodings, listed, type Encoding, type WrittenFormat } from './formats.ts';
import { loadSharp } from './load-sharp.ts';
import { PictureError, reason } from './picture-error.ts';

/**
 * A picture as the bytes of a file: PNG and WebP without loss (WebP has no grey, which becomes three equal channels),
 * JPEG at quality 90 with colour at full resolution. PNG holds 16 bits, the others 8; JPEG holds no alpha.
 *
 * @throws PictureError when the format cannot hold the picture; ValueError when the picture's data does not fit its size,
 *   or there is no such format.
 */
export async function encodePicture(picture: Picture | DeepPicture, format: WrittenFormat): Promise<Uint8Array> {
  if (!Object.hasOwn(encodings, format)) throw new ValueError(`encodePicture: there is no format ${JSON.stringify(format)}; ${listed(Object.keys(encodings))} are known`);
  return encoded(checkedPicture(picture, 'encodePicture'), format, '');
}

/**
 * @param before  what errors begin with: a path and a colon, or nothing
 * @throws PictureError when the format cannot hold the picture.
 */
export async function encoded(picture: Picture | DeepPicture, format: WrittenFormat, before: string): Promise<Uint8Array> {
  const { width, height, channels, data } = picture;
  const { name, encode } = holding(picture, format, before);
  const sharp = await loadSharp();
  const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const space = depthOf(picture) === 16 ? (channels <= 2 ? 'grey16' : 'rgb16') : channels <= 2 ? 'b-w' : 'srgb';
  const bytes = await encode(image.toColourspace(space))
    .toBuffer()
    .catch((error: unknown) => {
      throw new PictureError(`${before}the picture cannot be encoded as ${name} (${reason(error)})`, { cause: error });
    });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function holding(picture: Picture | DeepPicture, format: WrittenFormat, before: string): Encoding {
  const { width, height, channels } = picture;
  const encoding = encodings[format];
  const { name, longestSide, transparency, depths } = encoding;
  if (Math.max(width, height) > longestSide)
    throw new PictureError(`${before}${width} x ${height} elements; ${name} holds at most ${longestSide} a side\n  write a .png`);
  if ((channels === 2 || channels === 4) && !transparency)
    throw new PictureError(`${before}${name} has no transparency\n  write a .png or .webp, or composite the picture over a colour first`);
  if (!depths.includes(depthOf(picture)))
    throw new PictureError(`${before}${name} has samples of 8 bits, the picture of 16\n  write a .png, or round the picture first: toDepth(picture, 8)`);
  return encoding;
}
