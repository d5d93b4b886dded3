import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, objectAt, parseObject, stringAt } from '../json.ts';

const scriptNames = ['preinstall', 'install', 'postinstall'];

/**
 * What npm runs when a package is installed: its scripts, and, where it has none of them and a binding.gyp, node-gyp,
 * which compiles.
 */
export function stepsOf(manifest: JsonObject, hasGypFile: boolean): readonly string[] {
  const scripts = objectAt(manifest, 'scripts');
  const declared = scriptNames.flatMap((name) => {
    const command = stringAt(scripts, name);
    return command === undefined ? [] : [`${name}: ${command}`];
  });
  const isBuilt = hasGypFile && manifest['gypfile'] !== false && !declared.some((each) => !each.startsWith('postinstall'));
  return [...declared, ...(isBuilt ? ['install: node-gyp rebuild'] : [])];
}

/** What npm runs for the package in a folder. */
export function stepsIn(folder: string): readonly string[] {
  const manifest = parseObject(readFileSync(join(folder, 'package.json'), 'utf8'), join(folder, 'package.json'));
  return stepsOf(manifest, existsSync(join(folder, 'binding.gyp')));
}
