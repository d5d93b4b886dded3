import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codec, coloured, grey, noise } from '../../testing/files.ts';
import { useTemporaryFolder } from '../../testing/folder.ts';
import { permissionsBind, unprivileged } from '../../testing/permissions.ts';
import type { DeepPicture, Picture } from '../picture.ts';
import { readPicture } from './read-picture.ts';
import { checkOutput, writePicture } from './write-picture.ts';

const { folder, path, message } = useTemporaryFolder();
const modeOf = (name: string): number => statSync(path(name)).mode & 0o777;

describe('the name', () => {
  test('says the format, in capitals too', async () => {
    for (const [name, format] of [['a.png', 'png'], ['A.PNG', 'png'], ['a.jpg', 'jpeg'], ['a.jpeg', 'jpeg'], ['a.webp', 'webp']] as const) {
      expect(await checkOutput(path(name))).toBe(format);
      await writePicture(path(name), coloured);
      const back = await readPicture(path(name));
      expect([back.width, back.height, back.channels]).toEqual([2, 2, 3]);
    }
  });

  test('an unknown ending, or none', async () => {
    expect(await message(writePicture(path('a.gif'), grey))).toBe('FOLDER/a.gif: the name does not say which format to write\n  let it end in one of .png, .jpg, .jpeg, .webp');
    expect(await message(writePicture('', grey))).toBe('the name of the picture to write is empty');
    expect(readdirSync(folder())).toEqual([]);
  });

  test('16 bits in a PNG', async () => {
    const deep: DeepPicture = { width: 2, height: 1, channels: 1, data: Uint16Array.of(1, 65_534) };
    await writePicture(path('a.png'), deep);
    expect(await readPicture(path('a.png'), { depth: 16 })).toEqual(deep);
    expect(await message(writePicture(path('a.jpg'), deep))).toBe('FOLDER/a.jpg: JPEG has samples of 8 bits, the picture of 16\n  write a .png, or round the picture first: toDepth(picture, 8)');
  });

  test('what a format cannot hold', async () => {
    const clear: Picture = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) };
    expect(await message(writePicture(path('a.jpg'), clear))).toBe('FOLDER/a.jpg: JPEG has no transparency\n  write a .png or .webp, or composite the picture over a colour first');
    await expect(writePicture(path('a.png'), { ...grey, width: 4 })).rejects.toThrow('writePicture: the data has 6 elements, 4 x 2 with 1 channel needs 8');
    expect(readdirSync(folder())).toEqual([]);
  });

  test('as long as a name can be', async () => {
    const longest = `${'x'.repeat(251)}.png`;
    await writePicture(path(longest), grey);
    expect(readdirSync(folder())).toEqual([longest]);
    expect(await message(writePicture(path(`x${longest}`), grey))).toMatch(/: the name is too long for the file system$/);
    expect(await message(writePicture(path('a\0b.png'), grey))).toMatch(/: cannot be written \(.+\)$/);
    expect(readdirSync(folder())).toEqual([longest]);
  });
});

describe('the place', () => {
  test('a missing folder, a file in place of a folder, a folder in place of a file', async () => {
    expect(await message(writePicture(path('none/a.png'), grey))).toBe('FOLDER/none/a.png: there is no folder FOLDER/none');
    writeFileSync(path('file'), '');
    expect(await message(writePicture(path('file/a.png'), grey))).toBe('FOLDER/file/a.png: FOLDER/file is not a folder');
    mkdirSync(path('folder.png'));
    expect(await message(writePicture(path('folder.png'), grey))).toBe('FOLDER/folder.png: a folder; give the name of a file in it');
  });

  test.skipIf(!permissionsBind())('a folder and a file without permission', async () => {
    await writePicture(path('a.png'), grey);
    chmodSync(path('a.png'), 0o444);
    chmodSync(folder(), 0o777);
    expect(await message(unprivileged(() => writePicture(path('a.png'), coloured)))).toBe('FOLDER/a.png: the file there may not be written');
    chmodSync(folder(), 0o555);
    expect(await message(unprivileged(() => writePicture(path('b.png'), grey)))).toBe('FOLDER/b.png: no permission to write to the folder FOLDER');
    expect(readdirSync(folder())).toEqual(['a.png']);
    chmodSync(folder(), 0o755);
  });

  test('a device and a pipe are left alone', async () => {
    symlinkSync('/dev/null', path('a.png'));
    expect(await message(writePicture(path('a.png'), grey))).toBe('FOLDER/a.png: a device, not a file that can be replaced');
    if (spawnSync('mkfifo', [path('b.png')]).status !== 0) return;
    expect(await message(writePicture(path('b.png'), grey))).toBe('FOLDER/b.png: a pipe, not a file that can be replaced');
    expect(lstatSync(path('b.png')).isFIFO()).toBe(true);
  });

  test('a link keeps pointing where it did; one to nothing becomes the file', async () => {
    await writePicture(path('real.png'), grey);
    symlinkSync(path('real.png'), path('link.png'));
    await writePicture(path('link.png'), coloured);
    expect(lstatSync(path('link.png')).isSymbolicLink()).toBe(true);
    expect(await readPicture(path('real.png'))).toEqual(coloured);
    symlinkSync(path('nothing.png'), path('lost.png'));
    await writePicture(path('lost.png'), coloured);
    expect(lstatSync(path('lost.png')).isFile()).toBe(true);
  });
});

describe('what is replaced', () => {
  test('is replaced whole, and no other file is left', async () => {
    await writePicture(path('a.png'), grey);
    await writePicture(path('a.png'), coloured);
    expect(await readPicture(path('a.png'))).toEqual(coloured);
    await message(writePicture(path('none/a.png'), grey));
    expect(readdirSync(folder())).toEqual(['a.png']);
  });

  test('may be what was read', async () => {
    writeFileSync(path('a.png'), await codec(coloured).png().toBuffer());
    const { data, ...extent } = await readPicture(path('a.png'));
    const negative: Picture = { ...extent, data: data.map((byte) => 255 - byte) };
    await writePicture(path('a.png'), negative);
    expect(await readPicture(path('a.png'))).toEqual(negative);
  });

  test.skipIf(process.platform === 'win32')('leaves its permissions, whatever the mask for new files; a new file takes the mask', async () => {
    const before = process.umask(0o077);
    try {
      await writePicture(path('new.png'), grey);
      expect(modeOf('new.png')).toBe(0o600);
      for (const mode of [0o664, 0o640, 0o606]) {
        chmodSync(path('new.png'), mode);
        await writePicture(path('new.png'), coloured);
        expect(modeOf('new.png')).toBe(mode);
      }
    } finally {
      process.umask(before);
    }
  });

  test.skipIf(process.getuid?.() !== 0 || !permissionsBind())('leaves its owner, where the writer is root', async () => {
    await writePicture(path('a.png'), grey);
    chownSync(path('a.png'), 12, 34);
    chmodSync(path('a.png'), 0o640);
    await writePicture(path('a.png'), coloured);
    const { uid, gid } = statSync(path('a.png'));
    expect([uid, gid, modeOf('a.png')]).toEqual([12, 34, 0o640]);
  });
});

/** Noise does not compress: its PNG has more bytes than this. */
const large = noise(256, 256, 3);

/** The most bytes that this process may write to a file, in the words of prlimit; undefined where the system has none. */
function fileLimit(): string | undefined {
  const { status, stdout } = spawnSync('prlimit', ['--pid', String(process.pid), '--fsize', '--noheadings', '--output', 'SOFT'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function limitFiles(bytes: string): void {
  spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
}

/** A file system of 64 kB in the folder; false where none may be mounted. */
function mountSmall(at: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at]).status === 0;
}

describe('a disk that does not take the file', () => {
  test('the largest file that the system allows', async ({ skip }) => {
    writeFileSync(path('a.png'), 'what was there');
    const before = fileLimit();
    if (before === undefined) return skip('the size of files cannot be limited here');
    limitFiles('8192');
    try {
      expect(await message(writePicture(path('a.png'), large))).toBe('FOLDER/a.png: the file would be larger than the system lets this process write');
      expect(await message(writePicture(path('b.png'), large))).toBe('FOLDER/b.png: the file would be larger than the system lets this process write');
      await writePicture(path('c.png'), grey);
    } finally {
      limitFiles(before);
    }
    expect(readFileSync(path('a.png'), 'utf8')).toBe('what was there');
    expect(readdirSync(folder())).toEqual(['a.png', 'c.png']);
    await writePicture(path('a.png'), large);
  });

  test('a full disk', async ({ skip }) => {
    mkdirSync(path('small'));
    skip(!mountSmall(path('small')), 'no file system may be mounted here');
    try {
      writeFileSync(path('small/a.png'), 'what was there');
      expect(await message(writePicture(path('small/a.png'), large))).toBe('FOLDER/small/a.png: no space is left on the device');
      expect(readFileSync(path('small/a.png'), 'utf8')).toBe('what was there');
      expect(readdirSync(path('small'))).toEqual(['a.png']);
      await writePicture(path('small/b.png'), grey);
    } finally {
      spawnSync('umount', [path('small')]);
    }
  });
});
