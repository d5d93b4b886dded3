import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as graph from '@xcorr/graph';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryFolder } from '../testing/folder.ts';
import { programsOf, run } from '../testing/page.ts';
import * as nn from './index.ts';
import * as node from './node/index.ts';

// What the README shows is true: its programs run, and give what they state, `expression; // => value`.

const readme = join(import.meta.dirname, '../README.md');
const programs = programsOf(readme);

const { folder } = useTemporaryFolder();
const home = process.cwd();
beforeEach(() => process.chdir(folder()));
afterEach(() => process.chdir(home));

describe('every program does what it states', () => {
  test('there are some', () => {
    expect(programs.length).toBeGreaterThan(4);
  });

  test.each(programs.map(({ code }, position) => [position, code] as const))('program %i', async (_, code) => {
    const { stated } = await run(code);
    expect(stated.length).toBeGreaterThan(0);
    for (const [value, expected] of stated) expect(value).toEqual(expected);
  });
});

test('every name that its tables and its text call is there', () => {
  const called = Array.from(readFileSync(readme, 'utf8').matchAll(/`(\w+)\(/g), ([, name = '']) => name);
  expect(called.filter((name) => !(name in nn) && !(name in node) && !(name in graph))).toEqual([]);
  expect(called.length).toBeGreaterThan(15);
});
