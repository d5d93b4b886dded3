import type { Sharp } from 'sharp';
import type { Depth } from '../picture.ts';

/** The name of a format that pictures are written in. */
export type WrittenFormat = 'png' | 'jpeg' | 'webp';

/** A file format that pictures are read from. */
export interface Format {
  readonly name: string;
  /** The bytes that a file of this format begins with, in its variants; undefined stands for any byte. */
  readonly signatures: readonly (readonly (number | undefined)[])[];
}

/** A file format that pictures are written in too. */
export interface Encoding extends Format {
  /** The endings of file names that ask for it, the usual one first. */
  readonly extensions: readonly string[];
  /** The most elements that a row or a column can have. */
  readonly longestSide: number;
  readonly transparency: boolean;
  readonly depths: readonly Depth[];
  readonly encode: (picture: Sharp) => Sharp;
}

/** PNG and WebP are written without loss; JPEG, which has none, at quality 90 and with colour at full resolution. */
export const encodings: Readonly<Record<WrittenFormat, Encoding>> = {
  png: {
    name: 'PNG',
    signatures: [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    extensions: ['.png'],
    longestSide: 2 ** 31 - 1,
    transparency: true,
    depths: [8, 16],
    encode: (picture) => picture.png(),
  },
  jpeg: {
    name: 'JPEG',
    signatures: [[0xff, 0xd8, 0xff]],
    extensions: ['.jpg', '.jpeg'],
    // The format's own limit is 65535; that of its codecs is a little lower.
    longestSide: 65_500,
    transparency: false,
    depths: [8],
    encode: (picture) => picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }),
  },
  webp: {
    name: 'WebP',
    // 'RIFF', four bytes of length, 'WEBP'.
    signatures: [[...ascii('RIFF'), undefined, undefined, undefined, undefined, ...ascii('WEBP')]],
    extensions: ['.webp'],
    longestSide: 16_383,
    transparency: true,
    depths: [8],
    // Exact: the colours of fully transparent elements too.
    encode: (picture) => picture.webp({ lossless: true, exact: true }),
  },
};

/** All that is read. */
export const formats: readonly Format[] = [
  ...Object.values(encodings),
  { name: 'GIF', signatures: [ascii('GIF87a'), ascii('GIF89a')] },
  // In the order of bytes of either kind of machine.
  { name: 'TIFF', signatures: [[...ascii('II'), 42, 0], [...ascii('MM'), 0, 42]] },
  // Four bytes of length, 'ftyp', and the brand of still pictures or of sequences.
  { name: 'AVIF', signatures: ['avif', 'avis'].map((brand) => [undefined, undefined, undefined, undefined, ...ascii(`ftyp${brand}`)]) },
];

/** The most bytes that a signature looks at. */
export const signatureLength: number = Math.max(...formats.flatMap(({ signatures }) => signatures.map(({ length }) => length)));

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** The format that a file's first bytes announce. */
export function formatOfBytes(bytes: Uint8Array): Format | undefined {
  return formats.find(({ signatures }) => signatures.some((signature) => signature.every((byte, index) => byte === undefined || byte === bytes[index])));
}

/** The format that a file's name asks for; capital letters make no difference. */
export function formatOfPath(path: string): WrittenFormat | undefined {
  const lower = path.toLowerCase();
  return (['png', 'jpeg', 'webp'] as const).find((name) => encodings[name].extensions.some((extension) => lower.endsWith(extension)));
}

/** `PNG, JPEG or WebP`. */
export function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
