import { expect, test } from 'vitest';
import { printInstalled, reached } from './limits.ts';
import type { Installed } from './project.ts';

function installation(sizes: Readonly<Record<string, number>>): Installed {
  const packages = Object.entries(sizes).map(([name, bytes]) => ({ name, bytes, steps: [] }));
  return { packages, bytes: packages.reduce((total, { bytes }) => total + bytes, 0) };
}

const three = installation({ '@xcorr/graph': 250_000, '@xcorr/compiler': 400_000, '@xcorr/backend-js': 100_000 });

test('an installation within its limits breaks no promise', () => {
  expect(reached(three, { packages: 4, megabytes: 1 })).toEqual([]);
});

test('a limit that is reached is broken', () => {
  expect(reached(three, { packages: 3, megabytes: 0.75 })).toEqual(['3 packages are installed; fewer than 3 are promised', '0.75 MB are installed; less than 0.75 MB are promised']);
});

test('what weighs most is said', () => {
  expect(printInstalled('three', three)).toBe('three: 3 packages, 0.75 MB installed, 0.40 MB of it @xcorr/compiler');
  expect(printInstalled('none', installation({}))).toBe('none: 0 packages, 0.00 MB installed');
});
