import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { entriesOf } from './bundle/entries.ts';
import { parseObject } from './json.ts';
import { repository } from './repository.ts';

// Behind tsc, which checks types and writes declarations alone: what is published is a file an entry, and files for what
// entries share, since a process that starts opens and links every file of a package. Arguments: folders; default: all.
const all = [...readdirSync(join(repository, 'packages')).map((name) => join('packages', name)), 'apps/cli'].map((room) => join(repository, room));
const named = process.argv.slice(2).map((folder) => resolve(folder));

for (const folder of named.length > 0 ? named : all) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) continue;
  const entries = entriesOf(parseObject(readFileSync(manifest, 'utf8'), manifest));
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
