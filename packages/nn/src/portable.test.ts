import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

// @xcorr/nn runs in browsers and workers: all but the folder node/ must do without Node. The compiler sees to its names
// (the build of these files knows none of Node's); this sees to its modules.

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file) && !file.startsWith('node/'));

test('there are files to look at', () => {
  expect(files).toEqual(expect.arrayContaining(['index.ts', 'training/fit.ts', 'formats/zip.ts']));
});

test.each(files)('%s imports nothing of Node and nothing that needs it', (file) => {
  const source = readFileSync(join(import.meta.dirname, file), 'utf8');
  const imported = Array.from(source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g), ([, specifier = '']) => specifier);
  expect(imported.filter((specifier) => !(['@xcorr/graph', '@xcorr/graph/text', '@xcorr/compiler'].includes(specifier) || (specifier.startsWith('.') && !specifier.includes('node/'))))).toEqual([]);
});
