import { expect, test } from 'vitest';
import { brokenPromises } from './promises.ts';

const limits = { packages: 10, megabytes: 1 };
const ours = { name: '@xcorr/backend-gpu', bytes: 1000, steps: [] };

test('an installation that is small, runs nothing, and brings what was asked for breaks no promise', () => {
  expect(brokenPromises('cli', { packages: [ours], bytes: 1000 }, limits)).toEqual([]);
});

test('gpu.js is installed by those alone who ask for it', () => {
  expect(brokenPromises('cli', { packages: [ours, { name: 'gpu.js', bytes: 1000, steps: [] }], bytes: 2000 }, limits)).toEqual(['cli: gpu.js is installed, and nobody asked for it']);
});

test('whatever would run when it is installed is named', () => {
  expect(brokenPromises('cli', { packages: [{ name: 'gl', bytes: 1000, steps: ['install: node-gyp rebuild'] }], bytes: 1000 }, limits)).toEqual(['cli: gl would run "install: node-gyp rebuild" when it is installed']);
});
