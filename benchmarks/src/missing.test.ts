import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSomething, checkWritable, missingFigures } from './missing.ts';
import { rowWithout } from './row.ts';

const nothing = { rows: [], memory: [], bytes: [] };
const row = rowWithout({ workload: 'filter-3x3-512', contender: 'sharp', threads: 1 }, 'not installed');

test('what has no figure is missing, be it a time, memory or bytes', () => {
  expect(missingFigures({ rows: [row, { ...row, milliseconds: 1 }], memory: [], bytes: [] })).toBe(1);
  expect(missingFigures({ ...nothing, memory: [{ contender: 'sharp', megabytes: null, ofPictures: null, reason: 'it failed' }] })).toBe(1);
  expect(missingFigures({ ...nothing, bytes: [{ contender: 'sharp', bytes: null, gzip: null, reason: 'native code' }] })).toBe(1);
  expect(missingFigures(nothing)).toBe(0);
});

test('names that nothing has are no run without faults', () => {
  expect(() => checkSomething(nothing)).toThrow('--only and --contenders leave nothing to measure');
  expect(() => checkSomething({ ...nothing, rows: [row] })).not.toThrow();
});

test('a file that cannot be written is refused before anything is measured', () => {
  expect(() => checkWritable(join(tmpdir(), 'no-such-folder', 'rows.json'))).toThrow('rows.json cannot be written');
  expect(() => checkWritable(join(tmpdir(), 'rows.json'))).not.toThrow();
  expect(() => checkWritable(undefined)).not.toThrow();
});
