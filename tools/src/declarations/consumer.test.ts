import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeConsumer } from './consumer.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'xcorr-consumer-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a consumer sees what packages declare, and none of their sources', () => {
  const source = join(folder, 'a');
  mkdirSync(join(source, 'dist/inside'), { recursive: true });
  mkdirSync(join(source, 'src'));
  for (const file of ['package.json', 'src/index.ts', 'dist/index.js', 'dist/index.d.ts', 'dist/index.d.ts.map', 'dist/inside/a.d.ts']) writeFileSync(join(source, file), '');
  const consumer = join(folder, 'consumer');
  writeConsumer(consumer, new Map([['@xcorr/a', source]]), [{ file: 'program.ts', text: '' }]);
  expect(readdirSync(join(consumer, 'node_modules/@xcorr/a'), { recursive: true }).map(String).sort()).toEqual(
    ['dist', join('dist', 'index.d.ts'), join('dist', 'inside'), join('dist', 'inside', 'a.d.ts'), 'package.json'],
  );
  expect(readdirSync(consumer).sort()).toEqual(['node_modules', 'package.json', 'program.ts', 'surroundings.d.ts']);
});

test('a package that is not built is named', () => {
  expect(() => writeConsumer(folder, new Map([['@xcorr/a', join(folder, 'nowhere')]]), [])).toThrow('@xcorr/a is not built: run npm run build');
});
