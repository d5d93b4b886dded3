import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameAt, parseLockfile } from '../lockfile/lockfile.ts';
import { type Ran, npm } from './npm.ts';
import type { Tarball } from './tarball.ts';

/** What an installation has put on the disk. */
export type Installed = { readonly packages: readonly string[]; readonly bytes: number; readonly mapBytes: number };

/**
 * Makes a project that depends on some packages as they would be published. Whatever needs another package of
 * ours gets its tarball: a published version of the same number is never taken for it.
 */
export function writeProject(folder: string, tarballs: readonly Tarball[], wanted: readonly string[]): void {
  const specifiers = tarballs.map(({ name, path }): [string, string] => [name, `file:${path.replaceAll('\\', '/')}`]);
  const manifest = {
    name: 'consumer',
    version: '1.0.0',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(specifiers.filter(([name]) => wanted.includes(name))),
    overrides: Object.fromEntries(specifiers.map(([name, specifier]) => [name, wanted.includes(name) ? `$${name}` : specifier])),
  };
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
}

/** Installs what a project depends on. */
export function install(folder: string, ...options: readonly string[]): Ran {
  return npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...options);
}

/** Looks at what an installation has left. */
export function installed(folder: string): Installed {
  const modules = join(folder, 'node_modules');
  const places = [...parseLockfile(readFileSync(join(modules, '.package-lock.json'), 'utf8')).keys()];
  const files = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.package-lock.json')
    .map((entry) => ({ name: entry.name, bytes: statSync(join(entry.parentPath, entry.name)).size }));
  const total = (those: typeof files): number => those.reduce((sum, { bytes }) => sum + bytes, 0);
  return { packages: places.map(nameAt), bytes: total(files), mapBytes: total(files.filter(({ name }) => name.endsWith('.map'))) };
}
