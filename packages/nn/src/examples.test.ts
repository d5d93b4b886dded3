import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as nn from './index.ts';
import * as node from './node/index.ts';

// Every function has an example in its docstring; graph/src/docs-examples.test.ts runs them all.

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n');

/** The names of docstrings that have an example. */
const documented = new Set(
  Array.from(sources.matchAll(/\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*export (?:async )?(?:function|const) (\w+)/g)).flatMap(([, docstring = '', name = '']) => (docstring.includes('@example') ? [name] : [])),
);

test('every function that the package exports has an example', () => {
  const functions = Object.entries({ ...nn, ...node }).filter(([name, value]) => typeof value === 'function' && !name.endsWith('Error'));
  expect(functions.map(([name]) => name).filter((name) => !documented.has(name))).toEqual([]);
  expect(functions.length).toBeGreaterThan(40);
});
