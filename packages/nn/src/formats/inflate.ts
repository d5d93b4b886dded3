import { FormatError } from '../errors.ts';
import { joined } from './text.ts';

// Browsers and Node have it since 2023; the library of ECMAScript does not name it.
declare const DecompressionStream:
  | undefined
  | (new (format: 'deflate-raw') => {
      readonly readable: { getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>; cancel(): Promise<void> } };
      readonly writable: { getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> } };
    });

/**
 * Unpacks what was deflated. What comes out is taken as it comes and counted, so that a few bytes that claim to be many
 * never take more memory than they were said to need.
 *
 * @param size  bytes that must come out
 * @throws FormatError when others do.
 */
export async function inflateRaw(bytes: Uint8Array, size: number, what: string): Promise<Uint8Array> {
  if (typeof DecompressionStream === 'undefined') throw new FormatError(`${what} is deflated, and this engine has no DecompressionStream; store it (numpy.savez, not savez_compressed)`);
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // What fails on this side fails on the other, where it is seen.
  const ignored = (): undefined => undefined;
  writer.write(bytes).catch(ignored);
  writer.close().catch(ignored);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done && part.value !== undefined; part = await reader.read()) {
      length += part.value.length;
      parts.push(part.value);
      if (length > size) break;
    }
  } catch (error) {
    throw new FormatError(`${what} is damaged: it cannot be unpacked`, { cause: error });
  }
  if (length > size) {
    await reader.cancel().catch(ignored);
    throw new FormatError(`${what} has more than the ${size} bytes that it was said to have`);
  }
  if (length < size) throw new FormatError(`${what} has ${length} bytes, and ${size} were said`);
  return joined(parts);
}
