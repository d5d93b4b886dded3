import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A version of TypeScript that users may have. */
export type Compiler = { readonly version: string; readonly path: string };

/** The oldest that the declarations are written for, the last of each line, and the one that builds them. */
const versions = ['5.4', '5.9', '6.0', '7.0'];

/** The compilers as they are installed for the tools, each under an alias of its own. */
export function compilers(): readonly Compiler[] {
  const { resolve } = createRequire(import.meta.url);
  return versions.map((version) => ({ version, path: join(dirname(resolve(`typescript-${version}/package.json`)), 'bin/tsc') }));
}
