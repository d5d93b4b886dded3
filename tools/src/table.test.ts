import { expect, test } from 'vitest';
import { grouped, printTable } from './table.ts';

test('words stand to the left, numbers to the right', () => {
  expect(printTable([['what', 'bytes'], ['a', '7'], ['longer', '1,234,567']])).toBe(
    ['what        bytes', 'a               7', 'longer  1,234,567'].join('\n'),
  );
});

test.each([[0, '0'], [999, '999'], [1000, '1,000'], [1234567, '1,234,567']])('%d is %s', (value, text) => {
  expect(grouped(value)).toBe(text);
});
