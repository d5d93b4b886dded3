import { expect, test } from 'vitest';
import { stepsOf } from './install-steps.ts';

test('scripts that npm runs by itself are steps, others are none', () => {
  expect(stepsOf({ scripts: { postinstall: 'node a.js', build: 'node-gyp rebuild', preinstall: 'node b.js' } }, false)).toEqual(['preinstall: node b.js', 'postinstall: node a.js']);
  expect(stepsOf({ scripts: { prepare: 'tsc' } }, false)).toEqual([]);
  expect(stepsOf({}, false)).toEqual([]);
});

test('a binding.gyp is compiled, unless a script takes its place or the package forbids it', () => {
  expect(stepsOf({}, true)).toEqual(['install: node-gyp rebuild']);
  expect(stepsOf({ scripts: { postinstall: 'node a.js' } }, true)).toEqual(['postinstall: node a.js', 'install: node-gyp rebuild']);
  expect(stepsOf({ scripts: { install: 'prebuild-install' } }, true)).toEqual(['install: prebuild-install']);
  expect(stepsOf({ gypfile: false }, true)).toEqual([]);
});
