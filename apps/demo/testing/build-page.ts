import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

/** Builds the page as `npm run build` does, into a folder of this run alone: what is tested is what there is now. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'xcorr-page-'));
  const root = join(import.meta.dirname, '..');
  await build({ root, configFile: join(root, 'vite.config.ts'), mode: 'production', logLevel: 'warn', build: { outDir: folder, emptyOutDir: true } });
  project.provide('demoFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
