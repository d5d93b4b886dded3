import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { Node, Project, type SourceFile } from 'ts-morph';
import { describe, expect, test, vi } from 'vitest';
import { compilers } from '../../declarations/compilers.ts';
import { isJsonObject } from '../../json.ts';
import { repository } from '../../repository.ts';
import { inTemporaryFolder } from '../../temporary.ts';
import type { Tree } from '../tree.ts';
import { backend } from './backend.ts';
import { copied, left, model, modelFolder, written } from './model.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The repository's files, with what was written over them; the disk stays as it is. */
function treeOver(changed: ReadonlyMap<string, string | null> = new Map()): Tree & { readonly wrote: ReadonlyMap<string, string> } {
  const wrote = new Map<string, string>();
  return {
    wrote,
    read: (path) => {
      const known = wrote.get(path) ?? changed.get(path);
      if (known !== undefined) return known;
      return existsSync(join(repository, path)) ? readFileSync(join(repository, path), 'utf8') : null;
    },
    write: (path, content) => void wrote.set(path, content),
    exists: (path) => existsSync(join(repository, path)),
  };
}

function laidOut(name: string): ReadonlyMap<string, string> {
  const tree = treeOver();
  backend(tree, { name });
  return tree.wrote;
}

describe('what is no name is refused, and nothing is written', () => {
  const law = '\n  law   lower-case letters and digits, a letter first, words joined by -, 40 characters at most\n  mend  npx nx g @xcorr/tools:backend ';
  const called = '\n  law   the function that makes a backend has its name, which is no word of the language and means nothing else in its sources\n  mend  npx nx g @xcorr/tools:backend ';
  const there = '\n  law   a package is laid out once, and nothing is overwritten\n  mend  choose another name, or remove that folder first';
  test.each([
    [undefined, `the new backend has no name${law}NAME`],
    ['', `"" is no name of a backend${law}NAME`],
    [7, `7 is no name of a backend${law}NAME`],
    ['Web GPU', `"Web GPU" is no name of a backend${law}web-gpu`],
    ['@xcorr/backend-web_gpu', `"@xcorr/backend-web_gpu" is no name of a backend${law}web-gpu`],
    ['../x', `"../x" is no name of a backend${law}x`],
    ['a/../../x', `"a/../../x" is no name of a backend${law}x`],
    ['gpu-', `"gpu-" is no name of a backend${law}gpu`],
    ['2gpu', `"2gpu" is no name of a backend${law}gpu`],
    ['gpu\n', `"gpu\\n" is no name of a backend${law}gpu`],
    ['日本', `"日本" is no name of a backend${law}NAME`],
    ['x'.repeat(41), `"${'x'.repeat(41)}" is no name of a backend${law}${'x'.repeat(40)}`],
    ['js', `packages/backend-js is there already${there}`],
    [model, `${modelFolder} is there already${there}`],
    ['delete', `no function of a backend can be called delete${called}my-delete`],
    ['await', `no function of a backend can be called await${called}my-await`],
    ['undefined', `no function of a backend can be called undefined${called}my-undefined`],
    ['emit-program', `no function of a backend can be called emitProgram${called}my-emit-program`],
  ])('%j', (name, message) => {
    const tree = treeOver();
    expect(() => backend(tree, { name })).toThrow(new Error(`backend: ${message}`));
    expect([...tree.wrote]).toEqual([]);
  });
});

describe('a repository that lacks what is laid out anew', () => {
  test.each([
    [`${modelFolder}/src/load.ts`, null, `backend: ${modelFolder}/src/load.ts is not there\n  new backends start with it: restore it, or leave it out of tools/src/generators/backend/model.ts`],
    ['tsconfig.json', '{}', `backend: tsconfig.json has no reference { "path": "${modelFolder}/tsconfig.build.json" }\n  the new package is named behind it: write it as above`],
  ])('%s', (path, text, message) => {
    const tree = treeOver(new Map([[path, text]]));
    expect(() => backend(tree, { name: 'demo' })).toThrow(new Error(message));
    expect([...tree.wrote]).toEqual([]);
  });
});

test('every file of the model is copied, written anew, or left for a reason', () => {
  const files = readdirSync(join(repository, modelFolder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tsbuildinfo'))
    .map((entry) => join(entry.parentPath, entry.name).slice(join(repository, modelFolder).length + 1).replaceAll('\\', '/'))
    .filter((file) => !/^(?:dist|node_modules)\//.test(file));
  expect(files.sort()).toEqual([...copied, ...written, ...Object.keys(left)].sort());
});

test('the package and its function have the name; the model is not mentioned, but where tsconfig.json lists it', () => {
  const files = laidOut('web-gpu');
  const manifest: unknown = JSON.parse(files.get('packages/backend-web-gpu/package.json') ?? '');
  expect(manifest).toMatchObject({ name: '@xcorr/backend-web-gpu', version: '0.0.0', description: 'Runs xcorr programs on web-gpu.', license: 'MIT' });
  expect(files.get('packages/backend-web-gpu/src/index.ts')).toContain("export function webGpu(): Backend<'sync'> {\n  return {\n    name: 'web-gpu',");
  const others = [...files].filter(([path]) => path !== 'tsconfig.json');
  expect(others.filter(([path, text]) => !path.startsWith('packages/backend-web-gpu/') || text.includes(model))).toEqual([]);
  const root: unknown = JSON.parse(files.get('tsconfig.json') ?? '');
  const before: unknown = JSON.parse(readFileSync(join(repository, 'tsconfig.json'), 'utf8'));
  const references = (value: unknown): readonly unknown[] => (isJsonObject(value) && Array.isArray(value['references']) ? value['references'] : []);
  expect(references(root).toSpliced(references(before).findIndex((each) => JSON.stringify(each).includes(modelFolder)) + 1, 1)).toEqual(references(before));
  expect(references(root)).toContainEqual({ path: 'packages/backend-web-gpu/tsconfig.build.json' });
});

/** A repository in which the packages are the real ones, and a new one is laid out. */
function writeRepository(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(join(folder, 'packages'));
  for (const file of ['package.json', 'tsconfig.base.json', 'tsconfig.tests.json']) writeFileSync(join(folder, file), readFileSync(join(repository, file)));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of readdirSync(join(repository, 'packages'))) symlinkSync(join(repository, 'packages', name), join(folder, 'packages', name), 'junction');
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The files of the new package in which the compiler finds errors. */
function mistaken(folder: string): readonly string[] {
  const compiler = compilers().at(-1)?.path ?? '';
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', 'packages/backend-demo/tsconfig.test.json', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
  const files = stdout.split('\n').flatMap((line) => /^packages\/backend-demo\/(.*?)\(\d+,\d+\): error/.exec(line.replaceAll('\\', '/'))?.[1] ?? []);
  return [...new Set(files)].sort();
}

/** Each entry of the tables at the top of a source, with the source that lacks it. */
function* withoutEntry(file: string, text: string): Generator<readonly [entry: string, text: string]> {
  const parsed = (): SourceFile => new Project({ useInMemoryFileSystem: true }).createSourceFile(file, text);
  for (const table of parsed().getVariableDeclarations()) {
    const entries = table.getInitializer();
    if (!Node.isObjectLiteralExpression(entries)) continue;
    for (const [position, entry] of entries.getProperties().entries()) {
      if (!Node.isPropertyAssignment(entry)) continue;
      const source = parsed();
      const found = source.getVariableDeclarationOrThrow(table.getName()).getInitializerOrThrow();
      if (Node.isObjectLiteralExpression(found)) found.getProperties()[position]?.remove();
      yield [`${table.getName()}.${entry.getName()}`, source.getFullText()];
    }
  }
}

test('it compiles, a table that lacks an entry does not, and a first program runs', async () => {
  await inTemporaryFolder(async (folder) => {
    const files = laidOut('demo');
    writeRepository(folder, files);
    expect(mistaken(folder)).toEqual([]);

    const first = join(folder, 'packages/backend-demo/first.ts');
    writeFileSync(
      first,
      `import { compile } from '@xcorr/compiler';
       import { input, square } from '@xcorr/graph';
       import { demo } from './src/index.ts';
       const x = input('x', [2]);
       const program = compile({ inputs: { x }, outputs: { y: square(x) } }, demo());
       process.stdout.write(JSON.stringify([program.ranOn, program.run({ x: [2, 3] }).y.toNested()]));`,
    );
    const program = join(folder, 'first.mjs');
    await build({ entryPoints: [first], outfile: program, bundle: true, platform: 'node', format: 'esm', conditions: ['@xcorr/source'], logLevel: 'silent' });
    expect(spawnSync(process.execPath, [program], { encoding: 'utf8' }).stdout).toBe('["demo",[4,9]]');

    const lacking = new Map<string, string>();
    for (const [path, text] of files)
      if (/\/src\/emit\/[\w-]+\.ts$/.test(path)) for (const [entry, without] of withoutEntry(path, text)) lacking.set(`src/emit/without-${entry}.ts`, without);
    const entries = ['unary.neg', 'unary.floor', 'binary.add', 'binary.equal', 'factors.reflected', 'conditions.inside', 'expressions.guard', 'statements.loop', 'statements.let', 'statements.accumulator', 'statements.accumulate', 'statements.store'];
    expect([...lacking.keys()]).toEqual(expect.arrayContaining(entries.map((entry) => `src/emit/without-${entry}.ts`)));
    for (const [path, text] of lacking) writeFileSync(join(folder, 'packages/backend-demo', path), text);
    expect(mistaken(folder)).toEqual([...lacking.keys()].sort());
  });
});
