import { expect, test } from 'vitest';
import { entriesOf } from './entries.ts';

const entry = (name: string) => ({ '@xcorr/source': `./src/${name}.ts`, types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });

test('an entry for each export that has a source', () => {
  expect(entriesOf({ exports: { '.': entry('index'), './hoist': entry('hoist/index'), './package.json': './package.json' } })).toEqual({ index: './src/index.ts', 'hoist/index': './src/hoist/index.ts' });
});

test('a package of commands has its main', () => {
  expect(entriesOf({ bin: { xcorr: 'bin/xcorr.js' } })).toEqual({ main: './src/main.ts' });
});

test('code outside dist is refused', () => {
  expect(() => entriesOf({ name: 'a', exports: { '.': { '@xcorr/source': './src/index.ts', default: './lib/index.js' } } })).toThrow('a: the export . is ./lib/index.js; give a file ./dist/NAME.js');
});
