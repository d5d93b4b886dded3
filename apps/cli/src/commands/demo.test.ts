import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPicture } from '@xcorr/image/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-demo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the demo computes the chapter and writes the edges of the photograph into a folder that it makes', async () => {
  const output = join(folder, 'some/where');
  const { status, stdout, stderr } = await recorded(['demo', '-o', output]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('results are as the book prints them.');
  expect(stdout).toContain(`written   ${join(output, 'edges-book.png')}, 1023 x 484\n`);
  expect(stdout).toContain(`written   ${join(output, 'edges-sobel.png')}, 1022 x 482\n`);
  expect(readdirSync(output).sort()).toEqual(['edges-book.png', 'edges-sobel.png']);

  const { data } = await readPicture(join(output, 'edges-sobel.png'));
  const white = data.filter((byte) => byte === 255).length / data.length;
  expect(white).toBeGreaterThan(0.005);
  expect(white).toBeLessThan(0.02);
});

test('--json is one document of all parts', async () => {
  const { status, stdout, stderr } = await recorded(['demo', '-o', folder, '--json']);
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'demo',
    book: { agrees: true },
    edges: [{ kernel: { name: 'book' }, pictures: [{ written: { width: 1023 } }] }, { kernel: { name: 'sobel' }, pictures: [{ written: { width: 1022 } }] }],
  });
});

test('a folder that cannot be made is said before anything is computed', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { status, stdout, stderr } = await recorded(['demo', '-o', join(folder, 'file')]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(`xcorr: the folder ${join(folder, 'file')} cannot be made: there is a file of that name\n  name another one with --output\n`);
  const below = await recorded(['demo', '-o', join(folder, 'file/below')]);
  expect(below.stderr).toBe(`xcorr: the folder ${join(folder, 'file/below')} cannot be made: what should hold it is a file\n  name another one with --output\n`);
});

test.skipIf(process.platform !== 'linux')('a folder where the kernel lets none be made is refused, and not asked for again and again', async () => {
  const { status, stderr } = await recorded(['demo', '-o', '/proc/xcorr-demo/below']);
  expect([status, stderr]).toEqual([2, 'xcorr: the folder /proc/xcorr-demo/below cannot be made: no folder can be made there\n  name another one with --output\n']);
});
