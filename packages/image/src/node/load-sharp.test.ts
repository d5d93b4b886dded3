import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureError } from '../../testing/folder.ts';
import { loadSharp } from './load-sharp.ts';

function failing(message: string, code?: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(message), code === undefined ? {} : { code }));
}

test('it is sharp', async () => {
  expect(await loadSharp()).toBe(sharp);
});

test('where it is not installed, the message says how to install it', async () => {
  expect(await pictureError(loadSharp(failing("Cannot find package 'sharp'", 'ERR_MODULE_NOT_FOUND')))).toBe(
    'pictures are decoded and encoded by sharp, which is not installed\n  npm install sharp',
  );
});

test('where it is installed for another platform, too', async () => {
  expect(await pictureError(loadSharp(failing('Could not load the "sharp" module using the linux-x64 runtime\nPossible solutions: ...')))).toBe(
    'pictures are decoded and encoded by sharp, which does not load here: Could not load the "sharp" module using the linux-x64 runtime\n  reinstall it on this platform: npm install sharp',
  );
});

test('Node says of a package that is missing what is listened for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-nothing-'));
  try {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', "import('sharp').catch((error) => console.log(error.code))"], { cwd: folder, encoding: 'utf8' });
    expect(stdout.trim()).toBe('ERR_MODULE_NOT_FOUND');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
