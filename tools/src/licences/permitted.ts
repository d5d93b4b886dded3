import { nameAt } from '../lockfile/lockfile.ts';

/** Licences that ask for no more than to be named. */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** A licence that is permitted to some packages alone, and why. */
type Exception = { readonly packages: RegExp; readonly licence: string; readonly reason: string };

export const exceptions: readonly Exception[] = [
  {
    // Windows and WebAssembly carry libvips inside; elsewhere it is a package beside.
    packages: /^@img\/sharp-(?:libvips-.+|win32-.+|wasm32)$/,
    licence: 'LGPL-3.0-or-later',
    reason: 'libvips, which sharp loads as a library that can be exchanged, and only where pictures are read from files',
  },
];

/** Whether a package may stand under an SPDX expression: every part of an AND, one part of an OR. */
export function isPermitted(place: string, expression: string): boolean {
  const name = nameAt(place);
  const parts = expression.replaceAll(/[()]/g, '').split(' OR ');
  return parts.some((part) => part.split(' AND ').every((licence) => isPermittedAlone(name, licence.trim())));
}

function isPermittedAlone(name: string, licence: string): boolean {
  return permissive.has(licence) || exceptions.some((each) => each.licence === licence && each.packages.test(name));
}

export const permittedLicences: string = [...permissive].join(', ');
