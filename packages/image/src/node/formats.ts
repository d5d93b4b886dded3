import type { Sharp } from 'sharp';

/** A file format that pictures are read from and written to. */
export interface Format {
  readonly name: string;
  /** The endings of file names that ask for it, the usual one first. */
  readonly extensions: readonly string[];
  /** The bytes that a file of this format begins with; undefined stands for any byte. */
  readonly signature: readonly (number | undefined)[];
  /** The most elements that a row or a column can have. */
  readonly longestSide: number;
  readonly transparency: boolean;
  readonly encode: (picture: Sharp) => Sharp;
}

/** PNG and WebP are written without loss; JPEG, which has none, at quality 90 and with colour at full resolution. */
export const formats: readonly Format[] = [
  {
    name: 'PNG',
    extensions: ['.png'],
    signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    longestSide: 2 ** 31 - 1,
    transparency: true,
    encode: (picture) => picture.png(),
  },
  {
    name: 'JPEG',
    extensions: ['.jpg', '.jpeg'],
    signature: [0xff, 0xd8, 0xff],
    longestSide: 65_535,
    transparency: false,
    encode: (picture) => picture.jpeg({ quality: 90, chromaSubsampling: '4:4:4' }),
  },
  {
    name: 'WebP',
    extensions: ['.webp'],
    // 'RIFF', four bytes of length, 'WEBP'.
    signature: [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50],
    longestSide: 16_383,
    transparency: true,
    encode: (picture) => picture.webp({ lossless: true }),
  },
];

/** The format that a file's first bytes announce. */
export function formatOfBytes(bytes: Uint8Array): Format | undefined {
  return formats.find(({ signature }) => signature.every((byte, index) => byte === undefined || byte === bytes[index]));
}

/** The format that a file's name asks for; capital letters make no difference. */
export function formatOfPath(path: string): Format | undefined {
  const lower = path.toLowerCase();
  return formats.find(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
}
