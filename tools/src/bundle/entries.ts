import { type JsonObject, isJsonObject } from '../json.ts';

/**
 * The entries of a package: from the file in dist, without `dist/` and `.js`, to its source. They are what `exports` names,
 * and for a package of commands `main`, which its commands load.
 *
 * @throws Error for an export whose code lies outside dist: it would not be bundled.
 */
export function entriesOf(manifest: JsonObject): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  const exported = manifest['exports'];
  for (const [name, targets] of Object.entries(isJsonObject(exported) ? exported : {})) {
    if (!isJsonObject(targets)) continue;
    const [source, code] = [targets['@xcorr/source'], targets['default']];
    if (typeof source !== 'string' || typeof code !== 'string') continue;
    const path = /^\.\/dist\/(.+)\.js$/.exec(code)?.[1];
    if (path === undefined) throw new Error(`${String(manifest['name'])}: the export ${name} is ${code}; give a file ./dist/NAME.js`);
    entries[path] = source;
  }
  if (manifest['bin'] !== undefined) entries['main'] = './src/main.ts';
  return entries;
}
