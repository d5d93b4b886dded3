import { isCutShort, readPictureHeader } from './picture-header.ts';

/** A picture in a worker: red, green, blue and alpha, row by row; opaque, what was transparent lies over white. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray<ArrayBuffer> };

/** What a picture may be. */
export type PictureLimits = { readonly pixels: number; readonly bytes: number };

/** Why a file is not taken, as data: the page finds the words. */
export type PictureProblem =
  | { readonly kind: 'no-picture'; readonly name: string }
  | { readonly kind: 'damaged'; readonly name: string }
  | { readonly kind: 'too-many-pixels'; readonly name: string; readonly width: number; readonly height: number; readonly most: number }
  | { readonly kind: 'too-many-bytes'; readonly name: string; readonly bytes: number; readonly most: number };

export type ReadPicture = { readonly pixels: Pixels } | { readonly problem: PictureProblem };

/** Reads a file that anybody may have made: a size that its header claims is refused before it is decoded. */
export async function readPicture(file: Blob, name: string, limits: PictureLimits): Promise<ReadPicture> {
  if (file.size > limits.bytes) return { problem: { kind: 'too-many-bytes', name, bytes: file.size, most: limits.bytes } };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = readPictureHeader(bytes);
  const tooMany = header === undefined ? undefined : problemOfSize(header, name, limits);
  if (tooMany !== undefined) return { problem: tooMany };
  if (header !== undefined && isCutShort(bytes, header)) return { problem: { kind: 'damaged', name } };
  try {
    return pixelsOf(await createImageBitmap(file), name, limits);
  } catch {
    return { problem: { kind: header === undefined ? 'no-picture' : 'damaged', name } };
  }
}

/** What a bitmap shows; it is closed. */
export function pixelsOf(bitmap: ImageBitmap, name: string, limits: PictureLimits): ReadPicture {
  try {
    const { width, height } = bitmap;
    const problem = problemOfSize({ width, height }, name, limits);
    if (problem !== undefined) return { problem };
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) return { problem: { kind: 'damaged', name } };
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    return { pixels: context.getImageData(0, 0, width, height, { colorSpace: 'srgb' }) };
  } finally {
    bitmap.close();
  }
}

function problemOfSize({ width, height }: { readonly width: number; readonly height: number }, name: string, { pixels }: PictureLimits): PictureProblem | undefined {
  if (width === 0 || height === 0) return { kind: 'damaged', name };
  return width * height > pixels ? { kind: 'too-many-pixels', name, width, height, most: pixels } : undefined;
}
