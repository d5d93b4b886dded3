import { join } from 'node:path';
import { isJsonObject, type JsonObject, objectsAt, stringAt } from '../json.ts';

/** What would be published of one package. */
export type Tarball = {
  readonly name: string;
  /** Where the file lies. */
  readonly path: string;
  /** The files inside, relative to the package. */
  readonly files: readonly string[];
};

/**
 * The tarballs that `npm pack --json` has written into a folder.
 *
 * @throws Error when the text is not what npm prints
 */
export function tarballsOf(json: string, folder: string): readonly Tarball[] {
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value)) throw new Error('npm pack --json: a list was expected');
  return value.filter(isJsonObject).map((each) => tarballOf(each, folder));
}

function tarballOf(packed: JsonObject, folder: string): Tarball {
  const name = stringAt(packed, 'name');
  const file = stringAt(packed, 'filename');
  if (name === undefined || file === undefined) throw new Error('npm pack --json: a tarball without a name or a file name');
  return { name, path: join(folder, file), files: objectsAt(packed, 'files').flatMap((each) => stringAt(each, 'path') ?? []) };
}

const unwanted: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a test', pattern: /\.(?:test|test-d|spec)\.|(?:^|\/)(?:testing|tests|__tests__|__golden__|__snapshots__|fixtures)\// },
  { what: "the compiler's notes on its last build", pattern: /\.tsbuildinfo$/ },
  { what: 'a source, and what is built of it is packed', pattern: /^src\// },
  { what: 'a map to a source that is not packed', pattern: /\.map$/ },
];

/** What a tarball holds that is of no use to those who install it. */
export function unwantedFiles({ name, files }: Tarball): readonly string[] {
  return unwanted.flatMap(({ what, pattern }) => files.filter((file) => pattern.test(file)).map((file) => `${name}: ${file} is ${what}; leave it out by "files" in package.json`));
}

/** The condition under which the packages of the repository find one another's sources before they are built; nobody outside sets it. */
const ownCondition = '@xcorr/source';

/** What a package promises to its users in its `exports` and `bin`, and does not hold. */
export function missingTargets({ name, files }: Tarball, manifest: JsonObject): readonly string[] {
  const held = new Set(files);
  return ['exports', 'bin'].flatMap((field) =>
    targetsOf(manifest[field])
      .filter((target) => !held.has(target.replace(/^\.\//, '')))
      .map((target) => `${name}: ${target} is named in "${field}" and is not packed`),
  );
}

/** Every path in a field of package.json, under whatever conditions users may set. */
function targetsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === ownCondition ? [] : targetsOf(each)));
}
