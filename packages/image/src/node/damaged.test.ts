import { describe, expect, test } from 'vitest';
import { claimingPng, codec, everyFormat, frames, grey, noise } from '../../testing/files.ts';
import { pictureError } from '../../testing/folder.ts';
import { pseudoRandom } from '../../testing/pictures.ts';
import type { Picture } from '../picture.ts';
import { decodePicture } from './decode-picture.ts';
import { PictureError } from './picture-error.ts';

// Whatever the bytes are, they decode or there is one PictureError. None crashes, hangs (each test has its own limit of
// time) or gives half a picture.

const files = await everyFormat();
const numberOf = (name: string): number => (name.startsWith('PNG') || name.startsWith('JPEG') || name.startsWith('WebP') ? 300 : 100);

/** The picture, or what the PictureError says; any other error is the test's. */
async function attempted(bytes: Uint8Array): Promise<Picture | string> {
  try {
    return await decodePicture(bytes, { pixelLimit: 1_000_000 });
  } catch (error) {
    if (error instanceof PictureError) return error.message;
    throw error;
  }
}

test.each(files)('%s cut short at every length: damaged, or whole', async (_, bytes) => {
  const whole = await decodePicture(bytes);
  const lengths = Array.from({ length: Math.min(400, bytes.length) }, (_, index) => Math.floor((index * bytes.length) / Math.min(400, bytes.length)));
  const failed: number[] = [];
  for (const length of lengths) {
    const given = await attempted(bytes.subarray(0, length));
    // What is cut off may be no part of the picture, such as the mark of the file's end.
    if (typeof given === 'object') expect(given).toEqual(whole);
    else {
      expect(given).toMatch(length === 0 ? /the file is empty$/ : /the \d+ bytes given: (not a picture in a format that is read\n.*|the \w+ picture is damaged or cut short \(.+\))$/);
      failed.push(length);
    }
  }
  expect(failed).toEqual(expect.arrayContaining(lengths.filter((length) => length < bytes.length * 0.9)));
});

test('a GIF that ends after its first frame: that frame, and no other', async () => {
  const bytes = await frames([0, 100, 200]).gif().toBuffer();
  const whole = await decodePicture(bytes);
  // Each frame begins with its control block.
  const second = bytes.indexOf(Buffer.from([0x21, 0xf9, 4]), bytes.indexOf(Buffer.from([0x21, 0xf9, 4])) + 1);
  expect(await decodePicture(bytes.subarray(0, second))).toEqual(whole);
  expect(await pictureError(decodePicture(bytes.subarray(0, second), { frame: 1 }))).toMatch(/there is no frame 1|damaged or cut short/);
});

describe('bytes that were changed', () => {
  /** One to eight bytes set at random, or a piece cut out or doubled. */
  function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
    const below = (limit: number): number => Math.floor(limit * random());
    const kind = below(4);
    const [from, to] = [below(bytes.length), below(bytes.length)].sort((a, b) => a - b);
    if (kind === 0) return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    if (kind === 1) return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    const changed = Uint8Array.from(bytes);
    // The header is short, and most of what can go wrong begins there.
    const reach = kind === 2 ? Math.min(64, bytes.length) : bytes.length;
    for (let count = 1 + below(8); count > 0; count--) changed[below(reach)] = below(256);
    return changed;
  }

  test.each(files)('%s', async (name, bytes) => {
    const random = pseudoRandom(20_261_122);
    let decoded = 0;
    for (let time = 0; time < numberOf(name); time++) {
      const given = await attempted(mutated(bytes, random));
      if (typeof given === 'string') {
        expect(given).toMatch(/^the \d+ bytes given: /);
        continue;
      }
      decoded++;
      expect(given.data.length).toBe(given.width * given.height * given.channels);
    }
    // Were nothing but signatures refused, this would show it.
    expect(decoded).toBeLessThan(numberOf(name));
  });
});

describe('bytes that are nothing', () => {
  test('none, zeros, random ones', async () => {
    expect(await pictureError(decodePicture(new Uint8Array(0)))).toBe('the 0 bytes given: the file is empty');
    const random = pseudoRandom(3);
    for (const length of [1, 7, 12, 100, 5000]) {
      expect(await pictureError(decodePicture(new Uint8Array(length)))).toMatch(/: not a picture in a format that is read\n/);
      expect(await pictureError(decodePicture(Uint8Array.from({ length }, () => Math.floor(256 * random()))))).toMatch(/: not a picture in a format that is read\n/);
    }
  });

  test.each(files)('%s: nothing but the first bytes, zeros and random ones behind them', async (name, bytes) => {
    const random = pseudoRandom(4);
    for (const length of [0, 1, 100, 5000])
      for (const sample of [() => 0, random]) {
        const given = await attempted(Buffer.concat([bytes.subarray(0, 12), Uint8Array.from({ length }, () => Math.floor(256 * sample()))]));
        expect(given).toMatch(new RegExp(`^the ${length + 12} bytes given: the ${name.split(',')[0]} picture is damaged or cut short \\(.+\\)$`));
      }
  });
});

describe('a small file that claims to be huge', () => {
  test('a PNG is refused by its header, before anything is decoded', async () => {
    expect(await pictureError(decodePicture(claimingPng(100_000, 100_000)))).toMatch(/: 100000 x 100000 elements are more than the limit of 100000000\n/);
    expect(await pictureError(decodePicture(claimingPng(2 ** 31 - 1, 2 ** 31 - 1)))).toMatch(/elements are more than the limit|damaged or cut short/);
    // Within the limit, the data is missed.
    expect(await pictureError(decodePicture(claimingPng(1000, 1000)))).toMatch(/the PNG picture is damaged or cut short/);
    expect(await pictureError(decodePicture(claimingPng(1000, 1000), { pixelLimit: 999_999 }))).toMatch(/: 1000 x 1000 elements are more than the limit of 999999\n/);
  });

  /** Where the header says width and height, and how. */
  async function claiming(format: 'jpeg' | 'webp' | 'tiff' | 'avif'): Promise<Buffer> {
    const bytes = await codec(noise(4, 4, 3)).toFormat(format, format === 'tiff' ? { compression: 'none' } : {}).toBuffer();
    switch (format) {
      case 'jpeg': {
        let at = 2;
        while (bytes[at + 1] !== 0xc0) at += 2 + bytes.readUInt16BE(at + 2);
        bytes.writeUInt16BE(65_000, at + 5);
        bytes.writeUInt16BE(65_000, at + 7);
        return bytes;
      }
      case 'webp':
        bytes.writeUInt16LE(16_383, 26);
        bytes.writeUInt16LE(16_383, 28);
        return bytes;
      case 'tiff': {
        const directory = bytes.readUInt32LE(4);
        for (let entry = 0; entry < bytes.readUInt16LE(directory); entry++) {
          const at = directory + 2 + 12 * entry;
          // Width and height are tags 256 and 257.
          if ([256, 257].includes(bytes.readUInt16LE(at))) bytes.writeUInt16LE(65_000, at + 8);
        }
        return bytes;
      }
      case 'avif': {
        const at = bytes.indexOf('ispe');
        bytes.writeUInt32BE(65_000, at + 8);
        bytes.writeUInt32BE(65_000, at + 12);
        return bytes;
      }
    }
  }

  test.each(['jpeg', 'webp', 'tiff', 'avif'] as const)('so is a file of %s', async (format) => {
    expect(await pictureError(decodePicture(await claiming(format)))).toMatch(/: (65000 x 65000|16383 x 16383) elements are more than the limit of 100000000\n/);
  });

  test('what is within the limit is decoded', async () => {
    const bytes = await codec(grey).png().toBuffer();
    expect(await decodePicture(bytes, { pixelLimit: 6 })).toEqual(grey);
    expect(await pictureError(decodePicture(bytes, { pixelLimit: 5.5 }))).toMatch(/: 3 x 2 elements are more than the limit of 5\.5\n/);
  });
});
