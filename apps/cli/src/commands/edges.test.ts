import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from '@xcorr/image';
import { readPicture, writePicture } from '@xcorr/image/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recorded, type Recorded } from '../testing/recorded.ts';
import { photograph } from '../photograph.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-edges-'));
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(folder, name);

/** A dark square on white: 6 x 6 in 12 x 10, its edges between elements 3 and 9, 2 and 8. */
const square: Picture = {
  width: 12,
  height: 10,
  channels: 1,
  data: Uint8Array.from({ length: 120 }, (_, index) => (index % 12 >= 3 && index % 12 < 9 && index >= 24 && index < 96 ? 0 : 255)),
};

async function edges(...argv: readonly string[]): Promise<Recorded> {
  const result = await recorded(['edges', ...argv]);
  return { ...result, stdout: result.stdout.replaceAll(folder, 'FOLDER'), stderr: result.stderr.replaceAll(folder, 'FOLDER') };
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

describe('xcorr edges', () => {
  test('says what it read and wrote, how large, with which kernel, and how long it took', async () => {
    await writePicture(inFolder('square.png'), square);
    const { status, stdout, stderr } = await edges(inFolder('square.png'), '-o', inFolder('edges.png'), '--kernel', 'book');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/\d+\.\d ms/g, 'TIME')).toBe(
      'read      FOLDER/square.png, 12 x 10, grey\nkernel    book (1 x 2)\nran on    js\nscale     0 is black, 255 is white\nwritten   FOLDER/edges.png, 11 x 10\ntime      compiled in TIME, ran in TIME\n',
    );
  });

  test('the kernel of the book finds the vertical edges of a square and no others', async () => {
    await writePicture(inFolder('square.png'), square);
    await edges(inFolder('square.png'), '-o', inFolder('edges.png'), '--kernel', 'book');
    const found = await readPicture(inFolder('edges.png'));
    const row = [0, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0];
    const flat = row.map(() => 0);
    expect([...found.data]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((i) => (i >= 2 && i < 8 ? row : flat)));
  });

  test('signed, light to dark is lighter than mid-grey and dark to light darker', async () => {
    await writePicture(inFolder('square.png'), square);
    await edges(inFolder('square.png'), '-o', inFolder('edges.png'), '--kernel', 'book', '--show', 'signed');
    const found = await readPicture(inFolder('edges.png'));
    expect(found.data.slice(5 * 11, 6 * 11)).toEqual(Uint8Array.of(128, 128, 255, 128, 128, 128, 128, 128, 0, 128, 128));
  });

  test('nothing is found along the border of an even picture', async () => {
    await writePicture(inFolder('even.png'), { width: 5, height: 5, channels: 3, data: new Uint8Array(75).fill(200) });
    for (const kernel of ['book', 'sobel', 'laplacian-8']) {
      await edges(inFolder('even.png'), '-o', inFolder('edges.png'), '--kernel', kernel, '--scale', 'kernel');
      expect(new Set((await readPicture(inFolder('edges.png'))).data)).toEqual(new Set([0]));
    }
  });

  test('the default is sobel; JPEG and WebP are written as well', async () => {
    for (const name of ['edges.jpg', 'edges.webp']) {
      const { status, stdout } = await edges(photograph, '-o', inFolder(name));
      expect(status).toBe(0);
      expect(stdout).toContain('kernel    sobel (gradient magnitude, two kernels of 3 x 3)\n');
      const { width, height } = await readPicture(inFolder(name));
      expect([width, height]).toEqual([1022, 482]);
    }
  });

  test('a picture is replaced by its own edges with --overwrite alone, whatever it is called', async () => {
    await writePicture(inFolder('square.png'), square);
    symlinkSync(inFolder('square.png'), inFolder('link.png'));
    expect(await edges(inFolder('square.png'), '-o', inFolder('square.png'))).toMatchObject({
      status: 2,
      stderr: 'xcorr: FOLDER/square.png is an input, and would be replaced\n  name another output, or add --overwrite\n',
    });
    expect((await edges(inFolder('square.png'), '-o', inFolder('link.png'))).stderr).toBe(
      'xcorr: FOLDER/link.png is an input, and would be replaced (it is FOLDER/square.png)\n  name another output, or add --overwrite\n',
    );
    expect((await readPicture(inFolder('square.png'))).width).toBe(12);
    expect((await edges(inFolder('square.png'), '-o', inFolder('square.png'), '--overwrite')).status).toBe(0);
    expect((await readPicture(inFolder('square.png'))).width).toBe(10);
  });

  test('with a border the edges are as large as the picture', async () => {
    await writePicture(inFolder('square.png'), square);
    const { stdout } = await edges(inFolder('square.png'), '-o', inFolder('edges.png'), '--border', 'reflect');
    expect(stdout).toContain('border    reflect, size same\nran on    js\nscale     0 is black, 1082 is white\nwritten   FOLDER/edges.png, 12 x 10\n');
  });

  test('--json says the same in one document', async () => {
    await writePicture(inFolder('square.png'), square);
    const { status, stdout, stderr } = await edges(inFolder('square.png'), '-o', inFolder('edges.webp'), '-k', '1,-1', '--scale', 'kernel', '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout.replaceAll(/\d+\.\d{2,}/g, '1'))).toEqual({
      command: 'edges',
      kernel: { name: '1,-1', size: [1, 2], kernels: [[[1, -1]]] },
      border: 'valid',
      size: 'valid',
      show: 'absolute',
      ranOn: 'js',
      pictures: [
        {
          read: { path: 'FOLDER/square.png', width: 12, height: 10, channels: 1, depth: 8 },
          written: { path: 'FOLDER/edges.webp', format: 'webp', width: 11, height: 10, channels: 1, depth: 8 },
          scale: { to: 'kernel', white: 255 },
          milliseconds: { read: 1, compile: 1, run: 1, write: 1 },
        },
      ],
      failed: [],
    });
  });
});

describe('xcorr edges -k canny', () => {
  test("the outline of a square is one element wide, and of the picture's size", async () => {
    await writePicture(inFolder('square.png'), square);
    const { status, stdout } = await edges(inFolder('square.png'), '-o', inFolder('lines.png'), '-k', 'canny');
    expect([status, stdout]).toEqual([0, expect.stringContaining("kernel    canny (lines where Sobel's gradient exceeds 200, and where it exceeds 100 next to these)\n")]);
    const found = await readPicture(inFolder('lines.png'));
    expect([found.width, found.height, new Set(found.data)]).toEqual([12, 10, new Set([0, 255])]);
    expect(found.data.slice(5 * 12, 6 * 12).filter((byte) => byte === 255)).toHaveLength(2);
  });

  test('thresholds that no step reaches find nothing; one follows from the other', async () => {
    await writePicture(inFolder('square.png'), square);
    const { stdout } = await edges(inFolder('square.png'), '-o', inFolder('lines.png'), '-k', 'canny', '--low', '2040');
    expect(stdout).toContain('exceeds 4080, and where it exceeds 2040 next');
    expect(new Set((await readPicture(inFolder('lines.png'))).data)).toEqual(new Set([0]));
    expect((await edges(inFolder('square.png'), '-o', inFolder('lines.png'), '-k', 'canny', '--high', '50')).stdout).toContain('exceeds 50, and where it exceeds 25 next');
  });

  test.each([
    [['--low', '3', '--high', '2'], '--low 3 exceeds --high 2\n  exchange them'],
    [['--low', '3', '-k', 'sobel'], '--low is for the kernel canny, not for sobel\n  leave it out, or take -k canny'],
    [['--show', 'signed'], '--show signed: canny finds lines, which are white, and nothing between\n  leave it out'],
    [['--scale', 'kernel'], '--scale kernel: canny finds lines, which are white, and nothing between\n  leave it out'],
    [['--border', 'wrap'], '--border wrap: canny is defined with the border edge\n  leave --border out'],
    [['--size', 'full'], '--size full: canny gives lines as large as the picture\n  leave --size out'],
    [['--low', '-1'], "option '--low <threshold>' argument '-1' is invalid. A number of at least 0 is expected.\n(xcorr edges --help says more)"],
  ])('%j is refused', async (options, message) => {
    expect(await edges('a.png', '-o', 'b.png', '-k', 'canny', ...options)).toEqual({ status: 2, stdout: '', stderr: `xcorr: ${message}\n` });
  });
});

describe('what cannot be used is said in one message, and nothing is written', () => {
  const cases: readonly (readonly [string, () => readonly string[], string])[] = [
    ['a missing file', () => ['none.png', '-o', 'out.png'], 'xcorr: FOLDER/none.png: there is no such file\n'],
    ['a folder', () => ['sub', '-o', 'out.png'], 'xcorr: FOLDER/sub: a folder, not a picture\n'],
    [
      'a text named .png',
      () => ['notes.png', '-o', 'out.png'],
      'xcorr: FOLDER/notes.png: not a picture in a format that is read\n  give a PNG, JPEG, WebP, GIF, TIFF or AVIF file; what counts is what is in it, not its name\n',
    ],
    [
      'a JPEG cut short',
      () => ['short.jpg', '-o', 'out.png'],
      'xcorr: FOLDER/short.jpg: the JPEG picture is damaged or cut short (VipsJpeg: premature end of JPEG image)\n',
    ],
    ['a folder in the place of the result', () => ['square.png', '-o', 'sub'], 'xcorr: FOLDER/sub/square.png: a folder; give the name of a file in it\n'],
    ['an output in no folder', () => ['square.png', '-o', 'none/out.png'], 'xcorr: FOLDER/none/out.png: there is no folder FOLDER/none\n'],
    ['an output under a file', () => ['square.png', '-o', 'notes.png/out.png'], 'xcorr: FOLDER/notes.png/out.png: FOLDER/notes.png is not a folder\n'],
    [
      'an unknown ending',
      () => ['square.png', '-o', 'out.bmp'],
      'xcorr: FOLDER/out.bmp: the name does not say which format to write\n  let it end in one of .png, .jpg, .jpeg, .webp\n',
    ],
    [
      'a picture smaller than the kernel',
      () => ['dot.png', '-o', 'out.png'],
      'xcorr: FOLDER/dot.png: the picture is 1 x 1, sobel needs at least 3 x 3\n  give a larger picture, take a smaller kernel, or let the picture go on: --border reflect\n',
    ],
    [
      'a length shown with a sign',
      () => ['square.png', '-o', 'out.png', '--show', 'signed'],
      'xcorr: --show signed: sobel is a length, which has no sign\n  take one of its kernels alone, such as sobel-x\n',
    ],
  ];

  test.each(cases)('%s', async (_, arguments_, message) => {
    await writePicture(inFolder('square.png'), square);
    await writePicture(inFolder('dot.png'), { width: 1, height: 1, channels: 1, data: new Uint8Array(1) });
    writeFileSync(inFolder('notes.png'), 'not a picture\n');
    writeFileSync(inFolder('short.jpg'), readFileSync(photograph).subarray(0, 50_000));
    mkdirSync(inFolder('sub/square.png'), { recursive: true });
    const before = readdirSync(folder, { recursive: true });
    const [input = '', flag = '', output = '', ...more] = arguments_();
    expect(await edges(inFolder(input), flag, inFolder(output), ...more)).toEqual({ status: 2, stdout: '', stderr: message });
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test.each([['sobl', ', did you mean sobel?'], ['cany', ', did you mean canny?'], ['hough', '']])('an unknown kernel: %s', async (name, hint) => {
    const { status, stdout, stderr } = await edges('photo.png', '-o', 'out.png', '-k', name);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(`xcorr: there is no kernel "${name}"${hint}\n  known: canny, sobel, `)).toBe(true);
  });

  // Permissions do not bind root, so root runs the command as another user.
  test.skipIf(!permissionsBind())('a folder that may not be written', async () => {
    await writePicture(inFolder('square.png'), square);
    chmodSync(folder, 0o555);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    const result = await edges(inFolder('square.png'), '-o', inFolder('out.png')).finally(() => {
      if (root) process.seteuid?.(0);
    });
    expect(result).toEqual({ status: 2, stdout: '', stderr: 'xcorr: FOLDER/out.png: no permission to write to the folder FOLDER\n' });
    expect(existsSync(inFolder('out.png'))).toBe(false);
  });
});
