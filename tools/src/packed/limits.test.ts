import { expect, test } from 'vitest';
import { printInstalled, reached } from './limits.ts';

const three = { packages: ['@xcorr/graph', '@xcorr/compiler', '@xcorr/backend-js'], bytes: 1_250_000, mapBytes: 500_000 };

test('an installation within its limits breaks no promise', () => {
  expect(reached(three, { packages: 4, megabytes: 1 })).toEqual([]);
});

test('a limit that is reached is broken', () => {
  expect(reached(three, { packages: 3, megabytes: 0.75 })).toEqual([
    '3 packages are installed; fewer than 3 are promised',
    '0.75 MB are installed without source maps; less than 0.75 MB are promised',
  ]);
});

test('the share of source maps is said', () => {
  expect(printInstalled('three', three)).toBe('three: 3 packages, 1.25 MB installed, 0.75 MB of it without source maps');
});
