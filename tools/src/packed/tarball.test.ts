import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingTargets, tarballsOf, unwantedFiles } from './tarball.ts';

const graph = { name: '@xcorr/graph', path: '/t/graph.tgz', files: ['package.json', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts'] };

test("npm's report is read", () => {
  const report = JSON.stringify([{ name: '@xcorr/graph', filename: 'graph.tgz', files: [{ path: 'package.json', size: 1 }] }]);
  expect(tarballsOf(report, '/t')).toEqual([{ name: '@xcorr/graph', path: join('/t', 'graph.tgz'), files: ['package.json'] }]);
  expect(() => tarballsOf('{}', '/t')).toThrow('npm pack --json: a list was expected');
});

test('tests and the notes of builds are of no use to those who install', () => {
  expect(unwantedFiles(graph)).toEqual([]);
  const files = ['src/a.test.ts', 'src/a.test-d.ts', 'testing/a.ts', 'src/__golden__/a.txt', 'dist/tsconfig.tsbuildinfo', 'src/testimony.ts', 'src/test.ts'];
  expect(unwantedFiles({ ...graph, files }).map((text) => text.split(' ')[1])).toEqual(files.slice(0, 5));
});

test('what exports and bin name is there, under every condition', () => {
  const manifest = {
    exports: { '.': { '@xcorr/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    bin: { graph: 'bin/graph.js' },
  };
  expect(missingTargets(graph, manifest)).toEqual(['@xcorr/graph: bin/graph.js is named in "bin" and is not packed']);
  expect(missingTargets({ ...graph, files: ['dist/index.js', 'package.json', 'bin/graph.js'] }, manifest)).toEqual([
    '@xcorr/graph: ./src/index.ts is named in "exports" and is not packed',
    '@xcorr/graph: ./dist/index.d.ts is named in "exports" and is not packed',
  ]);
});
