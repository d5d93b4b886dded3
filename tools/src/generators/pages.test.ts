import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compilers } from '../declarations/compilers.ts';
import { repository } from '../repository.ts';
import { inTemporaryFolder } from '../temporary.ts';
import { copied } from './backend/model.ts';

// The pages on how to add to the repository name what is there, and show what it says.

function textOf(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}

test('the page on backends names the files that are laid out, all of them', () => {
  const named = Array.from(textOf('docs/adding-a-backend.md').matchAll(/`(src\/[\w/.-]+\.ts)`/g), ([, file = '']) => file);
  expect([...new Set(named)].sort()).toEqual(copied.filter((file) => file.startsWith('src/')).sort());
});

const backends = readdirSync(join(repository, 'packages')).filter((name) => name.startsWith('backend-')).sort();

/** Lines without their indentation. */
function flush(text: string): string {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').join('\n');
}

/** What a page shows of files: blocks whose first line names one. */
function excerptsOf(page: string): readonly (readonly [file: string, excerpt: string])[] {
  return Array.from(textOf(page).matchAll(/```ts\n\s*\/\/ ((?:packages|apps|tools)\/\S+)\n([\s\S]*?)```/g), ([, file = '', excerpt = '']) => [file, flush(excerpt)] as const);
}

test('the page on ops shows four of the files that it names', () => {
  expect(excerptsOf('docs/adding-an-op.md').map(([file]) => file)).toEqual([
    'packages/graph/src/primitives.ts',
    'packages/graph/src/interpreter/meaning.ts',
    'packages/graph/src/vjp.ts',
    'packages/compiler/src/lower/index-maps.ts',
  ]);
});

test.each(excerptsOf('docs/adding-an-op.md'))('what it shows of %s stands there', (file, excerpt) => {
  expect(flush(textOf(file))).toContain(excerpt);
});

/** A primitive of each sort and a factor of integers that no table knows: what is written, and in its place. */
const additions: readonly (readonly [file: string, written: string, instead: string])[] = [
  ['packages/graph/src/primitives.ts', "'floor'] as const", "'floor', 'anotherUnary'] as const"],
  ['packages/graph/src/primitives.ts', "'equal',\n] as const", "'equal', 'anotherBinary',\n] as const"],
  ['packages/graph/src/primitives.ts', '  readonly extend: {', '  readonly another: { readonly inputs: readonly [Tensor]; readonly attributes: Record<never, never> };\n  readonly extend: {'],
  ['packages/graph/src/integer-form.ts', 'export type Factor =', "export type Factor = { readonly kind: 'another'; readonly key: string } |"],
];

test('the page of conformance has columns of every backend, and of none that is gone', () => {
  const record: unknown = JSON.parse(textOf('docs/conformance.json'));
  const columns = typeof record === 'object' && record !== null ? Object.keys(record) : [];
  // What stands behind the colon is a mode of a backend.
  expect([...new Set(columns.map((name) => `backend-${name.replace(/:.*/, '')}`))].sort()).toEqual(backends);
});

/** Packages that a primitive touches, copied into a folder where they find one another. */
function copyPackages(folder: string): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@xcorr'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules'))) if (name !== '@xcorr' && name !== 'xcorr') symlinkSync(join(repository, 'node_modules', name), join(modules, name), 'junction');
  for (const file of ['tsconfig.base.json', 'tsconfig.tests.json']) cpSync(join(repository, file), join(folder, file));
  for (const name of ['graph', 'compiler', 'conformance', 'golden', ...backends]) {
    const target = join(folder, 'packages', name);
    cpSync(join(repository, 'packages', name), target, { recursive: true, filter: (path) => !/[\\/](?:dist|node_modules|recorded)$/.test(path) });
    symlinkSync(target, join(modules, '@xcorr', name), 'junction');
  }
}

/** The files in which the compiler finds errors. */
function mistaken(folder: string): readonly string[] {
  const settings = { extends: './tsconfig.tests.json', include: ['packages/*/src/**/*.ts', 'packages/*/testing/**/*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const { stdout } = spawnSync(process.execPath, [compilers().at(-1)?.path ?? '', '-p', '.', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const files = stdout.split('\n').flatMap((line) => /^(\S+?)\(\d+,\d+\): error/.exec(line.replaceAll('\\', '/'))?.[1] ?? []);
  return [...new Set(files)].sort();
}

test('the page on ops names every file that does not compile until an addition is complete', async () => {
  await inTemporaryFolder((folder) => {
    copyPackages(folder);
    const before = mistaken(folder);
    for (const [file, written, instead] of additions) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toContain(written);
      writeFileSync(join(folder, file), text.replace(written, instead));
    }
    const incomplete = mistaken(folder).filter((file) => !before.includes(file));
    expect(incomplete).toContain('packages/graph/src/interpreter/scalar.ts');
    expect(incomplete).toContain('packages/compiler/src/lower/index-maps.ts');
    for (const name of backends) for (const file of ['scalars', 'integers']) expect(incomplete).toContain(`packages/${name}/src/emit/${file}.ts`);
    const page = textOf('docs/adding-an-op.md');
    expect(incomplete.filter((file) => !page.includes(`\`${file}\``))).toEqual([]);
  });
});
