import { crc32, deflateSync } from 'node:zlib';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPicture } from '@xcorr/image/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photograph } from './photograph.ts';
import { built, launch, nobody, permissionsBind, shell, type Ended } from './testing/launched.ts';

// These run what the build made, as `npm test` does first.

let folder = '';
const inFolder = (name: string): string => join(folder, name);

/** A part of a PNG file: its length, its name, what is in it, and the sum by which damage is found. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG file of a hundred bytes that promises a picture of this size. */
function promising(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(new Uint8Array(9))), chunk('IEND', new Uint8Array(0))]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-bad-input-'));
  const small = sharp(photograph).resize(40, 30);
  await small.clone().png().toFile(inFolder('good.png'));
  await small.clone().toColourspace('rgb16').png().toFile(inFolder('deep.png'));
  await small.clone().toColourspace('cmyk').jpeg().toFile(inFolder('cmyk.jpg'));
  await small.clone().jpeg().toFile(inFolder('jpeg.png'));
  await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).png().toFile(inFolder('dot.png'));
  const frames = Buffer.alloc(8 * 24 * 3, 90);
  frames.fill(200, 8 * 8 * 3);
  await sharp(frames, { raw: { width: 8, height: 24, channels: 3, pageHeight: 8 } }).webp({ lossless: true }).toFile(inFolder('moving.webp'));
  writeFileSync(inFolder('short.jpg'), readFileSync(photograph).subarray(0, 50_000));
  writeFileSync(inFolder('huge.png'), promising(60_000, 60_000));
  writeFileSync(inFolder('empty.png'), '');
  writeFileSync(inFolder('notes.png'), 'not a picture\n');
  writeFileSync(inFolder('ragged.json'), '[[1, 2], [3]]');
  writeFileSync(inFolder('none.json'), '{ "kernel": [] }');
  writeFileSync(inFolder('nan.json'), '[[1, NaN]]');
  mkdirSync(inFolder('sub'));
  mkdirSync(inFolder('full/good.png'), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a command in the folder; the names in what it says are short. */
async function xcorr(...argv: readonly string[]): Promise<Pick<Ended, 'status' | 'stdout' | 'stderr'>> {
  const { status, stdout, stderr } = await shell(`$XCORR ${argv.join(' ')}`, folder);
  return { status, stdout: stdout.replaceAll(folder, 'FOLDER'), stderr: stderr.replaceAll(folder, 'FOLDER') };
}

describe.skipIf(!built || process.platform === 'win32')('through the launcher', () => {
  test.each([
    ['a missing file', 'filter missing.png -o out.png -k book', 'missing.png: there is no such file'],
    ['an empty file', 'filter empty.png -o out.png -k book', 'empty.png: the file is empty'],
    ['a text', 'filter notes.png -o out.png -k book', 'notes.png: not a picture in a format that is read\n  give a PNG, JPEG, WebP, GIF, TIFF or AVIF file; what counts is what is in it, not its name'],
    ['a picture cut short', 'edges short.jpg -o out.png', 'short.jpg: the JPEG picture is damaged or cut short (VipsJpeg: premature end of JPEG image)'],
    ['a header that promises too much', 'edges huge.png -o out.png', 'huge.png: 60000 x 60000 elements are more than the limit of 100000000\n  raise --pixel-limit if the file is to be trusted, or make the picture smaller'],
    ['a header that promises what is not there', 'edges huge.png -o out.png --pixel-limit 4000000000', /^xcorr: huge\.png: the PNG picture is damaged or cut short \(.+\)\n$/],
    ['a folder as input', 'edges sub -o out.png', 'sub: a folder, not a picture'],
    ['a folder in the place of the result', 'edges good.png -o full', 'full/good.png: a folder; give the name of a file in it'],
    ['a picture that cannot be read, into a folder that is not there', 'edges notes.png -o made/', 'notes.png: not a picture in a format that is read\n  give a PNG, JPEG, WebP, GIF, TIFF or AVIF file; what counts is what is in it, not its name'],
    ['taps beyond float32', 'filter good.png -o out.png -k 1e38,-1e38', 'the kernel "1e38,-1e38": its taps are up to 1.0e+38, and squares of such responses are beyond float32\n  scale the taps, to about 1'],
    ['a picture in the place of a graph', 'inspect good.png', 'good.png: it is not a graph as text, whose first line is such as: %0 = input("X") : float32 [H, W]\n  give book, sobel, canny, learn, two-layers, or a file that holds a graph as text'],
    ['an output in no folder', 'edges good.png -o none/out.png', 'none/out.png: there is no folder none'],
    ['a file in place of the folder', 'edges good.png dot.png -o notes.txt/out', 'the folder notes.txt/out cannot be made: what should hold it is a file\n  name another one with --output'],
    ['no kernel', "filter good.png -o out.png -k ''", 'the kernel is empty\n  give a name, taps such as "1,-1;0,0", or a JSON file'],
    ['a kernel without rows', 'filter good.png -o out.png -k none.json', 'the kernel in none.json: it has no rows\n  give at least one tap'],
    ['a ragged kernel', 'filter good.png -o out.png -k ragged.json', 'the kernel in ragged.json: row 1 has 2 taps, row 2 has 1 tap\n  give every row as many'],
    ['taps that are no numbers', 'filter good.png -o out.png -k NaN,1', 'the kernel "NaN,1": tap 1 of row 1 is "NaN", which is not a finite number\n  write numbers with , between the taps of a row and ; between rows: "1,-1;0,0"'],
    ['a kernel file that is no JSON', 'filter good.png -o out.png -k nan.json', /^xcorr: nan\.json: it is not JSON \(.+\)\n {2}\{ "kernel": \[\[1, -1\]\] \} is expected, or rows of taps alone\n$/],
    ['a kernel larger than the picture', 'filter dot.png -o out.png -k box-3', 'dot.png: the picture is 1 x 1, box-3 needs at least 3 x 3\n  give a larger picture, take a smaller kernel, or let the picture go on: --border reflect'],
    ['no picture on standard input', 'filter - -o out.png -k book < /dev/null', 'standard input: the file is empty'],
    ['no kernel of that name', 'edges good.png -o out.png -k sobell', /^xcorr: there is no kernel "sobell", did you mean sobel\?\n {2}known: .*\n {2}or give taps.*\n$/],
    ['a file larger than may be written', '', 'out.png: the file would be larger than the system lets this process write'],
  ])('%s is one message, the status 2, and no file', async (what, line, message) => {
    writeFileSync(inFolder('notes.txt'), '');
    const before = readdirSync(folder, { recursive: true });
    const { status, stdout, stderr } =
      line === '' ? await shell(`ulimit -f 1; $XCORR filter ${photograph} -o out.png -k identity`, folder) : await xcorr(line);
    expect([what, status, stdout]).toEqual([what, 2, '']);
    if (typeof message === 'string') expect(stderr).toBe(`xcorr: ${message}\n`);
    else expect(stderr).toMatch(message);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test.skipIf(!permissionsBind)('folders that may not be written are told before any work', async () => {
    mkdirSync(inFolder('closed'));
    chmodSync(inFolder('closed'), 0o555);
    chmodSync(folder, 0o755);
    const several = await shell('$XCORR filter good.png dot.png -o closed -k identity', folder, nobody);
    expect([several.status, several.stdout, several.stderr]).toEqual([2, '', 'xcorr: the folder closed cannot be written to: no permission to write there\n  name another one with --output\n']);
    const single = await shell('$XCORR filter good.png -o closed/out.png -k identity', folder, nobody);
    expect([single.status, single.stdout, single.stderr]).toEqual([2, '', 'xcorr: closed/out.png: no permission to write to the folder closed\n']);
    expect(readdirSync(inFolder('closed'))).toEqual([]);
  });

  test.each([
    ['deep.png', '40 x 30', ', 16 bits rounded to 8'],
    ['cmyk.jpg', '40 x 30'],
    ['jpeg.png', '40 x 30'],
    ['moving.webp', '8 x 8'],
    ['dot.png', '1 x 1'],
  ])('%s is read for what it is', async (name, size, more = '') => {
    const { status, stdout, stderr } = await xcorr('filter', name, '-o', `of-${name}`, '-k', 'identity');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`read      ${name}, ${size}${more}\n`);
    expect(`${(await readPicture(inFolder(`of-${name}`))).width} x ${(await readPicture(inFolder(`of-${name}`))).height}`).toBe(size);
    rmSync(inFolder(`of-${name}`));
  });

  test.skipIf(process.platform !== 'linux')('a full device behind standard output', async () => {
    const { status, stderr } = await xcorr('filter good.png -o - -k identity > /dev/full');
    expect(status).toBe(2);
    expect(stderr).toContain('xcorr: what was to be printed cannot be written (');
  });

  test('a reader that stops reading a picture is no fault', async () => {
    expect(await xcorr(`filter ${photograph} -o - -k identity 2> said | head -c 4 | tail -c 3`)).toEqual({ status: 0, stdout: 'PNG', stderr: '' });
    expect(readFileSync(inFolder('said'), 'utf8')).toMatch(/^read .*\n(?:.*\n)*time .*\n$/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while it waits for a picture: the status %i; what was done before is whole', async (signal, expected) => {
    const waiting = launch(['filter', inFolder('good.png'), '-', '-o', inFolder(signal), '-k', 'identity']);
    await waiting.printed;
    waiting.kill(signal);
    const { status, stderr } = await waiting.ended;
    expect([status, stderr, readdirSync(inFolder(signal))]).toEqual([expected, '', ['good.png']]);
    expect((await readPicture(inFolder(`${signal}/good.png`))).width).toBe(40);
  });

  test('Ctrl-C in the middle of many pictures leaves whole pictures and nothing else', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.jpg`);
    mkdirSync(inFolder('many'));
    for (const name of names) copyFileSync(photograph, inFolder(`many/${name}`));
    const running = launch(['filter', ...names.map((name) => inFolder(`many/${name}`)), '-o', inFolder('made'), '-k', 'gaussian-5']);
    await running.printed;
    running.kill('SIGINT');
    const { status, signal } = await running.ended;
    // While a program runs, the system itself ends the process; shells call that 130 too.
    expect(signal ?? status).toBe(signal === null ? 130 : 'SIGINT');
    const made = readdirSync(inFolder('made'));
    expect(made.length).toBeLessThan(names.length);
    expect(made.filter((name) => !names.includes(name))).toEqual([]);
    for (const name of made) expect((await readPicture(inFolder(`made/${name}`))).width).toBe(1020);
  });
});
