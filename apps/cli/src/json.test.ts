import { expect, test } from 'vitest';
import { errorDocument, printJson, wantsJson } from './json.ts';

test('what is not known is null', () => {
  expect(JSON.parse(printJson({ a: undefined, b: [1] }))).toEqual({ a: null, b: [1] });
});

test('an error is a document', () => {
  expect(JSON.parse(errorDocument({ name: 'ShapeError', message: 'so' }, 2))).toEqual({ error: { name: 'ShapeError', message: 'so', status: 2 } });
});

test('--json is asked for before -- alone', () => {
  expect([['a', '--json'], ['--', '--json'], ['a'], ['--json', '--']].map(wantsJson)).toEqual([true, false, false, true]);
});
