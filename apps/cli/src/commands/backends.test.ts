import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPicture } from '@xcorr/image/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { photograph } from '../photograph.ts';
import { recorded } from '../testing/recorded.ts';

// Those that are to be had wherever Node is.
const others = ['closures', 'gpu:cpu', 'gpu:webasm'];

let folder = '';
const inFolder = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-backends-'));
  await sharp(photograph).resize(80, 60).png().toFile(inFolder('photo.png'));
  writeFileSync(inFolder('x.json'), '[[0, 1, 2, 4], [3, 1, 4, 1], [2, 7, 1, 8]]');
  writeFileSync(inFolder('y.json'), '[[1, 1, 2], [-2, 3, -3], [5, -6, 7]]');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a command prints, but for what differs from run to run and from backend to backend. */
async function said(backend: string, ...argv: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await recorded([...argv, '--backend', backend]);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.replaceAll(/\d+\.\d+ ms/g, 'TIME').replaceAll(/"(compile|run|read|write)": [\d.e-]+/g, '"$1": 0').replaceAll(backend, 'BACKEND');
}

describe.each(others)('on %s', (backend) => {
  test('the book has the digits that it prints', async () => {
    const text = await said(backend, 'book');
    expect(text).toContain('\n\nComputed on BACKEND.\n\nAll 38 results are as the book prints them.\n');
    // Of a kernel that was learned more digits are shown than float32 holds of it.
    const losses = (all: string): readonly string[] => all.split('\n').filter((line) => !line.includes('learned kernel'));
    expect(losses(text)).toEqual(losses(await said('js', 'book')));
    expect(JSON.parse(await said(backend, 'book', '--json'))).toMatchObject({ ranOn: 'BACKEND', agrees: true });
  });

  test.each([
    ['edges', '-k', 'canny'],
    ['edges', '-k', 'sobel', '--border', 'reflect'],
    ['filter', '-k', '0,-1,0;-1,5,-1;0,-1,0'],
    ['filter', '-k', 'gaussian-5', '--border', 'wrap', '--show', 'magnitude', '--scale', 'kernel'],
  ])('%s %s %s gives the picture that JavaScript gives, but for roundings', async (command, ...options) => {
    const argv = [command, inFolder('photo.png'), '-o', inFolder('out.png'), ...options];
    const wanted = [await said('js', ...argv), (await readPicture(inFolder('out.png'))).data] as const;
    rmSync(inFolder('out.png'));
    expect(await said(backend, ...argv)).toBe(wanted[0]);
    const { data } = await readPicture(inFolder('out.png'));
    expect(data.length).toBe(wanted[1].length);
    expect(Math.max(...data.map((byte, index) => Math.abs(byte - (wanted[1][index] ?? 0))))).toBeLessThanOrEqual(options.includes('canny') ? 0 : 1);
    expect(JSON.parse(await said(backend, ...argv, '--json'))).toHaveProperty('ranOn', 'BACKEND');
  });

  test('a kernel is learned', async () => {
    const argv = ['learn', '--input', inFolder('x.json'), '--target', inFolder('y.json'), '--kernel', '1x2', '--steps', '400'];
    const text = await said(backend, ...argv, '-o', inFolder('kernel.json'));
    expect(text).toContain('\nran on    BACKEND\n');
    expect(text).toMatch(/\nlearned +-1\.0000 +1\.0000\n/);
    expect(JSON.parse(readFileSync(inFolder('kernel.json'), 'utf8'))).toHaveProperty('ranOn', backend);
  });
});

describe('where there is no GPU', () => {
  test.each([
    ['a mode that browsers alone have', 'gpu:webgl2'],
    ['the best real GPU', 'gpu'],
  ])('%s is refused with what is to be had, before any work', async (_, backend) => {
    for (const argv of [['book'], ['edges', inFolder('photo.png'), '-o', inFolder('none.png')], ['learn', '--input', inFolder('x.json'), '--target', inFolder('y.json'), '--kernel', '1x2']]) {
      const { status, stdout, stderr } = await recorded([...argv, '--backend', backend]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr.startsWith(`xcorr: --backend ${backend}: `)).toBe(true);
      expect(stderr).toMatch(/\bwebasm\b.*\bcpu\b/);
      expect(stderr).not.toContain('gpu({');
    }
  });
});
