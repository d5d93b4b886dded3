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

test('a signal that ends the process takes the bar away, where one is shown', () => {
  let text = '';
  const tidying = new Set<() => void>();
  const beforeLeaving = (tidy: () => void): (() => void) => {
    tidying.add(tidy);
    return () => void tidying.delete(tidy);
  };
  const stderr = { isTTY: true, write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  const progress = progressOn({ stdout: { write: () => undefined }, stderr, env: {} }, 2, { json: false, beforeLeaving });
  expect(tidying.size).toBe(0);
  progress.show(0, 'a.png');
  progress.show(1, 'b.png');
  expect(tidying.size).toBe(1);
  for (const tidy of tidying) tidy();
  expect(text.endsWith('b.png\r\u001B[K')).toBe(true);
  progress.hide();
  expect(tidying.size).toBe(0);
});

test('a name that would move the cursor is shown visibly', () => {
  let text = '';
  const stderr = { isTTY: true, write: (chunk: string | Uint8Array) => (text += String(chunk)) };
  progressOn({ stdout: { write: () => undefined }, stderr, env: {} }, 2, { json: false }).show(0, 'a\u001B[2J\nb');
  expect(text).toContain(String.raw`0/2  a\u001b[2J\nb`);
});
