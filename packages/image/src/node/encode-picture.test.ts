import { ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { coloured, grey } from '../../testing/files.ts';
import { pictureError } from '../../testing/folder.ts';
import { anyDepth, anyPicture, seeded } from '../../testing/pictures.ts';
import type { DeepPicture, Picture } from '../picture.ts';
import { decodePicture } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';

/** A soft ramp, which JPEG keeps closely. */
const ramp: Picture = { width: 32, height: 32, channels: 3, data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => Math.floor(index / 3) % 32 * 8) };
const deep: DeepPicture = { width: 1, height: 1, channels: 1, data: Uint16Array.of(7) };

/** As WebP keeps it: in three or four channels. */
function inColour({ width, height, channels, data }: Picture): Picture {
  if (channels > 2) return { width, height, channels, data };
  const pixels = Array.from({ length: width * height }, (_, index) => [...data.subarray(index * channels, (index + 1) * channels)]);
  return { width, height, channels: channels === 1 ? 3 : 4, data: Uint8Array.from(pixels.flatMap(([level = 0, ...alpha]) => [level, level, level, ...alpha])) };
}

describe('what is encoded comes back', () => {
  test('PNG: every sample of every kind of picture', async () => {
    await fc.assert(
      fc.asyncProperty(anyDepth.chain((depth) => fc.tuple(fc.constant(depth), anyPicture(depth))), async ([depth, picture]) => {
        expect(await decodePicture(await encodePicture(picture, 'png'), { depth, alpha: 'keep' })).toEqual(picture);
      }),
      seeded(100),
    );
  });

  test('WebP: every byte, in colour; alpha is forgotten only where all is opaque', async () => {
    await fc.assert(
      fc.asyncProperty(anyPicture(8), async (picture) => {
        const back = await decodePicture(await encodePicture(picture, 'webp'), { alpha: 'keep' });
        const expected = inColour(picture);
        if (back.channels === 3 && expected.channels === 4) expect(expected.data.filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
        else expect(back).toEqual(expected);
      }),
      seeded(100),
    );
  });

  test('JPEG: a soft picture within a few steps, grey as grey', async () => {
    const back = await decodePicture(await encodePicture(ramp, 'jpeg'));
    expect([back.width, back.height, back.channels]).toEqual([32, 32, 3]);
    expect(Math.max(...back.data.map((byte, index) => Math.abs(byte - (ramp.data[index] ?? 0))))).toBeLessThanOrEqual(4);
    expect((await decodePicture(await encodePicture(grey, 'jpeg'))).channels).toBe(1);
  });

  test('the bytes are of the format asked for', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) expect((await sharp(await encodePicture(coloured, format)).metadata()).format).toBe(format);
  });
});

describe('what a format cannot hold', () => {
  test('is refused', async () => {
    const wide: Picture = { width: 16_384, height: 1, channels: 1, data: new Uint8Array(16_384) };
    expect(await pictureError(encodePicture(wide, 'webp'))).toBe('16384 x 1 elements; WebP holds at most 16383 a side\n  write a .png');
    expect(await pictureError(encodePicture({ width: 1, height: 1, channels: 2, data: new Uint8Array(2) }, 'jpeg'))).toBe(
      'JPEG has no transparency\n  write a .png or .webp, or composite the picture over a colour first',
    );
    expect(await pictureError(encodePicture(deep, 'webp'))).toBe('WebP has samples of 8 bits, the picture of 16\n  write a .png, or round the picture first: toDepth(picture, 8)');
    await expect(encodePicture({ ...grey, width: 4 }, 'png')).rejects.toThrow(new ValueError('encodePicture: the data has 6 elements, 4 x 2 with 1 channel needs 8'));
  });

  test('the longest JPEG is one that can be read again', async () => {
    const longest: Picture = { width: 65_500, height: 1, channels: 1, data: new Uint8Array(65_500).fill(9) };
    expect((await decodePicture(await encodePicture(longest, 'jpeg'))).width).toBe(65_500);
    const longer: Picture = { width: 1, height: 65_501, channels: 1, data: new Uint8Array(65_501) };
    expect(await pictureError(encodePicture(longer, 'jpeg'))).toBe('1 x 65501 elements; JPEG holds at most 65500 a side\n  write a .png');
  });

  test('an unknown format', async () => {
    // A program without types can ask for what the types forbid.
    await expect(Reflect.apply(encodePicture, undefined, [grey, 'gif'])).rejects.toThrow(new ValueError('encodePicture: there is no format "gif"; png, jpeg or webp are known'));
    await expect(Reflect.apply(encodePicture, undefined, [grey, 'toString'])).rejects.toThrow(ValueError);
  });
});
