import { expect, test } from 'vitest';
import { notRun } from './not-run.ts';

test('what was not run is said, with the way to run it', () => {
  expect(notRun({})).toEqual([expect.stringMatching(/^Vectors: not run, set XCORR_VECTORS=<folder>/), 'More seeds: npm run test:full']);
});

test('what was run is not said', () => {
  expect(notRun({ XCORR_VECTORS: '/no/such/folder', XCORR_FULL: '1' })).toHaveLength(1);
  expect(notRun({ XCORR_VECTORS: import.meta.dirname, XCORR_FULL: '0' })).toHaveLength(1);
  expect(notRun({ XCORR_VECTORS: import.meta.dirname, XCORR_FULL: '1' })).toEqual([]);
});
