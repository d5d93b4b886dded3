import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { PictureError } from '../src/node/picture-error.ts';

/** An empty folder for each test of the file that calls this. */
export interface TemporaryFolder {
  readonly folder: () => string;
  readonly path: (name: string) => string;
  /** What the PictureError says with which this is rejected; the folder's name is left open. */
  readonly message: (promise: Promise<unknown>) => Promise<string>;
}

export function useTemporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xcorr-pictures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    path: (name) => join(folder, name),
    message: async (promise) => (await pictureError(promise)).replaceAll(folder, 'FOLDER'),
  };
}

export async function pictureError(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PictureError);
  return error instanceof Error ? error.message : '';
}
