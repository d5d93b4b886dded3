import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { appDirection, type Direction, directions, fits, isBackend, testLibraries, toolDirection } from './directions.ts';
import type { Workspace } from './workspace.ts';

export type Law = 'boundary' | 'declared' | 'direction' | 'entry' | 'sideways' | 'circle';

/** A broken law, and what would mend it. */
export type Breach = { readonly law: Law; readonly why: string; readonly mend: string };

/** Where an import stands and what it names. */
export type Place = {
  readonly workspace: Workspace;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** The importing file, relative to the repository's root. */
  readonly file: string;
  readonly specifier: string;
};

/** The row that speaks for a package; nothing when nobody has said yet where it stands. */
export function directionOf(workspace: Workspace): Direction | undefined {
  if (workspace.folder === 'tools') return toolDirection;
  if (workspace.folder.startsWith('apps/')) return appDirection;
  return directions.find((direction) => fits(direction.from, workspace.name));
}

export function isTest(file: string): boolean {
  return /\.(?:test|test-d)\.tsx?$/.test(file);
}

/** The law that one import breaks, the nearest first; nothing when it breaks none. */
export function breachOf(place: Place): Breach | undefined {
  const { specifier } = place;
  if (specifier.startsWith('.')) return boundary(place);
  if (specifier.startsWith('node:')) return undefined;
  const name = packageName(specifier);
  if (builtinModules.includes(name)) {
    return { law: 'declared', why: `${name} reads like a package and is a module of Node`, mend: `write 'node:${specifier}'` };
  }
  if (name === place.workspace.name) return ownName(place);
  const target = place.workspaces.get(name);
  const broken = target === undefined ? outside(place, name) : between(place, target);
  return broken ?? declared(place, name) ?? (target === undefined ? undefined : entry(place, target));
}

/** A relative import stays inside its package: what lies outside is not published with it. */
function boundary({ workspace, file, specifier }: Place): Breach | undefined {
  const target = posix.normalize(posix.join(posix.dirname(file), specifier));
  if (target === workspace.folder || target.startsWith(`${workspace.folder}/`)) return undefined;
  return {
    law: 'boundary',
    why: `a relative import must stay inside ${workspace.folder}`,
    mend: 'import the other package by its name, and declare it in package.json',
  };
}

/** Sources that import their own package by name go through its index, which imports them: a circle. Tests may, as users do. */
function ownName(place: Place): Breach | undefined {
  if (isTest(place.file)) return entry(place, place.workspace);
  return {
    law: 'circle',
    why: `a source of ${place.workspace.name} imports ${place.workspace.name}, whose index imports the source`,
    mend: 'import the file that has the name, by its relative path',
  };
}

function outside({ workspace, file }: Place, name: string): Breach | undefined {
  const direction = directionOf(workspace);
  if (isTest(file) || direction === undefined || direction.external) return undefined;
  return { law: 'direction', why: direction.law, mend: `write what ${name} is needed for, or move this file to a package that may use it` };
}

function between({ workspace, file }: Place, target: Workspace): Breach | undefined {
  if (isTest(file) && !(isBackend(workspace.name) && isBackend(target.name))) return undefined;
  return directionBreach(workspace, target);
}

/** The law that an arrow from one package to another breaks; nothing when it may be drawn. */
export function directionBreach(workspace: Workspace, target: Workspace): Breach | undefined {
  const direction = directionOf(workspace);
  if (direction === undefined) {
    return {
      law: 'direction',
      why: `nobody has said what ${workspace.name} may import`,
      mend: 'give it a row in tools/src/arrows/directions.ts',
    };
  }
  if (isBackend(workspace.name) && isBackend(target.name)) {
    return {
      law: 'sideways',
      why: 'backends know nothing of one another',
      mend: 'move what both need to @xcorr/compiler; compare results with the reference interpreter',
    };
  }
  if (direction.to.some((pattern) => fits(pattern, target.name))) return undefined;
  const allowed = direction.to.length === 0 ? 'none of our packages' : direction.to.join(', ');
  return {
    law: 'direction',
    why: direction.law,
    mend: `${workspace.name} may import ${allowed}: pass in what is needed, or move this file to where it may be imported`,
  };
}

/** Whatever is imported is declared, or it is missing for whoever installs the package. */
function declared({ workspace, file }: Place, name: string): Breach | undefined {
  if (workspace.production.has(name)) return undefined;
  if (!isTest(file)) {
    const why = workspace.development.has(name)
      ? `${name} is declared for tests only, in devDependencies`
      : `${name} is not declared in ${workspace.folder}/package.json`;
    return { law: 'declared', why, mend: `add ${name} to its dependencies or peerDependencies` };
  }
  if (workspace.development.has(name) || testLibraries.includes(name)) return undefined;
  return {
    law: 'declared',
    why: `${name} is not declared in ${workspace.folder}/package.json`,
    mend: `add ${name} to its devDependencies`,
  };
}

/** Only what a package exports can be imported once it is installed. */
function entry({ specifier }: Place, target: Workspace): Breach | undefined {
  const path = `.${specifier.slice(target.name.length)}`;
  if (target.entries.has(path)) return undefined;
  return {
    law: 'entry',
    why: `${target.name} exports ${[...target.entries].join(', ')}, not ${path}`,
    mend: 'import the name from an entry of the package, and export it there when it is missing',
  };
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
