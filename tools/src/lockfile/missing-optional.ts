import { dependencyNames, type Lockfile, nameAt, placeOf } from './lockfile.ts';

/** An optional dependency that the lockfile promises and does not have. */
export type Missing = { readonly name: string; readonly wantedBy: string };

/**
 * The optional dependencies that have no entry. npm leaves one out when it could not be
 * fetched while the lockfile was written, a package for another platform mostly; `npm ci`
 * then fails for everybody, because the lockfile and the manifests disagree.
 */
export function missingOptional(lockfile: Lockfile): readonly Missing[] {
  return [...lockfile].flatMap(([place, entry]) =>
    dependencyNames(entry, 'optionalDependencies')
      .filter((name) => placeOf(lockfile, place, name) === undefined)
      .map((name) => ({ name, wantedBy: place === '' ? 'the root package.json' : nameAt(place) })),
  );
}

export function printMissing({ name, wantedBy }: Missing): string {
  return [
    `package-lock.json: ${name} has no entry`,
    `  wanted by  ${wantedBy}, in its optionalDependencies`,
    '  law        every optional dependency has an entry, or npm ci refuses the lockfile',
    `  mend       run npm install again where the registry has ${name}; when it has none, pin ${wantedBy} to a version that is complete`,
  ].join('\n');
}
