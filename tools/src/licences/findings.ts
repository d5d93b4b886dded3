import { stringAt } from '../json.ts';
import { type Lockfile, nameAt } from '../lockfile/lockfile.ts';
import { productionClosure } from './closure.ts';
import { isPermitted, permittedLicences } from './permitted.ts';

/** A package whose licence asks for more than the project may pass on to its users. */
export type Finding = { readonly name: string; readonly licence: string | undefined; readonly way: readonly string[] };

export function licenceFindings(lockfile: Lockfile): readonly Finding[] {
  return [...productionClosure(lockfile)].flatMap(([place, way]) => {
    const licence = stringAt(lockfile.get(place) ?? {}, 'license');
    if (licence !== undefined && isPermitted(place, licence)) return [];
    return [{ name: nameAt(place), licence, way: way.map(nameAt) }];
  });
}

export function printFinding({ name, licence, way }: Finding): string {
  return [
    `${name}: ${licence === undefined ? 'no licence is stated' : `licence ${licence}`}`,
    `  reached by  ${way.join(' -> ')}`,
    `  law         what users install stands under ${permittedLicences}`,
    '  mend        take another package, or write an exception with its reason in tools/src/licences/permitted.ts',
  ].join('\n');
}
