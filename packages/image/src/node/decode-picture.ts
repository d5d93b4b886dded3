import type SharpModule from 'sharp';
import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { ValueError } from '@xcorr/graph';
import { toDepth } from '../picture/depth.ts';
import type { Channels, DeepPicture, Depth, Picture } from '../picture.ts';
import { flattened, type Background } from './flatten.ts';
import { iccToSrgb } from './icc-profile.ts';
import { loadSharp } from './load-sharp.ts';
import { PictureError, reason } from './picture-error.ts';
import { announced, streamBytes, type Encoded } from './read-bytes.ts';

export interface ReadOptions {
  /** What lies behind transparent parts, as an opaque CSS colour. Default: white. */
  readonly background?: string;
  /** `composite`: transparent parts show the background. `keep`: alpha stays as the last channel, where the file has it. Default: `composite`. */
  readonly alpha?: 'composite' | 'keep';
  /** Bits of a sample. A file of 16 bits is rounded to 8, one of 8 bits is widened exactly; `file` leaves both as they are. Default: 8. */
  readonly depth?: Depth | 'file';
  /** Which frame of an animated GIF or WebP, or page of a TIFF, counted from 0. Default: 0. */
  readonly frame?: number;
  /** The most elements (width x height) that are decoded; larger pictures are refused by their header. Default: 100 million. */
  readonly pixelLimit?: number;
  /** The most bytes that are read; longer files are refused. Default: 2^30. */
  readonly byteLimit?: number;
}

export interface DecodeOptions extends ReadOptions {
  /** What errors call the source, such as `standard input`. */
  readonly name?: string;
}

const defaultPixelLimit = 100_000_000;
export const defaultByteLimit: number = 2 ** 30;
const white: Background = [255, 255, 255];

/**
 * Decodes a PNG, JPEG, WebP, GIF, TIFF or AVIF picture. What counts is what the bytes are, not what they are called. See
 * `readPicture` for what becomes of orientation, colour, transparency, depth and animation.
 *
 * @param source  the bytes of a file, or a stream of them such as `process.stdin`
 * @throws PictureError when the bytes are no picture of these formats, are damaged or cut short, or the picture has more
 *   elements than `pixelLimit`; ValueError when an option is wrong.
 */
export function decodePicture(source: Uint8Array | AsyncIterable<Uint8Array>, options: DecodeOptions & { readonly depth: 16 }): Promise<DeepPicture>;
export function decodePicture(source: Uint8Array | AsyncIterable<Uint8Array>, options?: DecodeOptions & { readonly depth?: 8 }): Promise<Picture>;
export function decodePicture(source: Uint8Array | AsyncIterable<Uint8Array>, options?: DecodeOptions): Promise<Picture | DeepPicture>;
export async function decodePicture(source: Uint8Array | AsyncIterable<Uint8Array>, options: DecodeOptions = {}): Promise<Picture | DeepPicture> {
  checkOptions(options);
  if (!(source instanceof Uint8Array)) {
    const shown = options.name ?? 'the stream given';
    return decoded(await streamBytes(source, { shown, byteLimit: options.byteLimit ?? defaultByteLimit }), shown, options);
  }
  const shown = options.name ?? `the ${source.length} bytes given`;
  return decoded({ bytes: source, format: announced(source, { shown, byteLimit: source.length }) }, shown, options);
}

/** @throws ValueError when an option is not one of those that its type names. */
export function checkOptions({ alpha = 'composite', depth = 8, frame = 0, pixelLimit = 1, byteLimit = 1 }: ReadOptions): void {
  if (!['composite', 'keep'].includes(alpha)) throw new ValueError(`the option alpha is ${JSON.stringify(alpha)}; 'composite' and 'keep' are known`);
  if (depth !== 8 && depth !== 16 && depth !== 'file') throw new ValueError(`the option depth is ${String(depth)}; 8, 16 and 'file' are known`);
  if (!Number.isSafeInteger(frame) || frame < 0) throw new ValueError(`the option frame is ${frame}; frames are counted from 0`);
  for (const [name, limit] of Object.entries({ pixelLimit, byteLimit }))
    if (!(limit > 0)) throw new ValueError(`the option ${name} is ${limit}; a number above 0 is expected`);
}

/** How a file keeps its samples, as far as they are read. */
interface Samples {
  readonly single: boolean;
  readonly depth: Depth;
}

/** By libvips' names of colour space and type of number. */
const samplesOf: Readonly<Record<string, Samples>> = {
  'b-w uchar': { single: true, depth: 8 },
  'grey16 ushort': { single: true, depth: 16 },
  'srgb uchar': { single: false, depth: 8 },
  'rgb16 ushort': { single: false, depth: 16 },
  'cmyk uchar': { single: false, depth: 8 },
};

/** Decodes what has been read, with options that have been checked. */
export async function decoded({ bytes, format }: Encoded, shown: string, options: ReadOptions): Promise<Picture | DeepPicture> {
  const sharp = await loadSharp();
  const background = options.background === undefined ? white : await backgroundOf(sharp, options.background);
  const { pixelLimit = defaultPixelLimit, frame = 0, alpha = 'composite', depth = 8 } = options;
  const damaged = (error: unknown): PictureError =>
    new PictureError(`${shown}: the ${format.name} picture is damaged or cut short (${codecReason(error)})`, { cause: error });

  const open = async (page: SharpOptions): Promise<readonly [Sharp, Metadata]> => {
    // The limit is ours to enforce, with our message; sharp's own would come first.
    const image = sharp(bytes, { ...page, limitInputPixels: false, failOn: 'error' });
    const header = await image.metadata().catch((error: unknown) => {
      throw damaged(error);
    });
    if (header.width * header.height > pixelLimit)
      throw new PictureError(
        `${shown}: ${header.width} x ${header.height} elements are more than the limit of ${pixelLimit}\n  raise pixelLimit if the file is to be trusted, or make the picture smaller`,
      );
    return [image, header];
  };
  const first = await open({});
  const { pages = 1 } = first[1];
  if (frame >= pages) throw new PictureError(`${shown}: there is no frame ${frame}; the ${format.name} picture has ${pages === 1 ? 'one, frame 0' : `${pages}, counted from 0`}`);
  // Only now is it known that the page is there.
  const [image, header] = frame === 0 ? first : await open({ page: frame });

  const samples = samplesOf[`${header.space} ${header.depth}`];
  if (samples === undefined)
    throw new PictureError(`${shown}: the ${format.name} picture has samples of ${header.depth} in the colour space ${header.space}\n  grey and RGB of 8 or 16 bits and CMYK of 8 are read; convert it to one of these`);
  try {
    const natural = samples.depth === 16 ? await deepSamples(image, header, samples) : await byteSamples(image, header, samples);
    const seen = alpha === 'keep' ? natural : flattened(natural, background);
    return depth === 'file' ? seen : toDepth(seen, depth);
  } catch (error) {
    throw error instanceof PictureError ? error : damaged(error);
  }
}

/** 8-bit samples in sRGB; profiles and CMYK are converted by the codec. */
async function byteSamples(image: Sharp, { hasAlpha }: Metadata, { single }: Samples): Promise<Picture> {
  // In the space 'b-w' the codec drops alpha.
  const grey = single && !hasAlpha;
  const { data, info } = await image
    .autoOrient()
    .toColourspace(grey ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = checkedCount(info, grey ? 1 : hasAlpha ? 4 : 3, data.length);
  const samples = new Uint8Array(data.buffer, data.byteOffset, data.length);
  return single && hasAlpha ? { width, height, channels: 2, data: greyAndAlpha(samples) } : { width, height, channels, data: samples };
}

/**
 * 16-bit samples in sRGB. The codec would convert a profile of these to the space of Display P3 and by tables that are
 * wrong by up to a hundredth, so the samples are taken as they are stored and converted here. Profiles of grey pictures
 * are not applied.
 */
async function deepSamples(image: Sharp, { hasAlpha, icc, bitsPerSample = 16 }: Metadata, { single }: Samples): Promise<DeepPicture> {
  const { data, info } = await image
    .autoOrient()
    .keepIccProfile()
    .toColourspace(single ? 'grey16' : 'rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = checkedCount(info, (single ? 1 : 3) + (hasAlpha ? 1 : 0), data.length / 2);
  const words = new Uint16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  if (bitsPerSample > 8 && bitsPerSample < 16) widen(words, bitsPerSample);
  if (!single && icc !== undefined) iccToSrgb(words, channels, icc);
  return { width, height, channels, data: words };
}

/** Samples of 10 or 12 bits come as the upper bits of 16: the largest is to be 65535. */
function widen(words: Uint16Array, bits: number): void {
  const largest = 65_536 - 2 ** (16 - bits);
  for (let index = 0; index < words.length; index++) words[index] = Math.round(((words[index] ?? 0) / largest) * 65_535);
}

/** What the codec gave is what its header promised, or nothing of it is believed. */
function checkedCount({ width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number }, expected: number, length: number): Channels {
  if (channels !== expected || length !== width * height * channels || (expected !== 1 && expected !== 2 && expected !== 3 && expected !== 4))
    throw new Error(`${channels} channels where the header says ${expected}`);
  return expected;
}

function greyAndAlpha(rgba: Uint8Array): Uint8Array {
  const samples = new Uint8Array(rgba.length / 2);
  for (let from = 0, to = 0; to < samples.length; from += 4, to += 2) {
    samples[to] = rgba[from] ?? 0;
    samples[to + 1] = rgba[from + 3] ?? 0;
  }
  return samples;
}

/** @throws ValueError when it is no colour, or one that can be seen through. */
async function backgroundOf(sharp: typeof SharpModule, colour: string): Promise<Background> {
  const refused = (why: string): ValueError => new ValueError(`the option background is ${JSON.stringify(colour)}, ${why}\n  give an opaque CSS colour, such as 'white' or '#336699'`);
  let swatch: Sharp;
  try {
    swatch = sharp({ create: { width: 1, height: 1, channels: 4, background: colour } });
  } catch {
    throw refused('which is no colour');
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = await swatch.raw().toBuffer();
  if (alpha !== 255) throw refused('through which one sees');
  return [red, green, blue];
}

/** What the codec says, without the words that the message around it has already. */
function codecReason(error: unknown): string {
  return reason(error).replace(/^Input buffer (?:has corrupt header|contains unsupported image format):? ?/, '') || 'its header cannot be read';
}
