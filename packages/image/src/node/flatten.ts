import { depthOf, largestSample, type DeepPicture, type Picture } from '../picture.ts';

/** Red, green and blue of 8 bits. */
export type Background = readonly [red: number, green: number, blue: number];

/**
 * What is seen of a picture over a colour: alpha x sample + (1 - alpha) x colour, rounded to the nearest sample. A picture
 * without alpha is left as it is, and a grey one over a grey stays grey.
 */
export function flattened(picture: Picture, background: Background): Picture;
export function flattened(picture: Picture | DeepPicture, background: Background): Picture | DeepPicture;
export function flattened(picture: Picture | DeepPicture, background: Background): Picture | DeepPicture {
  const { width, height, channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  const largest = largestSample[depthOf(picture)];
  const [red, green, blue] = background.map((byte) => byte * (largest / 255));
  const behind = [red ?? 0, green ?? 0, blue ?? 0];
  const grey = channels === 2 && red === green && green === blue;
  const seen = grey ? 1 : 3;
  const samples = data instanceof Uint16Array ? new Uint16Array(width * height * seen) : new Uint8Array(width * height * seen);
  for (let from = 0, to = 0; to < samples.length; from += channels, to += seen) {
    const alpha = data[from + channels - 1] ?? 0;
    for (let channel = 0; channel < seen; channel++) {
      const sample = data[channels === 4 ? from + channel : from] ?? 0;
      samples[to + channel] = Math.round((alpha * sample + (largest - alpha) * (behind[channel] ?? 0)) / largest);
    }
  }
  return samples instanceof Uint16Array ? { width, height, channels: seen, data: samples } : { width, height, channels: seen, data: samples };
}
