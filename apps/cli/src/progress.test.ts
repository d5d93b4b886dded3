import { expect, test } from 'vitest';
import { progressOn } from './progress.ts';
import type { Streams } from './streams.ts';

function barOn(isTTY: boolean, env: Streams['env'], total: number, json: boolean, columns?: number): string {
  let text = '';
  const stderr = { isTTY, columns, write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  const progress = progressOn({ stdout: { write: () => undefined }, stderr, env }, total, { json });
  progress.show(3, 'some/long/name.png');
  progress.hide();
  return text;
}

test('a terminal shows the bar, and takes it away', () => {
  expect(barOn(true, {}, 4, false)).toBe('\r\u001B[K[###############-----] 3/4  some/long/name.png\r\u001B[K');
  expect(barOn(true, { NO_COLOR: '1' }, 4, false)).toContain('3/4');
});

test('a narrow terminal shows the end of the name, in one line', () => {
  expect(barOn(true, {}, 4, false, 36)).toBe('\r\u001B[K[###############-----] 3/4  ame.png\r\u001B[K');
});

test.each([
  [false, {}, 4, false],
  [true, {}, 4, true],
  [true, {}, 1, false],
  [true, { TERM: 'dumb' }, 4, false],
])('isTTY %s, %j, %i pictures, JSON %s: no bar', (isTTY, env, total, json) => {
  expect(barOn(isTTY, env, total, json)).toBe('');
});
