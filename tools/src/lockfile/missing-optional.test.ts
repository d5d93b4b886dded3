import { describe, expect, test } from 'vitest';
import { parseLockfile } from './lockfile.ts';
import { missingOptional, printMissing } from './missing-optional.ts';

function missing(packages: Readonly<Record<string, unknown>>): readonly string[] {
  return missingOptional(parseLockfile(JSON.stringify({ lockfileVersion: 3, packages }))).map(printMissing);
}

const nx = { optionalDependencies: { '@nx/nx-linux-x64': '1.0.0', '@nx/nx-win32-x64': '1.0.0' } };

test('a lockfile that has every platform passes', () => {
  expect(missing({ '': {}, 'node_modules/nx': nx, 'node_modules/@nx/nx-linux-x64': {}, 'node_modules/@nx/nx-win32-x64': {} })).toEqual([]);
});

test('a platform that is left out is named, with who wants it and what would mend it', () => {
  expect(missing({ 'node_modules/nx': nx, 'node_modules/@nx/nx-linux-x64': {} })).toEqual([
    [
      'package-lock.json: @nx/nx-win32-x64 has no entry',
      '  wanted by  nx, in its optionalDependencies',
      '  law        every optional dependency has an entry, or npm ci refuses the lockfile',
      '  mend       run npm install again where the registry has @nx/nx-win32-x64; when it has none, pin nx to a version that is complete',
    ].join('\n'),
  ]);
});

describe('an entry counts where its user would find it', () => {
  const a = { optionalDependencies: { b: '1' } };

  test('in its own node_modules, and in those around it', () => {
    expect(missing({ 'node_modules/a': a, 'node_modules/a/node_modules/b': {} })).toEqual([]);
    expect(missing({ 'node_modules/x/node_modules/@s/a': a, 'node_modules/x/node_modules/b': {} })).toEqual([]);
    expect(missing({ 'packages/a': a, 'node_modules/b': {} })).toEqual([]);
  });

  test('not in those of a neighbour', () => {
    expect(missing({ 'node_modules/a': a, 'node_modules/x/node_modules/b': {} })).toHaveLength(1);
  });
});

test('text that is no lockfile is refused by name', () => {
  expect(() => parseLockfile('{')).toThrow('package-lock.json: this is not JSON');
  expect(() => parseLockfile('{"dependencies":{}}')).toThrow('package-lock.json: there is no "packages" in it');
});
