import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';

const output = (isTTY: boolean | undefined): { write: () => void; isTTY: boolean | undefined } => ({ write: () => undefined, isTTY });

test('a terminal gets colour', () => {
  expect(paintFor(output(true), {})('green', 'ok')).toBe('\u001B[32mok\u001B[0m');
  expect(paintFor(output(true), { NO_COLOR: '' })('red', 'no')).toBe('\u001B[31mno\u001B[0m');
});

test.each([
  [undefined, {}],
  [false, {}],
  [true, { NO_COLOR: '1' }],
  [true, { TERM: 'dumb' }],
])('isTTY %s with %j gets none', (isTTY, env) => {
  expect(paintFor(output(isTTY), env)('green', 'ok')).toBe('ok');
});
