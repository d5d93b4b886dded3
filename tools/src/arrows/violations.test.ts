import { Project } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { checkArrows, printViolation } from './violations.ts';

type Manifest = Readonly<Record<string, unknown>>;

/** A small repository in memory: package.json files by folder, sources by path. */
function check(manifests: Readonly<Record<string, Manifest>>, sources: Readonly<Record<string, string>>): readonly string[] {
  const project = new Project({ useInMemoryFileSystem: true });
  const files = project.getFileSystem();
  files.writeFileSync('/house/package.json', JSON.stringify({ workspaces: ['packages/*', 'apps/*', 'tools'] }));
  for (const [folder, manifest] of Object.entries(manifests)) {
    files.writeFileSync(`/house/${folder}/package.json`, JSON.stringify(manifest, null, 2));
  }
  for (const [path, text] of Object.entries(sources)) files.writeFileSync(`/house/${path}`, text);
  return checkArrows(project, '/house').violations.map(printViolation);
}

const graph = { name: '@xcorr/graph', exports: { '.': './dist/index.js', './package.json': './package.json' } };
const compiler = { name: '@xcorr/compiler', dependencies: { '@xcorr/graph': '^0.1.0' } };
const js = { name: '@xcorr/backend-js', dependencies: { '@xcorr/graph': '^0.1.0', '@xcorr/compiler': '^0.1.0' } };
const gpu = { name: '@xcorr/backend-gpu', dependencies: { '@xcorr/compiler': '^0.1.0' } };

const house = { 'packages/graph': graph, 'packages/compiler': compiler, 'packages/backend-js': js };

test('imports that follow the arrows pass', () => {
  expect(
    check(house, {
      'packages/graph/src/index.ts': "export * from './ops/add.ts';\nimport 'node:fs';\n",
      'packages/graph/src/ops/add.ts': "import type { Shape } from '../shape.ts';\n",
      'packages/compiler/src/index.ts': "import type { Tensor } from '@xcorr/graph';\n",
      'packages/backend-js/src/index.ts': "export { compile } from '@xcorr/compiler';\nimport('@xcorr/graph');\n",
      'packages/backend-js/src/index.test.ts': "import { test } from 'vitest';\nimport fc from 'fast-check';\nimport { js } from '@xcorr/backend-js';\n",
    }),
  ).toEqual([]);
});

test('a package that imports one above it', () => {
  expect(
    check({ ...house, 'packages/graph': { ...graph, devDependencies: {} } }, { 'packages/graph/src/a.ts': "\nimport { compile } from '@xcorr/compiler';\n" }),
  ).toEqual([
    [
      "packages/graph/src/a.ts:2 imports '@xcorr/compiler'",
      '  direction  graph depends on nothing',
      '  mend       @xcorr/graph may import none of our packages: pass in what is needed, or move this file to where it may be imported',
    ].join('\n'),
  ]);
});

describe('every way to write an import counts', () => {
  test.each([
    ['static', "import { js } from '@xcorr/backend-js';"],
    ['for its effects', "import '@xcorr/backend-js';"],
    ['of a type', "import type { Js } from '@xcorr/backend-js';"],
    ['dynamic', "const late = import('@xcorr/backend-js');"],
    ['dynamic, in a template', 'const late = import(`@xcorr/backend-js`);'],
    ['re-export of names', "export { js } from '@xcorr/backend-js';"],
    ['re-export of all', "export * from '@xcorr/backend-js';"],
    ['inside a type', "type Js = import('@xcorr/backend-js').Js;"],
  ])('%s', (_, line) => {
    expect(check(house, { 'packages/compiler/src/a.ts': line })).toEqual([
      expect.stringContaining("packages/compiler/src/a.ts:1 imports '@xcorr/backend-js'\n  direction  graph <- compiler <- backend-*"),
    ]);
  });
});

test('a dynamic import of a computed name cannot be known and is let pass', () => {
  expect(check(house, { 'packages/compiler/src/a.ts': 'export const load = (name: string) => import(name);' })).toEqual([]);
});

test('a backend that imports another, in a test too', () => {
  const both = { ...house, 'packages/backend-gpu': { ...gpu, devDependencies: { '@xcorr/backend-js': '^0.1.0' } } };
  const line = "import { js } from '@xcorr/backend-js';";
  expect(check(both, { 'packages/backend-gpu/src/a.ts': line, 'packages/backend-gpu/src/a.test.ts': line })).toEqual([
    expect.stringContaining("packages/backend-gpu/src/a.ts:1 imports '@xcorr/backend-js'\n  sideways   backends know nothing of one another"),
    expect.stringContaining('packages/backend-gpu/src/a.test.ts:1'),
  ]);
});

test('a relative import that leaves its package', () => {
  expect(check(house, { 'packages/compiler/src/a.ts': "export * from '../../graph/src/index.ts';" })).toEqual([
    [
      "packages/compiler/src/a.ts:1 imports '../../graph/src/index.ts'",
      '  boundary   a relative import must stay inside packages/compiler',
      '  mend       import the other package by its name, and declare it in package.json',
    ].join('\n'),
  ]);
});

test('a folder whose name only begins like the package is outside it', () => {
  expect(check(house, { 'packages/graph/src/a.ts': "import '../../graph-extras/b.ts';" })).toHaveLength(1);
});

describe('what is imported is declared', () => {
  test('a package of ours', () => {
    const undeclared = { ...house, 'packages/compiler': { name: '@xcorr/compiler' } };
    expect(check(undeclared, { 'packages/compiler/src/a.ts': "import '@xcorr/graph';" })).toEqual([
      [
        "packages/compiler/src/a.ts:1 imports '@xcorr/graph'",
        '  declared   @xcorr/graph is not declared in packages/compiler/package.json',
        '  mend       add @xcorr/graph to its dependencies or peerDependencies',
      ].join('\n'),
    ]);
  });

  test('a package from outside, by its name alone or by a path in it', () => {
    const image = { name: '@xcorr/image', peerDependencies: { sharp: '*' } };
    expect(check({ 'packages/image': image }, { 'packages/image/src/a.ts': "import 'sharp';\nimport 'sharp/lib';\nimport '@scope/a/b';" })).toEqual([
      expect.stringContaining('@scope/a is not declared in packages/image/package.json'),
    ]);
  });

  test('a source may not use what is declared for tests', () => {
    const image = { name: '@xcorr/image', devDependencies: { sharp: '*' } };
    const line = "import sharp from 'sharp';";
    expect(check({ 'packages/image': image }, { 'packages/image/src/a.ts': line, 'packages/image/src/a.test.ts': line })).toEqual([
      expect.stringContaining("packages/image/src/a.ts:1 imports 'sharp'\n  declared   sharp is declared for tests only"),
    ]);
  });

  test('a source may not use the libraries of tests', () => {
    expect(check(house, { 'packages/compiler/src/a.ts': "import fc from 'fast-check';" })).toHaveLength(1);
  });

  test('a test declares what it uses beside those', () => {
    expect(check(house, { 'packages/backend-js/src/a.test.ts': "import '@xcorr/conformance';" })).toEqual([
      expect.stringContaining('add @xcorr/conformance to its devDependencies'),
    ]);
  });

  test('a module of Node is written with its prefix', () => {
    expect(check(house, { 'packages/compiler/src/a.ts': "import 'fs/promises';" })).toEqual([
      expect.stringContaining("mend       write 'node:fs/promises'"),
    ]);
  });
});

test('a test may use a package above its own, once it is declared', () => {
  const nn = { name: '@xcorr/nn', dependencies: { '@xcorr/graph': '*' }, devDependencies: { '@xcorr/backend-js': '*' } };
  const line = "import { js } from '@xcorr/backend-js';";
  expect(check({ ...house, 'packages/nn': nn }, { 'packages/nn/src/a.test.ts': line })).toEqual([]);
  expect(check({ ...house, 'packages/nn': nn }, { 'packages/nn/src/a.ts': line })).toEqual([
    expect.stringContaining('direction  nn -> graph, compiler; the backend is passed in'),
  ]);
});

test('graph takes nothing from outside the repository', () => {
  const heavy = { ...house, 'packages/graph': { ...graph, dependencies: { lodash: '*' } } };
  expect(check(heavy, { 'packages/graph/src/a.ts': "import 'lodash';" })).toEqual([
    expect.stringContaining("packages/graph/src/a.ts:1 imports 'lodash'\n  direction  graph depends on nothing"),
    expect.stringContaining("packages/graph/package.json:8 declares 'lodash'\n  direction  graph depends on nothing"),
  ]);
});

test('an arrow that is declared and never used is drawn all the same', () => {
  const wrong = { ...house, 'packages/image': { name: '@xcorr/image', dependencies: { '@xcorr/compiler': '*' } } };
  expect(check(wrong, {})).toEqual([
    expect.stringContaining("packages/image/package.json:4 declares '@xcorr/compiler'\n  direction  image -> graph"),
  ]);
});

test('packages that need one another, in tests too, have no order to be built in', () => {
  const circle = { ...house, 'packages/compiler': { ...compiler, devDependencies: { '@xcorr/backend-js': '*' } } };
  expect(check(circle, {})).toEqual([
    expect.stringContaining('circle     @xcorr/backend-js -> @xcorr/compiler -> @xcorr/backend-js is a circle'),
    expect.stringContaining('circle     @xcorr/compiler -> @xcorr/backend-js -> @xcorr/compiler is a circle'),
  ]);
});

test('a source that imports its own package by name', () => {
  expect(check(house, { 'packages/graph/src/a.ts': "import { add } from '@xcorr/graph';" })).toEqual([
    expect.stringContaining('circle     a source of @xcorr/graph imports @xcorr/graph, whose index imports the source'),
  ]);
});

test('a path that the other package does not export', () => {
  expect(check(house, { 'packages/compiler/src/a.ts': "import '@xcorr/graph/src/ops/add.ts';" })).toEqual([
    expect.stringContaining('entry      @xcorr/graph exports ., ./package.json, not ./src/ops/add.ts'),
  ]);
});

test('a package without a row says what to do', () => {
  const stray = { ...house, 'packages/stray': { name: '@xcorr/stray', dependencies: { '@xcorr/graph': '*' } } };
  expect(check(stray, { 'packages/stray/src/a.ts': "import '@xcorr/graph';" })).toEqual([
    expect.stringContaining('mend       give it a row in tools/src/arrows/directions.ts'),
    expect.stringContaining('nobody has said what @xcorr/stray may import'),
  ]);
});

test('apps may import anything, and nothing imports an app or is used by the tools', () => {
  const cli = { name: '@xcorr/cli', dependencies: { '@xcorr/backend-js': '*' } };
  const tools = { name: '@xcorr/tools', dependencies: { '@xcorr/graph': '*' } };
  expect(check({ ...house, 'apps/cli': cli }, { 'apps/cli/src/main.ts': "import '@xcorr/backend-js';" })).toEqual([]);
  expect(check({ ...house, 'apps/cli': cli }, { 'packages/backend-js/src/a.ts': "import '@xcorr/cli';" })).toHaveLength(1);
  expect(check({ ...house, tools }, { 'tools/src/a.ts': "import '@xcorr/graph';" })).toEqual([
    expect.stringContaining('tools depend on no package of ours'),
    expect.stringContaining('tools/package.json:4'),
  ]);
});
