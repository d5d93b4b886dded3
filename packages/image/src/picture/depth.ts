import { ValueError } from '@xcorr/graph';
import { checkedPicture, type DeepPicture, type Depth, type Picture } from '../picture.ts';

/**
 * The picture in samples of 8 or 16 bits. From 8 to 16 is exact (x 257, since 65535 = 257 x 255), and 16 to 8 takes the
 * nearest byte. Of a picture that has the depth already, the data is shared.
 *
 * @throws ValueError when the data does not fill width x height x channels.
 * @example
 * const deep = toDepth({ width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 255) }, 16);
 * [...deep.data]; // => [257, 65535]
 */
export function toDepth(picture: Picture | DeepPicture, depth: 8): Picture;
export function toDepth(picture: Picture | DeepPicture, depth: 16): DeepPicture;
export function toDepth(picture: Picture | DeepPicture, depth: Depth): Picture | DeepPicture;
export function toDepth(picture: Picture | DeepPicture, depth: Depth): Picture | DeepPicture {
  const { width, height, channels, data } = checkedPicture(picture, 'toDepth');
  switch (depth) {
    case 8:
      return { width, height, channels, data: data instanceof Uint16Array ? rounded(data) : data };
    case 16:
      return { width, height, channels, data: data instanceof Uint16Array ? data : widened(data) };
    default:
      throw new ValueError(`toDepth: the depth ${String(depth satisfies never)} is neither 8 nor 16`);
  }
}

/** 257 is odd: no word lies halfway between two bytes. */
function rounded(words: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(words.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = Math.round((words[index] ?? 0) / 257);
  return bytes;
}

function widened(bytes: Uint8Array): Uint16Array {
  const words = new Uint16Array(bytes.length);
  for (let index = 0; index < words.length; index++) words[index] = (bytes[index] ?? 0) * 257;
  return words;
}
