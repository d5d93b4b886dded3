import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { entriesOf } from './bundle/entries.ts';
import { parseObject } from './json.ts';
import { repository } from './repository.ts';

// Behind tsc, which checks types and writes declarations: what is published is a file an entry, and files for what entries
// share, since a process that starts opens and links every file of a package.
const rooms = [...readdirSync(join(repository, 'packages')).map((name) => join('packages', name)), 'apps/cli'];

for (const room of rooms) {
  const folder = join(repository, room);
  if (!existsSync(join(folder, 'package.json'))) continue;
  const entries = entriesOf(parseObject(readFileSync(join(folder, 'package.json'), 'utf8'), `${room}/package.json`));
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    packages: 'external',
    // Names stay: a stack trace is to be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const written = new Set(Object.keys(metafile.outputs).map((path) => join(folder, path)));
  for (const file of readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, 'dist', file);
    if (file.endsWith('.js') && !written.has(path)) rmSync(path);
  }
}
