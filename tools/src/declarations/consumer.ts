import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '../consumer/example.ts';

/** The ways to find a package's declarations that its users choose between. */
export type Resolution = 'nodenext' | 'bundler';

export const resolutions: readonly Resolution[] = ['nodenext', 'bundler'];

const modules: Readonly<Record<Resolution, string>> = { nodenext: 'nodenext', bundler: 'esnext' };

/** Neither a browser nor Node: declarations that need either do not compile. Programs may print, so that much is there. */
const surroundings = 'declare const console: { log(...values: readonly unknown[]): void };\n';

/** All that a careful user switches on; what the packages declare is checked too. */
const strictest = {
  target: 'es2022',
  lib: ['es2023'],
  types: [],
  noEmit: true,
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  isolatedModules: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
};

/** The settings of a consumer, as the text of a tsconfig.json. */
export function settings(resolution: Resolution, files: readonly string[]): string {
  return JSON.stringify({ compilerOptions: { ...strictest, module: modules[resolution], moduleResolution: resolution }, files: ['surroundings.d.ts', ...files] }, null, 2);
}

/**
 * Writes a project that uses the packages as they are published: what they declare and no source. Outside the
 * repository, so that nothing but the packages can be found.
 *
 * @param folder  an empty folder
 * @param packages  the folders of the built packages, by their names
 * @throws Error when a package is not built
 */
export function writeConsumer(folder: string, packages: ReadonlyMap<string, string>, programs: readonly Example[]): void {
  for (const [name, source] of packages) {
    if (!existsSync(join(source, 'dist'))) throw new Error(`${name} is not built: run npm run build`);
    const target = join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    cpSync(join(source, 'package.json'), join(target, 'package.json'));
    cpSync(join(source, 'dist'), join(target, 'dist'), { recursive: true, filter: (path) => !/\.(?:js|map|tsbuildinfo)$/.test(path) });
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  writeFileSync(join(folder, 'surroundings.d.ts'), surroundings);
  for (const { file, text } of programs) writeFileSync(join(folder, file), text);
}
