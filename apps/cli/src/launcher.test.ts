import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../bin/xcorr.js', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url)));

function xcorr(path: string, ...argv: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [path, ...argv], { encoding: 'utf8' });
}

test('in a fresh clone the launcher says what is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-launcher-'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(launcher, join(folder, 'bin/xcorr.js'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const { status, stdout, stderr } = xcorr(join(folder, 'bin/xcorr.js'), 'book');
  rmSync(folder, { recursive: true });
  expect([status, stdout, stderr]).toEqual([2, '', 'xcorr is not built yet: run `npm run build` in the repository first.\n']);
});

// These run what the build made, as `npm test` does first.
describe.skipIf(!built)('as a process of its own', () => {
  test('the book agrees, without colour where nobody reads', () => {
    const { status, stdout, stderr } = xcorr(launcher, 'book', '--lang', 'en');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/results are as the book prints them\.\n$/);
    expect(stdout).not.toContain('\u001B');
  });

  test('misuse is one message and the status 2', () => {
    expect(xcorr(launcher, 'edges', 'no such file.png', '-o', 'out.png')).toMatchObject({ status: 2, stdout: '', stderr: 'xcorr: no such file.png: there is no such file\n' });
  });

  test.skipIf(process.platform === 'win32')('a reader that stops reading is no fault', () => {
    const { stderr, stdout } = spawnSync('sh', ['-c', '"$0" "$1" book --json | head -c 1; "$0" "$1" --version >&-; true', process.execPath, launcher], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['{', '']);
  });
});
