import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kernels, motionKernel, type Kernel, type Picture } from '@xcorr/image';
import { encodePicture, readPicture, writePicture } from '@xcorr/image/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photograph } from '../photograph.ts';
import { recorded, type Recorded, type Surroundings } from '../testing/recorded.ts';

let folder = '';
const inFolder = (name: string): string => join(folder, name);

/** A part of the photograph, in colour, that holds mountains and sky. */
async function part(left: number, top: number, width: number, height: number): Promise<Picture> {
  const { width: whole, channels, data } = await readPicture(photograph);
  const rows = Array.from({ length: height }, (_, row) => data.subarray(((top + row) * whole + left) * channels, ((top + row) * whole + left + width) * channels));
  return { width, height, channels, data: Uint8Array.from(rows.flatMap((row) => [...row])) };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-steal-'));
  await writePicture(inFolder('photo.png'), await part(300, 150, 120, 90));
  await writePicture(inFolder('other.png'), await part(700, 30, 120, 90));
  await writePicture(inFolder('flat.png'), { width: 20, height: 20, channels: 1, data: new Uint8Array(400).fill(90) });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function xcorr(argv: readonly string[], surroundings: Surroundings = {}): Promise<Recorded> {
  const result = await recorded(argv, surroundings);
  return { ...result, stdout: result.stdout.replaceAll(folder, 'FOLDER'), stderr: result.stderr.replaceAll(folder, 'FOLDER') };
}

interface Stolen {
  readonly kernel: Kernel;
  readonly bias?: number;
  readonly explained: number | null;
  readonly rootMeanSquareError: number;
  readonly clipped: number;
  readonly rank: number;
  readonly uncertainty: number | null;
  readonly loss?: { readonly first: number; readonly last: number; readonly least: number };
}

async function stolen(argv: readonly string[]): Promise<Stolen> {
  const { status, stdout, stderr } = await xcorr(['steal', ...argv, '--json']);
  expect([status, stderr]).toEqual([0, '']);
  return asStolen(JSON.parse(stdout));
}

function asStolen(document: unknown): Stolen {
  if (!isStolen(document)) throw new TypeError('no stolen filter');
  return document;
}

function isStolen(document: unknown): document is Stolen {
  return typeof document === 'object' && document !== null && ['kernel', 'explained', 'rank', 'uncertainty'].every((key) => key in document);
}

/** How far the taps are from those of a kernel that stands in the middle. */
function distance(found: Kernel, wanted: Kernel): number {
  const [down, right] = [(found.length - wanted.length) / 2, ((found[0]?.length ?? 0) - (wanted[0]?.length ?? 0)) / 2];
  return Math.max(...found.flatMap((row, u) => row.map((tap, v) => Math.abs(tap - (wanted[u - down]?.[v - right] ?? 0)))));
}

async function largestDifference(one: string, other: string): Promise<number> {
  const [a, b] = [await readPicture(inFolder(one)), await readPicture(inFolder(other))];
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  return Math.max(...a.data.map((level, at) => Math.abs(level - (b.data[at] ?? 0))));
}

/** Sobel's operator as pictures keep it: an eighth of it, 0 at mid-grey. */
const sobel = kernels['sobel-x'].map((row) => row.map((tap) => tap / 8));

describe('what xcorr filter did is found, and done again', () => {
  test.each<readonly [what: string, kernel: Kernel, bias: number, size: string]>([
    ['a Gaussian blur', kernels['gaussian-5'], 0, '7x7'],
    ['sharpening, whose ends are cut off', kernels.sharpen, 0, '5x5'],
    ["Sobel's operator with an offset", sobel, 128 / 255, '3x3'],
    ['a blur by motion', motionKernel(15, 0.6), 0, '15x15'],
  ])('%s', async (_, kernel, bias, size) => {
    writeFileSync(inFolder('made.json'), JSON.stringify({ kernel, bias }));
    await xcorr(['filter', inFolder('photo.png'), '-o', inFolder('after.png'), '-k', inFolder('made.json'), '--border', 'reflect', '--show', 'as-is']);
    const argv = ['steal', inFolder('photo.png'), inFolder('after.png'), '--kernel', size, '-o', inFolder('found.json'), ...(bias === 0 ? [] : ['--bias'])];
    const { status, stdout, stderr } = await xcorr(argv);
    expect([status, stderr]).toEqual([0, '']);
    const found = asStolen(JSON.parse(readFileSync(inFolder('found.json'), 'utf8')));
    // Four standard errors, and these are small.
    expect(distance(found.kernel, kernel)).toBeLessThan(2 * (found.uncertainty ?? 0));
    expect(found.uncertainty).toBeLessThan(6e-3);
    expect(found.bias ?? 0).toBeCloseTo(bias, 3);
    expect(found.explained).toBeGreaterThan(0.995);
    // No more is left than what rounding AFTER took.
    expect(found.rootMeanSquareError).toBeLessThan(0.3);

    const use = stdout.split('\n').find((line) => line.startsWith('use '))?.replaceAll('FOLDER', folder).split(/\s+/).slice(2) ?? [];
    expect((await xcorr(use.map((word) => (word === 'again.png' ? inFolder('again.png') : word)))).status).toBe(0);
    expect(await largestDifference('again.png', 'after.png')).toBeLessThanOrEqual(1);
  });

  test('a result without a border, in brightness', async () => {
    await xcorr(['filter', inFolder('photo.png'), '-o', inFolder('valid.png'), '-k', 'box-3', '--grey']);
    const { stdout } = await xcorr(['steal', inFolder('photo.png'), inFolder('valid.png'), '--kernel', '3x3', '-o', inFolder('valid.json')]);
    expect(stdout).toContain('samples of the brightness\n');
    expect(stdout).toContain('resembles box-3');
    expect(stdout).toMatch(/\nuse {7}xcorr filter FOLDER\/photo\.png -o again\.png -k FOLDER\/valid\.json --show as-is --grey\n$/);
  });

  test('samples that are cut off are left out, and the kernel is exact', async () => {
    await xcorr(['filter', inFolder('photo.png'), '-o', inFolder('hard.png'), '-k', '0,-3,0;-3,13,-3;0,-3,0', '--border', 'edge', '--show', 'as-is']);
    const found = await stolen([inFolder('photo.png'), inFolder('hard.png'), '--kernel', '3x3']);
    expect(found.clipped).toBeGreaterThan(1000);
    expect(distance(found.kernel, [[0, -3, 0], [-3, 13, -3], [0, -3, 0]])).toBeLessThan(1e-6);
  });

  test.each(['nesterov', 'adam'])('by steps of %s, as near as the least error there is', async (optimiser) => {
    await xcorr(['filter', inFolder('photo.png'), '-o', inFolder('after.png'), '-k', 'gaussian-3', '--border', 'edge']);
    const { loss, kernel } = await stolen([inFolder('photo.png'), inFolder('after.png'), '--kernel', '3x3', '--optimiser', optimiser, '--steps', '3000', '--bias']);
    expect(loss?.last).toBeLessThan(1.01 * (loss?.least ?? 0));
    expect(distance(kernel, kernels['gaussian-3'])).toBeLessThan(5e-3);
  });
});

describe('what cannot be known is said', () => {
  test('equal pictures', async () => {
    const { stdout } = await xcorr(['steal', inFolder('photo.png'), inFolder('photo.png'), '--kernel', '3x3']);
    expect(stdout).toContain('equal     the pictures are equal: the filter is the identity\n');
    expect(stdout).toContain('explains  100 % of ');
    expect((await stolen([inFolder('flat.png'), inFolder('flat.png'), '--kernel', '1x3'])).kernel).toEqual([[0, 1, 0]]);
  });

  test('a picture of something else', async () => {
    const { stdout } = await xcorr(['steal', inFolder('photo.png'), inFolder('other.png')]);
    expect(stdout).toContain('AFTER is no linear filter of BEFORE of this size: try --bias, a larger --kernel, or another pair\n');
    const { explained } = await stolen([inFolder('photo.png'), inFolder('other.png'), '--bias']);
    expect(explained).toBeLessThan(0.9);
    expect(explained).toBeGreaterThan(0);
  });

  test('a picture whose columns are alike tells no taps of a column apart', async () => {
    const stripes: Picture = { width: 40, height: 30, channels: 1, data: Uint8Array.from({ length: 1200 }, (_, at) => 20 + ((((at % 40) ** 2) * 7) % 200)) };
    await writePicture(inFolder('stripes.png'), stripes);
    await xcorr(['filter', inFolder('stripes.png'), '-o', inFolder('after.png'), '-k', '0.25,0.5,0.25', '--border', 'edge']);
    const argv = ['steal', inFolder('stripes.png'), inFolder('after.png'), '--kernel', '3x3'];
    expect((await xcorr(argv)).stdout).toContain('known     BEFORE tells 3 of 9 directions of the kernel apart: many kernels do the same to it\n');
    const { kernel, rank } = await stolen(argv.slice(1));
    expect(rank).toBe(3);
    // The smallest of them spreads each tap over its column.
    expect(distance(kernel, [0, 1, 2].map(() => [0.25 / 3, 0.5 / 3, 0.25 / 3]))).toBeLessThan(1e-3);
  });
});

describe('what cannot be used is refused', () => {
  test.each<readonly [argv: readonly string[], message: string]>([
    [['photo.png', 'flat.png'], 'FOLDER/photo.png is 120 x 90, FOLDER/flat.png 20 x 20: no 7x7 filter leads from one to the other\n  AFTER is to be 120 x 90, or 114 x 84 without its border; a kernel of 71x101 would lead there'],
    [['flat.png', 'photo.png'], 'FOLDER/flat.png is 20 x 20, FOLDER/photo.png 120 x 90: no 7x7 filter leads from one to the other\n  AFTER is to be 20 x 20, or 14 x 14 without its border'],
    [['flat.png', 'half.png'], 'FOLDER/flat.png is flat: every filter whose taps have one sum makes the same of it\n  give a photograph with something in it'],
    [['flat.png', 'flat.png', '--kernel', '3x21'], 'a 3x21 kernel (rows x columns) is larger than FOLDER/flat.png, which is 20 x 20\n  take a smaller --kernel, or larger photographs'],
    [['half.png', 'flat.png', '--kernel', '18x18'], '324 numbers are sought, and 9 samples of AFTER say something of them\n  take a smaller --kernel, or larger photographs'],
    [['half.png', 'flat.png', '--backend', 'gpu'], '--backend gpu: filters are found in float64, and gpu.js computes in float32 alone\n  leave --backend out, or take closures'],
    [['none.png', 'flat.png'], 'FOLDER/none.png: there is no such file'],
    [['half.png', 'flat.png', '-o', 'half.png'], '--output FOLDER/half.png: FOLDER/half.png is an input, and would be replaced\n  name another file'],
    [['half.png', 'flat.png', '-o', 'none/k.json'], '--output FOLDER/none/k.json: there is no folder FOLDER/none'],
  ])('%j', async (argv, message) => {
    await writePicture(inFolder('half.png'), { width: 20, height: 20, channels: 1, data: Uint8Array.from({ length: 400 }, (_, at) => 50 + (at % 20)) });
    const before = readdirSync(folder).toSorted();
    const named = argv.map((word) => (/[a-z]\.(png|json)$/.test(word) ? inFolder(word) : word));
    expect(await xcorr(['steal', ...named])).toEqual({ status: 2, stdout: '', stderr: `xcorr: ${message}\n` });
    expect(readdirSync(folder).toSorted()).toEqual(before);
  });

  test.each<readonly [argv: readonly string[], message: string]>([
    [['--kernel', '0x3'], "option '--kernel <rows>x<columns>' argument '0x3' is invalid. Give rows and columns, such as 7x7 or 1x3."],
    [['--kernel', '22x21'], "option '--kernel <rows>x<columns>' argument '22x21' is invalid. At most 441 taps are sought, such as 21x21, and 31 a side."],
    [['--steps', '0'], "option '--steps <n>' argument '0' is invalid. A whole number of at least 1 is expected."],
  ])('%j', async (argv, message) => {
    expect((await xcorr(['steal', 'a.png', 'b.png', ...argv])).stderr).toBe(`xcorr: ${message}\n(xcorr steal --help says more)\n`);
  });

  test('two pictures from one standard input; one is read', async () => {
    expect((await xcorr(['steal', '-', '-'])).stderr).toBe('xcorr: both photographs are to come from standard input, which holds one\n  name a file for one of them\n');
    const stdin = await encodePicture(await readPicture(inFolder('photo.png')), 'png');
    expect((await xcorr(['steal', '-', inFolder('photo.png'), '-o', '-'], { stdin })).stdout).toMatch(/^\{\n {2}"kernel": \[\n/);
    expect(existsSync('-')).toBe(false);
  });
});
