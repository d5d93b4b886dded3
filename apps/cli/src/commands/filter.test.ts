import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Picture } from '@xcorr/image';
import { decodePicture, encodePicture, readPicture, writePicture } from '@xcorr/image/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recorded, type Recorded, type Surroundings } from '../testing/recorded.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-filter-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => join(folder, name);

/** Red gets brighter to the right, green downwards, blue stays. */
const coloured: Picture = {
  width: 4,
  height: 3,
  channels: 3,
  data: Uint8Array.from({ length: 36 }, (_, index) => [20 * (Math.floor(index / 3) % 4), 30 * Math.floor(index / 12), 77][index % 3] ?? 0),
};

async function filter(argv: readonly string[], surroundings: Surroundings = {}): Promise<Recorded> {
  const result = await recorded(['filter', ...argv], surroundings);
  return { ...result, stdout: result.stdout.replaceAll(folder, 'FOLDER'), stderr: result.stderr.replaceAll(folder, 'FOLDER') };
}

const channel = ({ data, channels }: Picture, c: number): number[] => [...data].filter((_, index) => index % channels === c);

describe('xcorr filter', () => {
  test('each channel is filtered by itself, and the result is shown as it is', async () => {
    await writePicture(inFolder('a.png'), coloured);
    const { status, stdout, stderr } = await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', '0.5,0.5']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('kernel    0.5,0.5 (1 x 2, the response is a picture)\nran on    js\nwritten   FOLDER/b.png, 3 x 3\n');
    const made = await readPicture(inFolder('b.png'));
    expect(channel(made, 0)).toEqual([10, 30, 50, 10, 30, 50, 10, 30, 50]);
    expect(channel(made, 1)).toEqual([0, 0, 0, 30, 30, 30, 60, 60, 60]);
    expect(channel(made, 2)).toEqual(Array.from({ length: 9 }, () => 77));
  });

  test('--grey filters the brightness', async () => {
    await writePicture(inFolder('a.png'), coloured);
    expect((await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', 'identity', '--grey'])).status).toBe(0);
    const made = await readPicture(inFolder('b.png'));
    expect([made.channels, made.data[0], made.data[3]]).toEqual([1, Math.round(0.114 * 77), Math.round(0.299 * 60 + 0.114 * 77)]);
  });

  test('a kernel as `xcorr learn` writes it, shown with its sign', async () => {
    await writePicture(inFolder('a.png'), coloured);
    writeFileSync(inFolder('k.json'), '{ "kernel": [[1, -1]] }');
    const { stdout } = await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', inFolder('k.json'), '--show', 'signed', '--scale', 'kernel']);
    expect(stdout).toContain('scale     0 is mid-grey, 255 is white, -255 is black\n');
    expect(channel(await readPicture(inFolder('b.png')), 0)).toEqual(Array.from({ length: 9 }, () => 118));
  });

  test('from standard input to standard output; what is said goes to stderr', async () => {
    const written: Uint8Array[] = [];
    const bytes = await encodePicture(coloured, 'png');
    const { status, stdout, stderr } = await filter(['-', '-o', '-', '-k', 'identity', '--format', 'webp'], { stdin: bytes, takeBytes: (each) => written.push(each) });
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('read      -, 4 x 3\n');
    expect(stderr).toContain('written   -, 4 x 3\n');
    const [made = new Uint8Array(0)] = written;
    expect(Buffer.from(made.subarray(8, 12)).toString()).toBe('WEBP');
    expect((await decodePicture(made)).data).toEqual(coloured.data);
  });

  test('a border of one value, and the sizes', async () => {
    await writePicture(inFolder('a.png'), coloured);
    const { stdout } = await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', '0,0,1', '--border', 'constant:200']);
    expect(stdout).toContain('border    constant:200, size same\n');
    expect(channel(await readPicture(inFolder('b.png')), 0).slice(0, 4)).toEqual([20, 40, 60, 200]);
    await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', '0,0,1', '--size', 'full']);
    expect(channel(await readPicture(inFolder('b.png')), 0).slice(0, 6)).toEqual([0, 20, 40, 60, 0, 0]);
  });

  test.each([
    [['-k', 'sobel'], 'sobel is two kernels, whose response is a length: it is for xcorr edges\n  take one of them: sobel-x or sobel-y'],
    [['-k', '1,2;3'], 'the kernel "1,2;3": row 1 has 2 taps, row 2 has 1 tap\n  give every row as many'],
    [['-k', ''], 'the kernel is empty\n  give a name, taps such as "1,-1;0,0", or a JSON file'],
    [['-k', 'none.json'], 'none.json: there is no such file\n  a kernel is given by name, as taps, or in a JSON file'],
    [[], "required option '-k, --kernel <kernel>' not specified\n(xcorr filter --help says more)"],
    [['-k', 'book', '--border', 'mirror'], "option '--border <how>' argument 'mirror' is invalid. Allowed are valid, zero, edge, reflect, symmetric, wrap, and constant:V with V from 0 (black) to 255 (white).\n(xcorr filter --help says more)"],
    [['-k', 'book', '--pixel-limit', '1.5'], "option '--pixel-limit <count>' argument '1.5' is invalid. A whole number of at least 1 is expected.\n(xcorr filter --help says more)"],
    [['-k', 'book', '--pixel-limit', '11'], 'FOLDER/a.png: 4 x 3 elements are more than the limit of 11\n  raise --pixel-limit if the file is to be trusted, or make the picture smaller'],
    [['-k', 'book', '--format', 'webp'], '--format webp: the name FOLDER/b.png says png\n  leave --format out; it is for folders and for standard output'],
  ])('%j is refused', async (options, message) => {
    await writePicture(inFolder('a.png'), coloured);
    expect(await filter([inFolder('a.png'), '-o', inFolder('b.png'), ...options])).toEqual({ status: 2, stdout: '', stderr: `xcorr: ${message}\n` });
    const asJson = await filter([inFolder('a.png'), '-o', inFolder('b.png'), ...options, '--json']);
    expect([asJson.status, asJson.stderr]).toEqual([2, '']);
    expect(JSON.parse(asJson.stdout.replace(/"(Picture|Command)Error"/, '"Error"'))).toEqual({ error: { name: 'Error', message: message.replace(/\n\(xcorr filter.*$/, ''), status: 2 } });
  });
});

describe('a bias beside the kernel', () => {
  const written = async (bias: number, ...options: readonly string[]): Promise<readonly [string, Picture]> => {
    await writePicture(inFolder('a.png'), coloured);
    writeFileSync(inFolder('k.json'), JSON.stringify({ kernel: [[0.5, 0.5]], bias }));
    const { stdout } = await filter([inFolder('a.png'), '-o', inFolder('b.png'), '-k', inFolder('k.json'), ...options]);
    return [stdout, await readPicture(inFolder('b.png'))];
  };

  test('is added to every response, in units of white', async () => {
    const [stdout, made] = await written(0.2);
    expect(stdout).toContain('(1 x 2, bias 0.2, the response is a picture)');
    expect(channel(made, 0).slice(0, 3)).toEqual([10 + 51, 30 + 51, 50 + 51]);
    const [json, same] = await written(0.2, '--json');
    expect(JSON.parse(json)).toMatchObject({ kernel: { kernels: [[[0.5, 0.5]]], bias: 0.2 } });
    expect(same.data).toEqual(made.data);
    expect(channel((await written(0))[1], 0).slice(0, 3)).toEqual([10, 30, 50]);
  });

  test('belongs to what the kernel can give at most', async () => {
    expect((await written(-0.2, '--show', 'signed', '--scale', 'kernel'))[0]).toContain('scale     0 is mid-grey, 306 is white, -306 is black\n');
  });
});

test('a picture of 16 bits is rounded, and that is said', async () => {
  await writePicture(inFolder('a.png'), { width: 2, height: 1, channels: 1, data: Uint16Array.of(1000, 65_535) });
  const argv = [inFolder('a.png'), '-o', inFolder('b.png'), '-k', 'identity'];
  expect((await filter(argv)).stdout).toContain('read      FOLDER/a.png, 2 x 1, grey, 16 bits rounded to 8\n');
  expect(JSON.parse((await filter([...argv, '--json'])).stdout)).toMatchObject({ pictures: [{ read: { depth: 16 }, written: { depth: 8 } }] });
  expect([...(await readPicture(inFolder('b.png'))).data]).toEqual([4, 255]);
  await writePicture(inFolder('a.png'), coloured);
  expect((await filter(argv)).stdout).toContain('read      FOLDER/a.png, 4 x 3\n');
});

test('a picture goes into a folder that is there, without a / at its end', async () => {
  await writePicture(inFolder('a.png'), coloured);
  mkdirSync(inFolder('out'));
  expect((await filter([inFolder('a.png'), '-o', inFolder('out'), '-k', 'identity'])).status).toBe(0);
  expect((await readPicture(inFolder('out/a.png'))).data).toEqual(coloured.data);
});

test('the help says what stands beyond the border where only a size is given', async () => {
  expect((await filter(['--help'])).stdout.replaceAll(/\s+/g, ' ')).toContain('(default: valid; zero where --size is same or full)');
});

test('a folder that no picture goes into is not made', async () => {
  writeFileSync(inFolder('a.png'), 'no picture');
  for (const argv of [[inFolder('a.png'), '-o', inFolder('out/')], [inFolder('a.png'), inFolder('none.png'), '-o', inFolder('out/deep')]]) expect((await filter([...argv, '-k', 'identity'])).status).toBe(2);
  expect(readdirSync(folder)).toEqual(['a.png']);
});

describe('several pictures', () => {
  test('the kernel and the border are said once, the scale for each', async () => {
    await Promise.all(['a.png', 'b.png'].map((name) => writePicture(inFolder(name), coloured)));
    const { stdout } = await filter([inFolder('a.png'), inFolder('b.png'), '-o', inFolder('out'), '-k', '1,-1', '--show', 'signed', '--scale', 'kernel', '--border', 'edge']);
    expect(stdout.replaceAll(/\d+\.\d ms/g, 'TIME')).toBe(
      `kernel    1,-1 (1 x 2)\nborder    edge, size same\nran on    js\n${['a.png', 'b.png'].map((name) => `FOLDER/${name}, 4 x 3 -> FOLDER/out/${name}, 4 x 3, scale: 0 is mid-grey, 255 is white, -255 is black, TIME\n`).join('')}`,
    );
  });

  test('one that is smaller than the kernel is named', async () => {
    await writePicture(inFolder('a.png'), coloured);
    await writePicture(inFolder('b.png'), { width: 1, height: 1, channels: 1, data: new Uint8Array(1) });
    const argv = [inFolder('a.png'), inFolder('b.png'), '-o', inFolder('out'), '-k', 'box-3'];
    const message = 'FOLDER/b.png: the picture is 1 x 1, box-3 needs at least 3 x 3\n  give a larger picture, take a smaller kernel, or let the picture go on: --border reflect';
    expect((await filter(argv)).stderr).toBe(`xcorr: 1 of 2 pictures failed\n  ${message.replace('\n', '\n  ')}\n`);
    expect(JSON.parse((await filter([...argv, '--json'])).stdout)).toMatchObject({ failed: [{ path: 'FOLDER/b.png', error: { name: 'CommandError', message } }] });
    const stdin = await encodePicture({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }, 'png');
    expect((await filter(['-', '-o', inFolder('c.png'), '-k', 'box-3'], { stdin })).stderr).toMatch(/^xcorr: standard input: the picture is 1 x 1, /);
  });

  test('each goes into the folder under its own name, which is made; lines say so', async () => {
    await Promise.all(['a.png', 'b.webp', 'c.jpg'].map((name) => writePicture(inFolder(name), coloured)));
    const { status, stdout, stderr } = await filter([inFolder('a.png'), inFolder('b.webp'), inFolder('c.jpg'), '-o', inFolder('out/deep'), '-k', 'identity']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/\d+\.\d ms/g, 'TIME')).toBe(
      `kernel    identity (1 x 1, the response is a picture)\nran on    js\n` +
        ['a.png', 'b.webp', 'c.jpg'].map((name) => `FOLDER/${name}, 4 x 3 -> FOLDER/out/deep/${name}, 4 x 3, TIME\n`).join(''),
    );
    expect((await readPicture(inFolder('out/deep/b.webp'))).data).toEqual(coloured.data);
  });

  test('one that fails is named at the end, the others are done', async () => {
    await writePicture(inFolder('a.png'), coloured);
    writeFileSync(inFolder('b.png'), 'no picture');
    const argv = [inFolder('b.png'), inFolder('none.png'), inFolder('a.png'), '-o', inFolder('out'), '-k', 'identity'];
    const { status, stdout, stderr } = await filter(argv);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^kernel .*\nran on .*\nFOLDER\/a\.png, 4 x 3 -> FOLDER\/out\/a\.png, 4 x 3, [\d.]+ ms\n$/);
    expect(stderr).toBe(
      'xcorr: 2 of 3 pictures failed\n  FOLDER/b.png: not a picture in a format that is read\n    give a PNG, JPEG, WebP, GIF, TIFF or AVIF file; what counts is what is in it, not its name\n  FOLDER/none.png: there is no such file\n',
    );
    expect((await readPicture(inFolder('out/a.png'))).data).toEqual(coloured.data);
    const asJson = await filter([...argv, '--json']);
    expect([asJson.status, asJson.stderr]).toEqual([2, '']);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      pictures: [{ read: { path: 'FOLDER/a.png' } }],
      failed: [{ path: 'FOLDER/b.png' }, { path: 'FOLDER/none.png', error: { name: 'PictureError', message: 'FOLDER/none.png: there is no such file' } }],
    });
  });

  test('a bar shows how far, where a person watches stderr', async () => {
    await Promise.all(['a.png', 'b.png'].map((name) => writePicture(inFolder(name), coloured)));
    const argv = [inFolder('a.png'), inFolder('b.png'), '-o', inFolder('out'), '-k', 'identity'];
    const shown = (await filter(argv, { isTTY: true })).stderr;
    expect(shown).toContain('\r\u001B[K[--------------------] 0/2  FOLDER/a.png');
    expect(shown).toContain('\r\u001B[K[##########----------] 1/2  FOLDER/b.png');
    expect(shown.endsWith('\r\u001B[K[####################] 2/2  \r\u001B[K')).toBe(true);
    expect((await filter([...argv, '--json'], { isTTY: true })).stderr).toBe('');
    expect((await filter(argv)).stderr).toBe('');
  });
});
