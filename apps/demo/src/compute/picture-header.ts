/** What a file says of itself before anything is decoded. */
export type PictureHeader = { readonly format: 'png' | 'jpeg' | 'gif' | 'webp'; readonly width: number; readonly height: number };

/**
 * The size that a picture's first bytes tell; undefined where they tell none, as of formats that only the browser knows.
 * Sides may be exchanged: a JPEG can say that it is to be turned.
 *
 * @see PNG (W3C), section 11.2.1; JPEG (ITU-T T.81), section B.2.2; GIF89a, section 18; WebP container specification
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 30) return undefined;
  if (starts(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (starts(bytes, 0, [0x47, 0x49, 0x46, 0x38])) return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (starts(bytes, 0, [0x52, 0x49, 0x46, 0x46]) && starts(bytes, 8, [0x57, 0x45, 0x42, 0x50])) return webp(view);
  return starts(bytes, 0, [0xff, 0xd8]) ? jpeg(view) : undefined;
}

function starts(bytes: Uint8Array, at: number, with_: readonly number[]): boolean {
  return with_.every((byte, index) => bytes[at + index] === byte);
}

function webp(view: DataView): PictureHeader | undefined {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (kind === 'VP8X') return { format: 'webp', width: 1 + (view.getUint32(24, true) & 0xff_ffff), height: 1 + ((view.getUint16(27, true) | (view.getUint8(29) << 16)) & 0xff_ffff) };
  if (kind === 'VP8L') {
    const packed = view.getUint32(21, true);
    return { format: 'webp', width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  return kind === 'VP8 ' ? { format: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : undefined;
}

/** Segments are skipped until one starts a frame: C0 to CF, without the tables C4, C8 and CC. */
function jpeg(view: DataView): PictureHeader | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { format: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/**
 * Whether a picture ends before it should: some browsers show what there is of it, and say nothing.
 *
 * A PNG ends with the chunk IEND; a WebP has the length that it claims; a JPEG has an end of image behind its last start of
 * a scan, since neither marker can stand within coded data.
 *
 * @see PNG (W3C), section 5.3; JPEG (ITU-T T.81), section B.1.1.5; WebP container specification, "RIFF file format"
 */
export function isCutShort(bytes: Uint8Array, { format }: Pick<PictureHeader, 'format'>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'png': {
      let at = 8;
      while (at + 12 <= view.byteLength) {
        if (view.getUint32(at + 4) === 0x49_45_4e_44) return false;
        at += 12 + view.getUint32(at);
      }
      return true;
    }
    case 'webp':
      return view.getUint32(4, true) + 8 > view.byteLength;
    case 'jpeg':
      return lastMarker(bytes, 0xd9) < lastMarker(bytes, 0xda);
    case 'gif':
      return false;
  }
}

function lastMarker(bytes: Uint8Array, marker: number): number {
  let at = bytes.lastIndexOf(marker);
  while (at > 0 && bytes[at - 1] !== 0xff) at = bytes.lastIndexOf(marker, at - 1);
  return at;
}
