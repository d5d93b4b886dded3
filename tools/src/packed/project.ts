import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { nameAt, parseLockfile } from '../lockfile/lockfile.ts';
import { stepsIn } from './install-steps.ts';
import { type Ran, npm } from './npm.ts';
import type { Tarball } from './tarball.ts';

/** A package as an installation has put it on the disk, without those inside it. */
export type InstalledPackage = {
  readonly name: string;
  readonly bytes: number;
  /** What npm runs when it is installed, if it is allowed to. */
  readonly steps: readonly string[];
};

/** What an installation has put on the disk. */
export type Installed = { readonly packages: readonly InstalledPackage[]; readonly bytes: number };

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

/** Installs what a project depends on. Scripts are looked at afterwards, and not run before that. */
export function install(folder: string, ...options: readonly string[]): Ran {
  return npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...options);
}

/** Looks at what an installation has left. */
export function installed(folder: string): Installed {
  const modules = join(folder, 'node_modules');
  const places = [...parseLockfile(readFileSync(join(modules, '.package-lock.json'), 'utf8')).keys()];
  const packages = places.map((place) => ({ name: nameAt(place), bytes: bytesIn(join(folder, place)), steps: stepsIn(join(folder, place)) }));
  return { packages, bytes: packages.reduce((total, { bytes }) => total + bytes, 0) };
}

/** The bytes of a package's files; packages inside it are counted as their own. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !`${entry.parentPath.slice(folder.length)}${sep}`.includes(`${sep}node_modules${sep}`))
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}
