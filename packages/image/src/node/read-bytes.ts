import { open, stat, type FileHandle } from 'node:fs/promises';
import { ValueError } from '@xcorr/graph';
import { formatOfBytes, formats, listed, signatureLength, type Format } from './formats.ts';
import { PictureError, reason, systemCode } from './picture-error.ts';

/** Encoded bytes, with the format that they announce. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly format: Format;
}

/** Where bytes come from, as errors call it, and the most of them that are taken. */
export interface Origin {
  readonly shown: string;
  readonly byteLimit: number;
}

/**
 * The bytes of a picture's file. Its first bytes are looked at before the rest is read. A pipe is read to its end.
 *
 * @throws PictureError when there is no such file, it may not be read, is no file or pipe, is empty, has more bytes than
 *   the limit, or announces no format that is read.
 */
export async function fileBytes(path: string, byteLimit: number): Promise<Encoded> {
  if (path === '') throw new PictureError('the name of the picture to read is empty');
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new PictureError(`${path}: a folder, not a picture`);
    if (!status.isFile() && !status.isFIFO()) throw new PictureError(`${path}: a device, not a picture`);
    const file = await open(path);
    try {
      const origin = { shown: path, byteLimit };
      return status.isFile() ? await wholeFile(file, origin, status.size) : await streamBytes(file.createReadStream({ autoClose: false }), origin);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof PictureError) throw error;
    throw new PictureError(`${path}: ${unreadable[systemCode(error) ?? ''] ?? `cannot be read (${reason(error)})`}`, { cause: error });
  }
}

async function wholeFile(file: FileHandle, origin: Origin, size: number): Promise<Encoded> {
  // A read at a position leaves the file's own position at its start.
  const { buffer, bytesRead } = await file.read(new Uint8Array(signatureLength), 0, signatureLength, 0);
  const format = announced(buffer.subarray(0, bytesRead), origin);
  if (size > origin.byteLimit) throw tooLong(origin);
  return { bytes: await file.readFile(), format };
}

/**
 * The bytes of a stream, to its end. Its first bytes are looked at before the rest is awaited.
 *
 * @throws PictureError when the stream fails, is empty, has more bytes than the limit, or announces no format that is read.
 */
export async function streamBytes(stream: AsyncIterable<Uint8Array>, origin: Origin): Promise<Encoded> {
  const parts: Uint8Array[] = [];
  let length = 0;
  let looked = false;
  try {
    for await (const part of stream) {
      if (!(part instanceof Uint8Array)) throw new ValueError(`${origin.shown}: a stream of bytes is expected, and this one gives a ${typeof part}`);
      parts.push(part);
      length += part.length;
      if (length > origin.byteLimit) throw tooLong(origin);
      if (!looked && length >= signatureLength) {
        announced(Buffer.concat(parts), origin);
        looked = true;
      }
    }
  } catch (error) {
    if (error instanceof PictureError || error instanceof ValueError) throw error;
    throw new PictureError(`${origin.shown}: cannot be read (${reason(error)})`, { cause: error });
  }
  const bytes = Buffer.concat(parts);
  return { bytes, format: announced(bytes, origin) };
}

/**
 * The format that these bytes, or the first of them, announce.
 *
 * @throws PictureError when they announce none that is read.
 */
export function announced(bytes: Uint8Array, { shown }: Origin): Format {
  if (bytes.length === 0) throw new PictureError(`${shown}: the file is empty`);
  const format = formatOfBytes(bytes);
  if (format === undefined)
    throw new PictureError(`${shown}: not a picture in a format that is read\n  give a ${listed(formats.map(({ name }) => name))} file; what counts is what is in it, not its name`);
  return format;
}

function tooLong({ shown, byteLimit }: Origin): PictureError {
  return new PictureError(`${shown}: the file is longer than the limit of ${byteLimit} bytes\n  raise byteLimit if it is to be trusted`);
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a link that leads back to itself',
  ENAMETOOLONG: 'the name is too long for the file system',
};
