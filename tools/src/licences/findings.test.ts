import { describe, expect, test } from 'vitest';
import { parseLockfile } from '../lockfile/lockfile.ts';
import { licenceFindings, printFinding } from './findings.ts';
import { isPermitted } from './permitted.ts';

function findings(packages: Readonly<Record<string, unknown>>): readonly string[] {
  return licenceFindings(parseLockfile(JSON.stringify({ packages }))).map(printFinding);
}

const app = { 'apps/cli': { license: 'MIT', dependencies: { a: '1' } }, 'node_modules/a': { license: 'MIT', dependencies: { b: '1' } } };

test('what only the developers install is not looked at', () => {
  expect(findings({ '': { devDependencies: { g: '1' } }, ...app, 'node_modules/b': { license: 'ISC' }, 'node_modules/g': { license: 'GPL-3.0' } })).toEqual([]);
});

test('a licence that asks for more is named, with the way to it', () => {
  expect(findings({ ...app, 'node_modules/a/node_modules/b': { license: 'GPL-3.0-only' } })).toEqual([
    [
      'b: licence GPL-3.0-only',
      '  reached by  apps/cli -> a -> b',
      '  law         what users install stands under 0BSD, Apache-2.0, BSD-2-Clause, BSD-3-Clause, BlueOak-1.0.0, CC0-1.0, ISC, MIT, MIT-0',
      '  mend        take another package, or write an exception with its reason in tools/src/licences/permitted.ts',
    ].join('\n'),
  ]);
});

test('a package without a licence is named', () => {
  expect(findings({ ...app, 'node_modules/b': {} })).toEqual([expect.stringContaining('b: no licence is stated')]);
});

test('links between our own packages are followed, circles and all', () => {
  const looped = {
    'packages/p': { license: 'MIT', peerDependencies: { q: '1' } },
    'node_modules/p': { resolved: 'packages/p', link: true },
    'packages/q': { license: 'MIT', optionalDependencies: { p: '1', g: '1' } },
    'node_modules/q': { resolved: 'packages/q', link: true },
    'node_modules/g': { license: 'AGPL-3.0' },
  };
  expect(findings(looped)).toEqual([expect.stringContaining('g: licence AGPL-3.0')]);
});

test('the runner of a user\'s own tests is no part of what they install, and any other peer is', () => {
  const tested = (peer: string): Parameters<typeof findings>[0] => ({ 'packages/p': { license: 'MIT', peerDependencies: { [peer]: '1' } }, [`node_modules/${peer}`]: { license: 'MPL-2.0' } });
  expect(findings(tested('vitest'))).toEqual([]);
  expect(findings(tested('other'))).toEqual([expect.stringContaining('other: licence MPL-2.0')]);
});

describe('an expression is permitted', () => {
  test.each([
    ['node_modules/a', 'MIT', true],
    ['node_modules/a', '(MIT OR GPL-3.0)', true],
    ['node_modules/a', 'MIT AND GPL-3.0', false],
    ['node_modules/a', 'LGPL-3.0-or-later', false],
    ['node_modules/@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later', true],
    ['node_modules/@img/sharp-win32-x64', 'Apache-2.0 AND LGPL-3.0-or-later', true],
    ['node_modules/@img/sharp-libvips-linux-x64', 'GPL-3.0', false],
  ])('%s under %s: %s', (place, expression, permitted) => {
    expect(isPermitted(place, expression)).toBe(permitted);
  });
});
