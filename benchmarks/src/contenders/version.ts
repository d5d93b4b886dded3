import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The version of an installed package, whether it exports its package.json or not. */
export function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return /"version":\s*"([^"]*)"/.exec(readFileSync(join(folder, name, 'package.json'), 'utf8'))?.[1] ?? 'unknown';
    } catch {
      // It may stand in a folder further up.
    }
  }
  return 'unknown';
}

/** The folder of an installed package. @throws where it is not installed. */
export function folderOf(name: string, file: string): string {
  return dirname(require.resolve(`${name}/${file}`));
}
