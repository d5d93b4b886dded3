import { FormatError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { inflateRaw } from './inflate.ts';
import { decodeText, encodeText, joined, viewOf } from './text.ts';

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
/** In place of a size or a place: it stands in the extra field of zip64. */
const beyond32 = 0xffff_ffff;
/** The first of January 1980, the earliest day that the format knows: equal contents give equal bytes. */
const firstDay = 0x0021;
const utf8Flag = 0x0800;

function fail(text: string): never {
  throw new FormatError(`zip: ${text}`);
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Where the end of the central directory stands: the last thing in a file, but for a comment. */
function endOf(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  for (let at = bytes.length - endBytes; at >= Math.max(0, bytes.length - endBytes - 0xffff); at--)
    if (view.getUint32(at, true) === signatures.end && at + endBytes + view.getUint16(at + 20, true) === bytes.length) return at;
  return fail('there is no directory at its end: it is no zip file, or cut short');
}

/** Sizes and places of 64 bits, for those that do not fit into 32: in this order, those only that are marked. */
function wideValues(extra: Uint8Array, values: readonly number[]): readonly number[] {
  if (!values.includes(beyond32)) return values;
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = Math.min(extra.length, at + 4 + view.getUint16(at + 2, true));
    let next = at + 4;
    return values.map((value) => {
      if (value !== beyond32) return value;
      if (next + 8 > end) return fail('a field of zip64 is cut short');
      const wide = Number(view.getBigUint64(next, true));
      next += 8;
      return wide;
    });
  }
  return values;
}

function directoryOf(bytes: Uint8Array): readonly Entry[] {
  const view = viewOf(bytes);
  const end = endOf(bytes);
  const count = view.getUint16(end + 10, true);
  if (count === 0xffff || view.getUint32(end + 16, true) === beyond32) fail('a directory of zip64, with 65535 entries or more, is not read');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + centralBytes > end || view.getUint32(at, true) !== signatures.central) fail(`entry ${index} of its directory is damaged`);
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    const next = at + centralBytes + nameLength + extraLength + commentLength;
    if (next > end) fail(`entry ${index} of its directory is cut short`);
    const extraStart = at + centralBytes + nameLength;
    const name = decodeText(bytes.subarray(at + centralBytes, extraStart), `zip: the name of entry ${index}`);
    if ((view.getUint16(at + 8, true) & 1) !== 0) fail(`${JSON.stringify(name)} is encrypted`);
    const [size = 0, packed = 0, offset = 0] = wideValues(bytes.subarray(extraStart, extraStart + extraLength), [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]);
    entries.push({ name, method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), packed, size, offset });
    at = next;
  }
  return entries;
}

async function contentOf(bytes: Uint8Array, { name, method, crc, packed, size, offset }: Entry): Promise<Uint8Array> {
  const what = JSON.stringify(name);
  const view = viewOf(bytes);
  if (offset + localBytes > bytes.length || view.getUint32(offset, true) !== signatures.local) fail(`${what} does not begin where the directory says`);
  const start = offset + localBytes + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) fail(`${what} is cut short`);
  const stored = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) fail(`${what} is packed by method ${method}; stored and deflated entries are read`);
  if (method === 0 && size !== packed) fail(`${what} is stored as ${packed} bytes and said to have ${size}`);
  const content = method === 0 ? stored : await inflateRaw(stored, size, `zip: ${what}`);
  if (crc32(content) !== crc) fail(`${what} is damaged: its checksum is wrong`);
  return content;
}

/**
 * The files in a zip archive, stored or deflated.
 *
 * @param byteLimit  what they may have together, unpacked
 * @throws FormatError when it is none, damaged, encrypted, or would be larger.
 */
export async function readZip(bytes: Uint8Array, byteLimit: number): Promise<readonly (readonly [name: string, content: Uint8Array])[]> {
  const entries = directoryOf(bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > byteLimit) fail(`${total} bytes unpacked, and at most ${byteLimit} are read; raise byteLimit if that is right`);
  const contents: (readonly [string, Uint8Array])[] = [];
  for (const entry of entries) contents.push([entry.name, await contentOf(bytes, entry)]);
  return contents;
}

/** What the local and the central header of a stored file have in common, from the version that is needed on. */
function sharedHeader(name: Uint8Array, content: Uint8Array): Uint8Array {
  const header = new Uint8Array(26);
  const view = viewOf(header);
  view.setUint16(0, 20, true);
  view.setUint16(2, utf8Flag, true);
  view.setUint16(8, firstDay, true);
  view.setUint32(10, crc32(content), true);
  view.setUint32(14, content.length, true);
  view.setUint32(18, content.length, true);
  view.setUint16(22, name.length, true);
  return header;
}

function signed(signature: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const start = new Uint8Array(4);
  viewOf(start).setUint32(0, signature, true);
  return joined([start, ...parts]);
}

/**
 * A zip archive of stored files.
 *
 * @throws FormatError when there are 65535 or more, or they have 4 GiB or more.
 */
export function writeZip(files: readonly (readonly [name: string, content: Uint8Array])[]): Uint8Array {
  if (files.length >= 0xffff) fail(`${files.length} files; at most 65534 are written`);
  let offset = 0;
  const parts = files.map(([name, content]) => {
    const encoded = encodeText(name);
    const shared = sharedHeader(encoded, content);
    const local = signed(signatures.local, shared, encoded, content);
    // Behind what is shared: lengths and attributes, all 0, and where the file begins.
    const tail = new Uint8Array(14);
    viewOf(tail).setUint32(10, offset, true);
    offset += local.length;
    return { local, central: signed(signatures.central, Uint8Array.of(20, 0), shared, tail, encoded) };
  });
  const directory = joined(parts.map(({ central }) => central));
  if (offset + directory.length >= beyond32) fail(`${offset} bytes; less than 4 GiB are written`);
  const end = new Uint8Array(endBytes - 4);
  const view = viewOf(end);
  view.setUint16(4, files.length, true);
  view.setUint16(6, files.length, true);
  view.setUint32(8, directory.length, true);
  view.setUint32(12, offset, true);
  return joined([...parts.map(({ local }) => local), directory, signed(signatures.end, end)]);
}
