import { isJsonObject, type JsonObject, objectAt, parseObject } from '../json.ts';

/** The entries of a package-lock.json, keyed by where npm puts each package: `node_modules/a/node_modules/b`. */
export type Lockfile = ReadonlyMap<string, JsonObject>;

/** @throws Error when the text is no lockfile of version 2 or later */
export function parseLockfile(text: string): Lockfile {
  const packages = parseObject(text, 'package-lock.json')['packages'];
  if (!isJsonObject(packages)) {
    throw new Error('package-lock.json: there is no "packages" in it; write it anew with npm 7 or later');
  }
  return new Map(Object.entries(packages).filter((pair): pair is [string, JsonObject] => isJsonObject(pair[1])));
}

/** The place of a package as another sees it: in its own node_modules, or in that of a folder around it. */
export function placeOf(lockfile: Lockfile, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = around(folder)) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lockfile.has(place)) return place;
    if (folder === '') return undefined;
  }
}

function around(folder: string): string {
  return folder.slice(0, Math.max(folder.lastIndexOf('/'), 0));
}

/** The name of the package at a place; the place itself for a folder of the repository. */
export function nameAt(place: string): string {
  const marker = 'node_modules/';
  const start = place.lastIndexOf(marker);
  return start === -1 ? place : place.slice(start + marker.length);
}

/** The names in one of an entry's lists of dependencies. */
export function dependencyNames(entry: JsonObject, kind: string): readonly string[] {
  return Object.keys(objectAt(entry, kind));
}
