import { isJsonObject, type JsonObject, objectAt, parseObject, stringAt, stringsAt } from '../json.ts';

/** The little of a file system that the check needs: a real one or one in memory. */
export type Files = {
  readonly readFileSync: (path: string) => string;
  readonly globSync: (patterns: readonly string[]) => string[];
};

export type DependencyKind = 'dependencies' | 'peerDependencies' | 'optionalDependencies' | 'devDependencies';

const productionKinds = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const satisfies readonly DependencyKind[];
const kinds = [...productionKinds, 'devDependencies'] as const satisfies readonly DependencyKind[];

/** One package of the repository, as its package.json declares it. */
export type Workspace = {
  readonly name: string;
  /** Relative to the repository's root: `packages/graph`. */
  readonly folder: string;
  readonly manifestText: string;
  /** What its sources may import. */
  readonly production: ReadonlySet<string>;
  /** What only its tests may import. */
  readonly development: ReadonlySet<string>;
  /** Its entries: `.`, `./node`. */
  readonly entries: ReadonlySet<string>;
};

/** Every package that the root's `workspaces` name, ordered by folder. */
export function readWorkspaces(files: Files, root: string): readonly Workspace[] {
  const manifest = parseObject(files.readFileSync(`${root}/package.json`), 'package.json');
  const patterns = stringsAt(manifest, 'workspaces').map((pattern) => `${root}/${pattern}/package.json`);
  return files
    .globSync(patterns)
    .map((path) => readWorkspace(files, root, path))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function readWorkspace(files: Files, root: string, path: string): Workspace {
  const folder = path.slice(root.length + 1, -'/package.json'.length);
  const manifestText = files.readFileSync(path);
  const manifest = parseObject(manifestText, `${folder}/package.json`);
  const name = stringAt(manifest, 'name');
  if (name === undefined) throw new Error(`${folder}/package.json: a package needs a name`);
  return {
    name,
    folder,
    manifestText,
    production: new Set(productionKinds.flatMap((kind) => Object.keys(objectAt(manifest, kind)))),
    development: new Set(Object.keys(objectAt(manifest, 'devDependencies'))),
    entries: entriesOf(manifest),
  };
}

function entriesOf(manifest: JsonObject): ReadonlySet<string> {
  const declared = manifest['exports'];
  if (!isJsonObject(declared)) return new Set(['.']);
  const keys = Object.keys(declared);
  // `exports` may be one entry's conditions alone, with no path among its keys.
  return new Set(keys.some((key) => key.startsWith('.')) ? keys : ['.']);
}

/** The line of package.json on which a dependency is declared. */
export function declarationLine(workspace: Workspace, dependency: string): number {
  const lines = workspace.manifestText.split('\n');
  const start = lines.findIndex((line) => kinds.some((kind) => line.includes(`"${kind}"`)));
  const line = lines.findIndex((text, index) => index >= start && text.includes(`"${dependency}"`));
  return line + 1;
}
