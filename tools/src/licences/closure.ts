import { testLibraries } from '../arrows/directions.ts';
import { stringAt } from '../json.ts';
import { dependencyNames, type Lockfile, placeOf } from '../lockfile/lockfile.ts';

/**
 * Every place that is installed for whoever uses a package of the repository, with the
 * places on the way to it. Optional peers count where they are installed: users are told
 * to take them. The runner of their own tests is theirs: nothing of it reaches what they ship.
 */
export function productionClosure(lockfile: Lockfile): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const waiting = workspacePlaces(lockfile).map((place): readonly string[] => [place]);
  // `waiting` grows as it is walked: a breadth-first search, so each way is a shortest one.
  for (const way of waiting) {
    const place = way.at(-1);
    if (place === undefined || ways.has(place)) continue;
    ways.set(place, way);
    for (const next of neighbours(lockfile, place)) waiting.push([...way, next]);
  }
  return ways;
}

/** Folders of the repository: npm keys them by path and links them from node_modules. */
export function workspacePlaces(lockfile: Lockfile): readonly string[] {
  return [...lockfile.keys()].filter((place) => place !== '' && !place.includes('node_modules/'));
}

function neighbours(lockfile: Lockfile, place: string): readonly string[] {
  const entry = lockfile.get(place);
  if (entry === undefined) return [];
  const peers = dependencyNames(entry, 'peerDependencies').filter((name) => !testLibraries.includes(name));
  return [...['dependencies', 'optionalDependencies'].flatMap((kind) => dependencyNames(entry, kind)), ...peers]
    .flatMap((name) => {
      const found = placeOf(lockfile, place, name);
      return found === undefined ? [] : [linked(lockfile, found)];
    });
}

/** Where a link leads; the place itself when it is none. */
function linked(lockfile: Lockfile, place: string): string {
  const entry = lockfile.get(place);
  const target = entry?.['link'] === true ? stringAt(entry, 'resolved') : undefined;
  return target ?? place;
}
