import { expect, test } from 'vitest';
import { excesses, printModules, printSizes, type Measured } from './measured.ts';

const modules = Array.from({ length: 12 }, (_, index) => ({ path: `module-${index}.js`, bytes: 1200 - 100 * index }));
const large: Measured = { what: 'all', goal: 2000, bundle: { minified: 7900, gzipped: 2500, onDemand: [{ name: 'device', minified: 1100, gzipped: 500 }], modules } };
const small: Measured = { what: 'example', goal: 2000, bundle: { minified: 4000, gzipped: 2000, onDemand: [], modules: modules.slice(0, 1) } };

test('the table has a row for each bundle, and for what it loads on demand', () => {
  expect(printSizes([large, small])).toBe(
    [
      'in bytes             minified  gzip -9   goal',
      'all                     7,900    2,500  2,000',
      '  on demand: device     1,100      500',
      'example                 4,000    2,000  2,000',
    ].join('\n'),
  );
});

test('a bundle over its goal is named with its excess; one that reaches it is not', () => {
  expect(excesses([large, small])).toEqual(['all: 2,500 bytes after gzip, 500 over the goal of 2,000']);
});

test('ten modules are shown, and what the others come to', () => {
  const lines = printModules(large).split('\n');
  expect(lines).toHaveLength(12);
  expect(lines[1]).toBe('  module-0.js        1,200');
  expect(lines.at(-1)).toBe('  2 smaller ones       300');
  expect(printModules(small)).not.toContain('smaller');
});
