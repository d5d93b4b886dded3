import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codec, coloured } from '../../testing/files.ts';
import { useTemporaryFolder } from '../../testing/folder.ts';
import { permissionsBind, unprivileged } from '../../testing/permissions.ts';
import { readPicture } from './read-picture.ts';

const { folder, path, message } = useTemporaryFolder();
const png = async (): Promise<Buffer> => codec(coloured).png().toBuffer();

test('what is in the file counts, not its name', async () => {
  for (const name of ['a.png', 'a.jpg', 'a']) {
    writeFileSync(path(name), await png());
    expect(await readPicture(path(name))).toEqual(coloured);
  }
});

test('options reach the decoder', async () => {
  writeFileSync(path('a.png'), await png());
  expect((await readPicture(path('a.png'), { depth: 16 })).data).toBeInstanceOf(Uint16Array);
  expect(await message(readPicture(path('a.png'), { pixelLimit: 3 }))).toBe(
    'FOLDER/a.png: 2 x 2 elements are more than the limit of 3\n  raise pixelLimit if the file is to be trusted, or make the picture smaller',
  );
  await expect(readPicture(path('none.png'), { frame: -1 })).rejects.toThrow('the option frame is -1; frames are counted from 0');
});

test('no such file, a folder, an empty file, no name, a link to itself', async () => {
  expect(await message(readPicture(''))).toBe('the name of the picture to read is empty');
  expect(await message(readPicture(path('none.png')))).toBe('FOLDER/none.png: there is no such file');
  expect(await message(readPicture(folder()))).toBe('FOLDER: a folder, not a picture');
  expect(await message(readPicture('/dev/null'))).toBe('/dev/null: a device, not a picture');
  writeFileSync(path('empty.png'), '');
  expect(await message(readPicture(path('empty.png')))).toBe('FOLDER/empty.png: the file is empty');
  expect(await message(readPicture(path('empty.png/a.png')))).toBe('FOLDER/empty.png/a.png: there is no such file');
  symlinkSync(path('circle.png'), path('circle.png'));
  expect(await message(readPicture(path('circle.png')))).toBe('FOLDER/circle.png: a link that leads back to itself');
  expect(await message(readPicture(path('x'.repeat(300))))).toMatch(/: the name is too long for the file system$/);
  expect(await message(readPicture('a\0b.png'))).toMatch(/^a\0b\.png: cannot be read \(.+\)$/);
});

test('a text file named .png is no picture', async () => {
  writeFileSync(path('notes.png'), 'not a picture\n');
  expect(await message(readPicture(path('notes.png')))).toBe(
    'FOLDER/notes.png: not a picture in a format that is read\n  give a PNG, JPEG, WebP, GIF, TIFF or AVIF file; what counts is what is in it, not its name',
  );
});

test('a file that is too long is refused by its length, and by its beginning first', async () => {
  writeFileSync(path('a.png'), await png());
  truncateSync(path('a.png'), 2 ** 40);
  expect(await message(readPicture(path('a.png')))).toBe('FOLDER/a.png: the file is longer than the limit of 1073741824 bytes\n  raise byteLimit if it is to be trusted');
  writeFileSync(path('b.png'), '');
  truncateSync(path('b.png'), 2 ** 40);
  expect(await message(readPicture(path('b.png')))).toMatch(/not a picture in a format that is read/);
});

test.skipIf(spawnSync('mkfifo', ['--version']).error !== undefined)('a pipe is read to its end', async () => {
  spawnSync('mkfifo', [path('pipe')]);
  writeFileSync(path('a.png'), await png());
  const writer = spawn('sh', ['-c', 'head -c 20 "$1"; sleep 0.1; tail -c +21 "$1"', 'sh', path('a.png')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const through = spawn('sh', ['-c', 'cat > "$1"', 'sh', path('pipe')], { stdio: [writer.stdout, 'ignore', 'inherit'] });
  expect(await readPicture(path('pipe'))).toEqual(coloured);
  expect(through.exitCode === null || through.exitCode === 0).toBe(true);
});

test.skipIf(!permissionsBind())('a file without permission', async () => {
  chmodSync(folder(), 0o755);
  writeFileSync(path('a.png'), await png());
  chmodSync(path('a.png'), 0o000);
  expect(await message(unprivileged(() => readPicture(path('a.png'))))).toBe('FOLDER/a.png: no permission to read it');
});
