import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePicture } from '@xcorr/image/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recorded } from './testing/recorded.ts';
import { visible } from './visible.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xcorr-visible-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  ['plain ü 図.png', 'plain ü 図.png'],
  ['a\nb\r\tc', String.raw`a\nb\r\tc`],
  ['\u001B[31mred\u009B', String.raw`\u001b[31mred\u009b`],
  ['\u202Egnp.exe\u2066', String.raw`\u202egnp.exe\u2066`],
])('%j', (name, shown) => {
  expect(visible(name)).toBe(shown);
  expect(JSON.parse(`"${shown}"`)).toBe(name);
});

const hostile = 'a\u001B[31m\nb\u202E.png';
const shown = String.raw`a\u001b[31m\nb\u202e.png`;

test.skipIf(process.platform === 'win32')('names are shown so in lines, in errors, in the bar, and in JSON', async () => {
  const path = join(folder, hostile);
  await writePicture(path, { width: 3, height: 3, channels: 1, data: new Uint8Array(9) });
  const one = await recorded(['filter', path, '-o', `${join(folder, 'out')}/`, '-k', 'identity']);
  expect([one.status, one.stderr]).toEqual([0, '']);
  expect(one.stdout).toContain(`read      ${join(folder, shown)}, 3 x 3, grey\n`);
  expect(one.stdout).toContain(`written   ${join(folder, 'out', shown)}, 3 x 3\n`);

  const missing = await recorded(['edges', join(folder, 'none', hostile), '-o', join(folder, 'b.png')]);
  expect(missing.stderr).toBe(`xcorr: ${join(folder, 'none', shown)}: there is no such file\n`);
  expect((await recorded(['bo\u001Bok'])).stderr).toContain(String.raw`'bo\u001bok'`);

  writeFileSync(join(folder, 'c.png'), '');
  const several = await recorded(['filter', path, join(folder, 'c.png'), '-o', join(folder, 'out'), '-k', 'identity'], { isTTY: true });
  expect(several.stderr).toContain(`] 0/2  ${join(folder, shown)}`);
  expect(several.stderr.replaceAll('\r\u001B[K', '')).not.toContain('\u001B');
  expect(several.stdout + several.stderr).not.toContain('\u202E');

  const json = await recorded(['filter', path, '-o', join(folder, 'out/d.png'), '-k', 'identity', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ pictures: [{ read: { path } }] });
});
