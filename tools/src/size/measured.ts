import { grouped, printTable } from '../table.ts';
import type { Bundle, Module } from './bundle.ts';

/** A bundle, and the bytes after gzip that it should not exceed. */
export type Measured = { readonly what: string; readonly goal: number; readonly bundle: Bundle };

const shownModules = 10;

/** A row a bundle, and under it one for each part of it that is loaded on demand: no goal counts these. */
export function printSizes(measured: readonly Measured[]): string {
  return printTable([
    ['in bytes', 'minified', 'gzip -9', 'goal'],
    ...measured.flatMap(({ what, goal, bundle: { minified, gzipped, onDemand } }) => [
      [what, grouped(minified), grouped(gzipped), grouped(goal)],
      ...onDemand.map((each) => [`  on demand: ${each.name}`, grouped(each.minified), grouped(each.gzipped), '']),
    ]),
  ]);
}

/** The modules to look at first, with their bytes before gzip. */
export function printModules({ what, bundle }: Measured): string {
  const rest = bundle.modules.slice(shownModules);
  const row = ({ path, bytes }: Module): readonly string[] => [`  ${path}`, grouped(bytes)];
  const remaining = rest.length === 0 ? [] : [row({ path: `${rest.length} smaller ones`, bytes: rest.reduce((total, { bytes }) => total + bytes, 0) })];
  return printTable([[what, 'minified'], ...bundle.modules.slice(0, shownModules).map(row), ...remaining]);
}

/** One line for each bundle over its goal, with how much it is over. */
export function excesses(measured: readonly Measured[]): readonly string[] {
  return measured
    .filter(({ goal, bundle }) => bundle.gzipped > goal)
    .map(({ what, goal, bundle }) => `${what}: ${grouped(bundle.gzipped)} bytes after gzip, ${grouped(bundle.gzipped - goal)} over the goal of ${grouped(goal)}`);
}
