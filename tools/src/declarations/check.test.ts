import { expect, test } from 'vitest';
import { type Checked, errorsOf, printErrors } from './check.ts';

const clean: Checked = { compiler: { version: '5.4', path: '/tsc' }, resolution: 'bundler', errors: [], seconds: 1 };

test('each error keeps the lines that explain it', () => {
  const output = "a.d.ts(1,1): error TS1: no\n  because of b\nb.d.ts(2,1): error TS2: no\n";
  expect(errorsOf(output, 'ended by exit status 2')).toEqual(['a.d.ts(1,1): error TS1: no\n  because of b', 'b.d.ts(2,1): error TS2: no']);
});

test('a compiler that dies silently did not succeed', () => {
  expect(errorsOf('', 'ended by SIGKILL')).toEqual(['ended by SIGKILL']);
});

test('what is broken is said with the compiler that says so', () => {
  expect(printErrors(clean)).toEqual([]);
  expect(printErrors({ ...clean, errors: ['a\n  b', 'c'] })).toEqual(['TypeScript 5.4, moduleResolution bundler:\n  a\n    b\n  c']);
});

test('of many errors the first are shown', () => {
  const [text] = printErrors({ ...clean, errors: Array.from({ length: 12 }, (_, index) => `error ${index}`) });
  expect(text?.split('\n').slice(-2)).toEqual(['  error 9', '  and 2 more']);
});
