import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Channels, DeepPicture, Picture } from '../src/picture.ts';
import { pseudoRandom } from './pictures.ts';

// Files as other programs write them, made by sharp or by hand.

/** The three corners differ, so that every turn and mirror image is another picture. */
export const grey: Picture = { width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 50, 100, 150, 200, 255) };
export const coloured: Picture = { width: 2, height: 2, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7) };

/** A picture whose bytes look random: it does not compress, and nothing of it can be guessed from the rest. */
export function noise(width: number, height: number, channels: Channels): Picture {
  const random = pseudoRandom(1);
  return { width, height, channels, data: Uint8Array.from({ length: width * height * channels }, () => Math.floor(256 * random())) };
}

/** A grey picture in three equal channels. */
export function tripled({ width, height, data }: Picture): Picture {
  return { width, height, channels: 3, data: Uint8Array.from([...data].flatMap((byte) => [byte, byte, byte])) };
}

/** Sharp's view of a picture, in the colour space of its samples. */
export function codec({ width, height, channels, data }: Picture | DeepPicture): Sharp {
  const space = data instanceof Uint16Array ? (channels <= 2 ? 'grey16' : 'rgb16') : channels <= 2 ? 'b-w' : 'srgb';
  return sharp(data, { raw: { width, height, channels } }).toColourspace(space);
}

/** Grey frames of 2 x 2 elements, one under the other as sharp takes an animation. */
export function frames(levels: readonly number[]): Sharp {
  const data = Uint8Array.from(levels.flatMap((level) => new Array<number>(12).fill(level)));
  return sharp(data, { raw: { width: 2, height: 2 * levels.length, channels: 3, pageHeight: 2 } });
}

function chunk(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), ...parts]);
  return Buffer.concat([uint32(content.length - 4), content, uint32(crc32(content))]);
}

function uint32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => bytes.writeUInt32BE(number, 4 * index));
  return bytes;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function header(width: number, height: number): Buffer {
  return chunk('IHDR', uint32(width, height), Buffer.from([8, 0, 0, 0, 0]));
}

/** A grey PNG with right checksums whose header says what it likes; the data is that of a few rows. */
export function claimingPng(width: number, height: number): Buffer {
  return Buffer.concat([signature, header(width, height), chunk('IDAT', deflateSync(Buffer.alloc(1000))), chunk('IEND')]);
}

/** An animated PNG of 1 x 1: its still picture is also the first frame. */
export function animatedPng(still: number, second: number): Buffer {
  const control = (sequence: number): Buffer => chunk('fcTL', uint32(sequence, 1, 1, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0]));
  return Buffer.concat([
    signature,
    header(1, 1),
    chunk('acTL', uint32(2, 0)),
    control(0),
    chunk('IDAT', deflateSync(Buffer.from([0, still]))),
    control(1),
    chunk('fdAT', uint32(2), deflateSync(Buffer.from([0, second]))),
    chunk('IEND'),
  ]);
}

/** A TIFF of 1 x 1 whose one sample is a float. */
export function floatTiff(value: number): Buffer {
  const entries: readonly (readonly [tag: number, kind: number, value: number])[] = [
    [256, 3, 1],
    [257, 3, 1],
    [258, 3, 32],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, 1],
    [279, 4, 4],
    [339, 3, 3],
  ];
  const bytes = Buffer.alloc(12 + 2 + 12 * entries.length + 4);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(12, 4);
  bytes.writeFloatLE(value, 8);
  bytes.writeUInt16LE(entries.length, 12);
  entries.forEach(([tag, kind, number], index) => {
    const at = 14 + 12 * index;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(kind, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(number, at + 8);
  });
  return bytes;
}

/** Small files of every format that is read, of a picture of noise. */
export async function everyFormat(): Promise<readonly (readonly [name: string, bytes: Buffer])[]> {
  const picture = codec(noise(24, 20, 3));
  return Promise.all([
    picture.clone().png().toBuffer().then((bytes) => ['PNG', bytes] as const),
    picture.clone().png({ progressive: true }).toBuffer().then((bytes) => ['PNG, interlaced', bytes] as const),
    picture.clone().jpeg().toBuffer().then((bytes) => ['JPEG', bytes] as const),
    picture.clone().jpeg({ progressive: true }).toBuffer().then((bytes) => ['JPEG, progressive', bytes] as const),
    picture.clone().webp({ lossless: true }).toBuffer().then((bytes) => ['WebP, lossless', bytes] as const),
    picture.clone().webp().toBuffer().then((bytes) => ['WebP, lossy', bytes] as const),
    picture.clone().gif().toBuffer().then((bytes) => ['GIF', bytes] as const),
    picture.clone().tiff({ compression: 'lzw' }).toBuffer().then((bytes) => ['TIFF', bytes] as const),
    picture.clone().avif().toBuffer().then((bytes) => ['AVIF', bytes] as const),
  ]);
}
