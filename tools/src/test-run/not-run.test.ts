import { expect, test } from 'vitest';
import { groups } from './groups.ts';
import { notRun } from './not-run.ts';

test('what was not run is said, with the way to run it', () => {
  expect(notRun({}, [])).toEqual([
    expect.stringMatching(/^Vectors: not run, set XCORR_VECTORS=<folder>/),
    'More seeds: npm run test:full',
    'In Node: npm test',
    'In a browser: npm run test:browser',
    'On the web page: npm run test:web',
    'Under headless-gl: npm run test:headlessgl',
  ]);
});

test('what was run is not said', () => {
  expect(notRun({ XCORR_VECTORS: '/no/such/folder', XCORR_FULL: '1' }, groups)).toHaveLength(1);
  expect(notRun({ XCORR_VECTORS: import.meta.dirname, XCORR_FULL: '0' }, groups)).toHaveLength(1);
  expect(notRun({ XCORR_VECTORS: import.meta.dirname, XCORR_FULL: '1' }, groups)).toEqual([]);
  expect(notRun({ XCORR_VECTORS: import.meta.dirname, XCORR_FULL: '1' }, groups.slice(0, 1))).toHaveLength(groups.length - 1);
});
