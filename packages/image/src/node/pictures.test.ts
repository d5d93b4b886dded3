import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, lstatSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { PictureError } from './picture-error.ts';
import { readPicture } from './read-picture.ts';
import { checkOutput, writePicture } from './write-picture.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-pictures-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(folder, name);
/** The three corners differ, so that every turn and mirror image is another picture. */
const grey: Picture = { width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 50, 100, 150, 200, 255) };
const coloured: Picture = { width: 2, height: 2, channels: 3, data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7) };
/** A soft ramp, which JPEG keeps closely. */
const ramp: Picture = { width: 32, height: 32, channels: 3, data: Uint8Array.from({ length: 32 * 32 * 3 }, (_, index) => Math.floor(index / 3) % 32 * 8) };

/** A grey picture in three equal channels. */
function tripled(picture: Picture): Picture {
  return { ...picture, channels: 3, data: Uint8Array.from([...picture.data].flatMap((byte) => [byte, byte, byte])) };
}

async function message(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PictureError);
  return error instanceof Error ? error.message.replaceAll(folder, 'FOLDER') : '';
}

/** Permissions do not bind root; where root cannot act as another user (a namespace that knows no other), none can be tested. */
function permissionsBind(): boolean {
  if (process.getuid?.() !== 0) return process.platform !== 'win32';
  try {
    process.seteuid?.(65_534);
    process.seteuid?.(0);
    return true;
  } catch {
    return false;
  }
}

/** Runs as a user whom permissions bind. */
async function unprivileged<T>(action: () => Promise<T>): Promise<T> {
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

describe('round trips', () => {
  test.each(['a.png', 'a.webp', 'A.PNG'])('%s keeps every byte', async (name) => {
    for (const picture of [grey, coloured]) {
      await writePicture(inFolder(name), picture);
      const back = await readPicture(inFolder(name));
      // WebP has no grey: it comes back with three equal channels.
      expect(back).toEqual(name.endsWith('webp') && picture.channels === 1 ? tripled(picture) : picture);
    }
  });

  test.each(['a.jpg', 'a.jpeg'])('%s keeps a soft picture within a few steps', async (name) => {
    await writePicture(inFolder(name), ramp);
    const back = await readPicture(inFolder(name));
    expect([back.width, back.height, back.channels]).toEqual([32, 32, 3]);
    const largest = Math.max(...back.data.map((byte, index) => Math.abs(byte - (ramp.data[index] ?? 0))));
    expect(largest).toBeLessThanOrEqual(4);
  });

  test('a grey JPEG comes back grey', async () => {
    await writePicture(inFolder('a.jpg'), grey);
    expect((await readPicture(inFolder('a.jpg'))).channels).toBe(1);
  });

  test('a picture is read from bytes as from a path', async () => {
    await writePicture(inFolder('a.png'), coloured);
    expect(await readPicture(readFileSync(inFolder('a.png')))).toEqual(coloured);
  });

  test('what is in the file counts, not its name', async () => {
    await writePicture(inFolder('a.png'), coloured);
    writeFileSync(inFolder('a.jpg'), readFileSync(inFolder('a.png')));
    expect(await readPicture(inFolder('a.jpg'))).toEqual(coloured);
  });
});

describe('reading', () => {
  test.each([
    [1, 3, 2, [0, 50, 100, 150, 200, 255]],
    [2, 3, 2, [100, 50, 0, 255, 200, 150]],
    [3, 3, 2, [255, 200, 150, 100, 50, 0]],
    [6, 2, 3, [150, 0, 200, 50, 255, 100]],
    [8, 2, 3, [100, 255, 50, 200, 0, 150]],
  ])('EXIF orientation %i is applied', async (orientation, width, height, data) => {
    const turned = await sharp(tripled(grey).data, { raw: { width: 3, height: 2, channels: 3 } }).withMetadata({ orientation }).png().toBuffer();
    expect(await readPicture(turned)).toEqual(tripled({ width, height, channels: 1, data: Uint8Array.from(data) }));
  });

  test('transparency is composited over white, or over the colour asked for', async () => {
    const clear = await sharp(Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 0), { raw: { width: 2, height: 1, channels: 4 } }).png().toBuffer();
    expect([...(await readPicture(clear)).data]).toEqual([255, 0, 0, 255, 255, 255]);
    expect([...(await readPicture(clear, { background: 'black' })).data]).toEqual([255, 0, 0, 0, 0, 0]);
  });

  test('grey with transparency stays grey, 16 bits become 8', async () => {
    const clear = await sharp(Uint8Array.of(0, 255, 100, 0), { raw: { width: 2, height: 1, channels: 2 } }).toColourspace('b-w').png().toBuffer();
    expect(await readPicture(clear)).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 255) });
    const deep = await sharp(grey.data, { raw: { width: 3, height: 2, channels: 1 } }).toColourspace('grey16').png().toBuffer();
    expect(await readPicture(deep)).toEqual(grey);
  });

  test('a picture above the limit is refused by its header', async () => {
    await writePicture(inFolder('a.png'), coloured);
    expect(await message(readPicture(inFolder('a.png'), { pixelLimit: 3 }))).toBe(
      'FOLDER/a.png: 2 x 2 elements are more than the limit of 3\n  raise pixelLimit if the file is to be trusted, or make the picture smaller',
    );
  });

  test('a small file that claims to be huge is refused before it is decoded', async () => {
    const bytes = Buffer.from(await sharp(grey.data, { raw: { width: 3, height: 2, channels: 1 } }).png().toBuffer());
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
    // The checksum of the header is wrong now: whichever fault is found first, nothing of that size is allocated.
    expect(await message(readPicture(bytes))).toMatch(/more than the limit of 100000000|damaged or cut short/);
  });

  test('no such file, a folder, an empty file, no name', async () => {
    expect(await message(readPicture(''))).toBe('the name of the picture to read is empty');
    expect(await message(writePicture('', grey))).toBe('the name of the picture to write is empty');
    expect(await message(readPicture(inFolder('none.png')))).toBe('FOLDER/none.png: there is no such file');
    expect(await message(readPicture(folder))).toBe('FOLDER: a folder, not a picture');
    writeFileSync(inFolder('empty.png'), '');
    expect(await message(readPicture(inFolder('empty.png')))).toBe('FOLDER/empty.png: the file is empty');
  });

  test('a text file named .png is no picture', async () => {
    writeFileSync(inFolder('notes.png'), 'not a picture\n');
    expect(await message(readPicture(inFolder('notes.png')))).toBe(
      'FOLDER/notes.png: not a picture in a format that is read\n  give a PNG, JPEG or WebP file; what counts is what is in it, not its name',
    );
    expect(await message(readPicture(Buffer.from('GIF89a')))).toContain('the 6 bytes given: not a picture');
  });

  test.each(['a.png', 'a.jpg', 'a.webp'])('%s cut short at any length is damaged, never half a picture', async (name) => {
    await writePicture(inFolder(name), { width: 64, height: 64, channels: 3, data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 7919) % 251) });
    const bytes = readFileSync(inFolder(name));
    for (const part of [0.01, 0.3, 0.6, 0.9]) {
      writeFileSync(inFolder(name), bytes.subarray(0, Math.max(20, Math.floor(bytes.length * part))));
      expect(await message(readPicture(inFolder(name)))).toMatch(/^FOLDER\/a\.\w+: the (PNG|JPEG|WebP) picture is damaged or cut short \(.+\)$/);
    }
  });
});

describe('writing', () => {
  test('an unknown ending', async () => {
    expect(await message(writePicture(inFolder('a.gif'), grey))).toBe(
      'FOLDER/a.gif: the name does not say which format to write\n  let it end in one of .png, .jpg, .jpeg, .webp',
    );
    expect((await checkOutput(inFolder('EDGES.JPG'))).name).toBe('JPEG');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a missing folder, a file in place of a folder, a folder in place of a file', async () => {
    expect(await message(writePicture(inFolder('none/a.png'), grey))).toBe('FOLDER/none/a.png: there is no folder FOLDER/none');
    writeFileSync(inFolder('file'), '');
    expect(await message(writePicture(inFolder('file/a.png'), grey))).toBe('FOLDER/file/a.png: FOLDER/file is not a folder');
    mkdirSync(inFolder('folder.png'));
    expect(await message(writePicture(inFolder('folder.png'), grey))).toBe('FOLDER/folder.png: a folder; give the name of a file in it');
  });

  test.skipIf(!permissionsBind())('a folder and a file without permission', async () => {
    await writePicture(inFolder('a.png'), grey);
    chmodSync(inFolder('a.png'), 0o444);
    chmodSync(folder, 0o777);
    expect(await message(unprivileged(() => writePicture(inFolder('a.png'), coloured)))).toBe('FOLDER/a.png: the file there may not be written');
    chmodSync(folder, 0o555);
    expect(await message(unprivileged(() => writePicture(inFolder('b.png'), grey)))).toBe('FOLDER/b.png: no permission to write to the folder FOLDER');
    expect(readdirSync(folder)).toEqual(['a.png']);
    chmodSync(inFolder('a.png'), 0o000);
    expect(await message(unprivileged(() => readPicture(inFolder('a.png'))))).toBe('FOLDER/a.png: no permission to read it');
    chmodSync(folder, 0o755);
  });

  test('what a format cannot hold', async () => {
    const wide: Picture = { width: 16_384, height: 1, channels: 1, data: new Uint8Array(16_384) };
    expect(await message(writePicture(inFolder('a.webp'), wide))).toBe('FOLDER/a.webp: 16384 x 1 elements; WebP holds at most 16383 a side\n  write a .png');
    const clear: Picture = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) };
    expect(await message(writePicture(inFolder('a.jpg'), clear))).toBe(
      'FOLDER/a.jpg: JPEG has no transparency\n  write a .png or .webp, or composite the picture over a colour first',
    );
    await expect(writePicture(inFolder('a.png'), { ...grey, width: 4 })).rejects.toThrow('writePicture: the data has 6 elements, 4 x 2 with 1 channel needs 8');
  });

  test('a device is left alone', async () => {
    symlinkSync('/dev/null', inFolder('a.png'));
    expect(await message(writePicture(inFolder('a.png'), grey))).toBe('FOLDER/a.png: a device, not a file that can be replaced');
  });

  test('a link keeps pointing where it did', async () => {
    await writePicture(inFolder('real.png'), grey);
    symlinkSync(inFolder('real.png'), inFolder('link.png'));
    await writePicture(inFolder('link.png'), coloured);
    expect(lstatSync(inFolder('link.png')).isSymbolicLink()).toBe(true);
    expect(await readPicture(inFolder('real.png'))).toEqual(coloured);
  });

  test('what is replaced is replaced whole, and no other file is left', async () => {
    await writePicture(inFolder('a.png'), grey);
    await writePicture(inFolder('a.png'), coloured);
    expect(await readPicture(inFolder('a.png'))).toEqual(coloured);
    await message(writePicture(inFolder('none/a.png'), grey));
    expect(readdirSync(folder)).toEqual(['a.png']);
  });
});
