import { expect, test } from 'vitest';
import { labelOf, measuredRow, printDuration, rowWithout } from './row.ts';

const named = { workload: 'filter-3x3-512', contender: 'naive', threads: 1 };

test('a measured row has a reason only where there is one', () => {
  const row = measuredRow(named, { milliseconds: 2, low: 1, high: 3 }, 1e-7);
  expect(row).toEqual({ ...named, milliseconds: 2, low: 1, high: 3, maxError: 1e-7 });
  expect(Object.keys(row)).toEqual(['workload', 'contender', 'threads', 'milliseconds', 'low', 'high', 'maxError']);
  expect(measuredRow(named, { milliseconds: 2, low: 1, high: 3 }, 0, 'bytes').reason).toBe('bytes');
});

test('a row without a figure says why', () => {
  expect(rowWithout(named, 'not installed')).toEqual({ ...named, milliseconds: null, low: null, high: null, maxError: null, reason: 'not installed' });
});

test.each([
  [0.000_25, '250 ns'],
  [0.0123, '12.3 us'],
  [0.5, '500 us'],
  [1, '1.00 ms'],
  [1234.5, '1235 ms'],
  [21_267, '21.3 s'],
  [100_000, '100 s'],
])('%d ms is printed as %s', (milliseconds, text) => {
  expect(printDuration(milliseconds)).toBe(text);
});

test('a contender with several threads has a name of its own', () => {
  expect([labelOf({ contender: 'xcorr/js', threads: 1 }), labelOf({ contender: 'xcorr/js', threads: 2 })]).toEqual(['xcorr/js', 'xcorr/js, 2 threads']);
});
