import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingTargets, tarballsOf, unwantedFiles } from './tarball.ts';

const graph = { name: '@xcorr/graph', path: '/t/graph.tgz', files: ['package.json', 'dist/index.js', 'dist/index.d.ts'] };

test("npm's report is read", () => {
  const report = JSON.stringify([{ name: '@xcorr/graph', filename: 'graph.tgz', files: [{ path: 'package.json', size: 1 }] }]);
  expect(tarballsOf(report, '/t')).toEqual([{ name: '@xcorr/graph', path: join('/t', 'graph.tgz'), files: ['package.json'] }]);
  expect(() => tarballsOf('{}', '/t')).toThrow('npm pack --json: a list was expected');
});

test('tests, sources, maps to them and the notes of builds are of no use to those who install', () => {
  expect(unwantedFiles(graph)).toEqual([]);
  const files = ['dist/a.test.js', 'dist/a.test-d.ts', 'testing/a.ts', 'dist/__golden__/a.txt', 'dist/tsconfig.tsbuildinfo', 'src/index.ts', 'dist/a.js.map', 'dist/testimony.js', 'dist/src/a.js'];
  expect(unwantedFiles({ ...graph, files }).map((text) => text.split(' ')[1])).toEqual(files.slice(0, 7));
});

test('what exports and bin name is there, under every condition but the one of this repository', () => {
  const manifest = {
    exports: { '.': { '@xcorr/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    bin: { graph: 'bin/graph.js' },
  };
  expect(missingTargets(graph, manifest)).toEqual(['@xcorr/graph: bin/graph.js is named in "bin" and is not packed']);
  expect(missingTargets({ ...graph, files: ['dist/index.js', 'package.json', 'bin/graph.js'] }, manifest)).toEqual([
    '@xcorr/graph: ./dist/index.d.ts is named in "exports" and is not packed',
  ]);
});
