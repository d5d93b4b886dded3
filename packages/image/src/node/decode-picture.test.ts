import { Readable } from 'node:stream';
import { ValueError } from '@xcorr/graph';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { animatedPng, codec, coloured, floatTiff, frames, grey, noise, tripled } from '../../testing/files.ts';
import { pictureError } from '../../testing/folder.ts';
import type { DeepPicture, Picture } from '../picture.ts';
import { toDepth } from '../picture/depth.ts';
import { decodePicture, type DecodeOptions } from './decode-picture.ts';

const png = async (picture: Picture | DeepPicture): Promise<Buffer> => codec(picture).png().toBuffer();
const greyAlpha: Picture = { width: 3, height: 1, channels: 2, data: Uint8Array.of(0, 255, 100, 0, 100, 51) };
const rgba: Picture = { width: 2, height: 1, channels: 4, data: Uint8Array.of(255, 0, 0, 255, 200, 100, 0, 51) };

function largestDifference(a: Picture | DeepPicture, b: Picture | DeepPicture): number {
  expect({ ...a, data: a.data.length }).toEqual({ ...b, data: b.data.length });
  return Math.max(...Array.from(a.data, (sample, index) => Math.abs(sample - (b.data[index] ?? 0))));
}

describe('orientation', () => {
  test.each([
    [1, 3, 2, [0, 50, 100, 150, 200, 255]],
    [2, 3, 2, [100, 50, 0, 255, 200, 150]],
    [3, 3, 2, [255, 200, 150, 100, 50, 0]],
    [4, 3, 2, [150, 200, 255, 0, 50, 100]],
    [5, 2, 3, [0, 150, 50, 200, 100, 255]],
    [6, 2, 3, [150, 0, 200, 50, 255, 100]],
    [7, 2, 3, [255, 100, 200, 50, 150, 0]],
    [8, 2, 3, [100, 255, 50, 200, 0, 150]],
  ])('EXIF %i is applied', async (orientation, width, height, data) => {
    const expected: Picture = { width, height, channels: 1, data: Uint8Array.from(data) };
    for (const file of [codec(tripled(grey)).withMetadata({ orientation }).png(), codec(tripled(grey)).withMetadata({ orientation }).webp({ lossless: true })])
      expect(await decodePicture(await file.toBuffer())).toEqual(tripled(expected));
    const jpeg = await codec(tripled(grey)).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
    expect(largestDifference(await decodePicture(jpeg), tripled(expected))).toBeLessThanOrEqual(2);
  });
});

describe('transparency', () => {
  test('colour over white, or over the background asked for', async () => {
    expect((await decodePicture(await png(rgba))).data).toEqual(Uint8Array.of(255, 0, 0, 244, 224, 204));
    expect((await decodePicture(await png(rgba), { background: 'black' })).data).toEqual(Uint8Array.of(255, 0, 0, 40, 20, 0));
    expect((await decodePicture(await png(rgba), { background: '#0000ff' })).data).toEqual(Uint8Array.of(255, 0, 0, 40, 20, 204));
  });

  test('grey stays grey over a grey, and is coloured over a colour', async () => {
    expect(await decodePicture(await png(greyAlpha))).toEqual({ width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 255, 224) });
    expect(await decodePicture(await png(greyAlpha), { background: 'gray' })).toEqual({ width: 3, height: 1, channels: 1, data: Uint8Array.of(0, 128, 122) });
    expect(await decodePicture(await png(greyAlpha), { background: 'red' })).toEqual({ width: 3, height: 1, channels: 3, data: Uint8Array.of(0, 0, 0, 255, 0, 0, 224, 20, 20) });
    expect(await decodePicture(await png(grey), { background: 'red' })).toEqual(grey);
  });

  test('kept, where there is any, with the colours of what is clear', async () => {
    for (const picture of [greyAlpha, rgba, grey, coloured]) expect(await decodePicture(await png(picture), { alpha: 'keep' })).toEqual(picture);
    expect((await decodePicture(await codec(coloured).gif().toBuffer(), { alpha: 'keep' })).channels).toBe(4);
  });

  test('of 16 bits white is 65535', async () => {
    const deep: DeepPicture = { width: 2, height: 1, channels: 4, data: Uint16Array.of(9, 8, 7, 0, 1000, 2000, 3000, 32_768) };
    expect((await decodePicture(await png(deep), { depth: 16 })).data).toEqual(Uint16Array.of(65_535, 65_535, 65_535, 33_267, 33_767, 34_267));
    expect((await decodePicture(await png(deep), { depth: 16, background: '#010203' })).data).toEqual(Uint16Array.of(257, 514, 771, 629, 1257, 1886));
    expect((await decodePicture(await png(deep))).data).toEqual(Uint8Array.of(255, 255, 255, 129, 131, 133));
  });
});

describe('depth', () => {
  test('that of the file, where it is asked for', async () => {
    for (const picture of [toDepth(coloured, 16), coloured]) expect(await decodePicture(await png(picture), { depth: 'file' })).toEqual(picture);
  });

  const ramp = Uint16Array.from({ length: 60 }, (_, index) => index * 1109);

  test.each([
    [1, 60],
    [2, 30],
    [3, 20],
    [4, 15],
  ] as const)('a PNG of 16 bits and %i channels: every sample, or the nearest byte', async (channels, width) => {
    const deep: DeepPicture = { width, height: 1, channels, data: ramp };
    expect(await decodePicture(await png(deep), { depth: 16, alpha: 'keep' })).toEqual(deep);
    expect(await decodePicture(await png(deep), { alpha: 'keep' })).toEqual(toDepth(deep, 8));
  });

  test('8 bits are widened exactly', async () => {
    expect(await decodePicture(await png(coloured), { depth: 16 })).toEqual(toDepth(coloured, 16));
  });

  test('a TIFF of 16 bits', async () => {
    const deep: DeepPicture = { width: 60, height: 1, channels: 1, data: ramp };
    expect(await decodePicture(await codec(deep).tiff({ compression: 'deflate' }).toBuffer(), { depth: 16 })).toEqual(deep);
  });

  test('white of an AVIF of 10 bits is white', async () => {
    const white: DeepPicture = { width: 8, height: 8, channels: 3, data: new Uint16Array(192).fill(65_535) };
    const bytes = await codec(white).avif({ bitdepth: 10, lossless: true }).toBuffer();
    expect((await sharp(bytes).metadata()).bitsPerSample).toBe(10);
    expect(await decodePicture(bytes, { depth: 16 })).toEqual(white);
    expect(await decodePicture(bytes)).toEqual(toDepth(white, 8));
  });
});

describe('colour', () => {
  const colours: Picture = { width: 6, height: 1, channels: 3, data: Uint8Array.of(255, 255, 255, 0, 0, 0, 200, 100, 50, 60, 120, 180, 90, 160, 70, 128, 128, 128) };

  test('an ICC profile is applied: Display P3 comes back as sRGB', async () => {
    const file = await codec(colours).withIccProfile('p3').png().toBuffer();
    const stored = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
    expect([...stored.subarray(6, 9)]).not.toEqual([200, 100, 50]);
    expect(largestDifference(await decodePicture(file), colours)).toBeLessThanOrEqual(2);
  });

  test('so it is of 16 bits, at 16 and at 8', async () => {
    // These numbers are those of Display P3; sharp leaves them as they are and attaches the profile.
    const deep: DeepPicture = { width: 3, height: 1, channels: 3, data: Uint16Array.of(65_535, 65_535, 65_535, 20_000, 30_000, 40_000, 40_000, 40_000, 40_000) };
    const file = await codec(deep).withIccProfile('p3').png().toBuffer();
    expect((await sharp(file).metadata()).icc).toBeInstanceOf(Buffer);
    // 20000, 30000, 40000 by the matrices and curves of both spaces, in float64.
    const expected: DeepPicture = { ...deep, data: Uint16Array.of(65_535, 65_535, 65_535, 16_773, 30_330, 40_903, 40_000, 40_000, 40_000) };
    expect(largestDifference(await decodePicture(file, { depth: 16 }), expected)).toBeLessThanOrEqual(60);
    expect(largestDifference(await decodePicture(file), toDepth(expected, 8))).toBeLessThanOrEqual(1);
  });

  test('16 bits with a profile of sRGB stay what they are', async () => {
    const deep: DeepPicture = { width: 100, height: 1, channels: 3, data: Uint16Array.from({ length: 300 }, (_, index) => (index * 40_503) % 65_536) };
    const file = await codec(deep).withIccProfile('srgb').png().toBuffer();
    const stored = await sharp(file, { ignoreIcc: true }).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
    const data = new Uint16Array(stored.buffer, stored.byteOffset, 300);
    expect(largestDifference(await decodePicture(file, { depth: 16 }), { ...deep, data })).toBeLessThanOrEqual(40);
  });

  test('a CMYK JPEG becomes RGB, by its profile or by a common one', async () => {
    const flat = (red: number, green: number, blue: number): Picture => ({ width: 8, height: 8, channels: 3, data: Uint8Array.from({ length: 192 }, (_, index) => [red, green, blue][index % 3] ?? 0) });
    for (const [red, green, blue] of [[255, 255, 255], [180, 90, 60], [100, 100, 100]] as const) {
      const picture = flat(red, green, blue);
      const plain = await codec(picture).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
      const profiled = await codec(picture).withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
      for (const bytes of [plain, profiled]) {
        expect((await sharp(bytes).metadata()).space).toBe('cmyk');
        // Inks reach fewer colours.
        expect(largestDifference(await decodePicture(bytes), picture)).toBeLessThanOrEqual(30);
      }
    }
  });
});

describe('formats', () => {
  test.each(['png', 'webp', 'gif', 'tiff'] as const)('%s without loss', async (format) => {
    const bytes = await codec(coloured).toFormat(format, { lossless: true, compression: 'lzw' }).toBuffer();
    expect(await decodePicture(bytes)).toEqual(coloured);
  });

  test.each(['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const)('%s of one element', async (format) => {
    const one: Picture = { width: 1, height: 1, channels: 3, data: Uint8Array.of(10, 200, 30) };
    const bytes = await codec(one).toFormat(format).toBuffer();
    expect(largestDifference(await decodePicture(bytes), one)).toBeLessThanOrEqual(4);
  });

  test('a TIFF of CMYK, tiled, and of one bit', async () => {
    expect((await decodePicture(await codec(noise(40, 30, 3)).toColourspace('cmyk').tiff({ tile: true, compression: 'lzw' }).toBuffer())).channels).toBe(3);
    const ink: Picture = { width: 9, height: 1, channels: 1, data: Uint8Array.of(0, 255, 255, 0, 0, 0, 255, 0, 255) };
    expect(await decodePicture(await codec(ink).tiff({ bitdepth: 1, compression: 'none' }).toBuffer())).toEqual(ink);
  });

  test('a PNG with a palette, and of one bit', async () => {
    expect(await decodePicture(await codec(coloured).png({ palette: true }).toBuffer())).toEqual(coloured);
    const ink: Picture = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) };
    expect((await decodePicture(await codec(ink).png({ palette: true, colours: 2 }).toBuffer())).data.slice(0, 1)).toEqual(Uint8Array.of(0));
  });

  test('samples that are no samples of a picture are refused', async () => {
    expect(await pictureError(decodePicture(floatTiff(0.5)))).toBe(
      'the 138 bytes given: the TIFF picture has samples of float in the colour space b-w\n  grey and RGB of 8 or 16 bits and CMYK of 8 are read; convert it to one of these',
    );
  });
});

describe('animation', () => {
  const first = (picture: Picture): number => picture.data[0] ?? -1;

  test.each(['gif', 'webp', 'tiff'] as const)('%s: the first frame, or the one asked for', async (format) => {
    const bytes = await frames([0, 100, 200]).toFormat(format, format === 'webp' ? { lossless: true } : {}).toBuffer();
    const whole = await decodePicture(bytes);
    expect([whole.width, whole.height, whole.channels, first(whole)]).toEqual([2, 2, 3, 0]);
    expect(first(await decodePicture(bytes, { frame: 1 }))).toBe(100);
    expect(first(await decodePicture(bytes, { frame: 2 }))).toBe(200);
    expect(await pictureError(decodePicture(bytes, { frame: 3, name: 'a.gif' }))).toMatch(/^a\.gif: there is no frame 3; the \w+ picture has 3, counted from 0$/);
  });

  test('of an animated PNG the still picture', async () => {
    expect(await decodePicture(animatedPng(50, 150))).toEqual({ width: 1, height: 1, channels: 1, data: Uint8Array.of(50) });
    expect(await pictureError(decodePicture(animatedPng(50, 150), { frame: 1, name: 'a.png' }))).toBe('a.png: there is no frame 1; the PNG picture has one, frame 0');
  });
});

describe('streams', () => {
  test('whole, in pieces of any length', async () => {
    const bytes = await png(coloured);
    expect(await decodePicture(Readable.from([bytes]))).toEqual(coloured);
    for (const length of [1, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) => bytes.subarray(index * length, (index + 1) * length));
      expect(await decodePicture(Readable.from(pieces))).toEqual(coloured);
    }
  });

  test('nothing, too little, something else', async () => {
    expect(await pictureError(decodePicture(Readable.from([]), { name: 'standard input' }))).toBe('standard input: the file is empty');
    expect(await pictureError(decodePicture(Readable.from([Buffer.from('hi')]), { name: 'standard input' }))).toMatch(/^standard input: not a picture in a format that is read\n/);
    await expect(decodePicture(Readable.from(['text'], { objectMode: true }))).rejects.toThrow(new ValueError('the stream given: a stream of bytes is expected, and this one gives a string'));
  });

  test('a stream without an end is left when its beginning is no picture, or at the limit', async () => {
    let given = 0;
    async function* endless(start: Uint8Array): AsyncGenerator<Uint8Array> {
      yield start;
      for (;;) {
        given++;
        await Promise.resolve();
        yield new Uint8Array(1000);
      }
    }
    expect(await pictureError(decodePicture(endless(new Uint8Array(1000))))).toMatch(/^the stream given: not a picture/);
    expect(given).toBe(0);
    expect(await pictureError(decodePicture(endless(await png(coloured)), { byteLimit: 10_000 }))).toBe(
      'the stream given: the file is longer than the limit of 10000 bytes\n  raise byteLimit if it is to be trusted',
    );
    expect(given).toBe(10);
  });

  test('a stream that fails', async () => {
    const failing = new Readable({ read: () => undefined });
    failing.destroy(new Error('the other side hung up'));
    expect(await pictureError(decodePicture(failing, { name: 'standard input' }))).toBe('standard input: cannot be read (the other side hung up)');
  });
});

describe('options', () => {
  const refused = async (options: object): Promise<string> => {
    const error: unknown = await decodePicture(await png(rgba), options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValueError);
    return error instanceof Error ? error.message : '';
  };

  test.each<[object, string]>([
    [{ alpha: 'drop' }, `the option alpha is "drop"; 'composite' and 'keep' are known`],
    [{ depth: 12 }, "the option depth is 12; 8, 16 and 'file' are known"],
    [{ frame: -1 }, 'the option frame is -1; frames are counted from 0'],
    [{ frame: 0.5 }, 'the option frame is 0.5; frames are counted from 0'],
    [{ pixelLimit: Number.NaN }, 'the option pixelLimit is NaN; a number above 0 is expected'],
    [{ byteLimit: 0 }, 'the option byteLimit is 0; a number above 0 is expected'],
    [{ background: 'whitish' }, `the option background is "whitish", which is no colour\n  give an opaque CSS colour, such as 'white' or '#336699'`],
    [{ background: '' }, `the option background is "", which is no colour\n  give an opaque CSS colour, such as 'white' or '#336699'`],
    [{ background: 'transparent' }, `the option background is "transparent", through which one sees\n  give an opaque CSS colour, such as 'white' or '#336699'`],
  ])('%j', async (options, message) => {
    expect(await refused(options)).toBe(message);
  });

  test('what is infinite is no limit', async () => {
    const options: DecodeOptions = { pixelLimit: Number.POSITIVE_INFINITY };
    expect((await decodePicture(await png(coloured), options)).data).toEqual(coloured.data);
  });
});
