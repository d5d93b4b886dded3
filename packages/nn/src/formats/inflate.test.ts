import { deflateRawSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { rejection } from '../../testing/message.ts';
import { inflateRaw } from './inflate.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('what was deflated', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  expect(await inflateRaw(new Uint8Array(deflateRawSync(bytes)), bytes.length, 'it')).toEqual(bytes);
});

test('no more is taken than was said, however much would come', async () => {
  let [reads, isCancelled] = [0, false];
  class Endless {
    readonly writable = { getWriter: () => ({ write: () => new Promise<void>(() => undefined), close: () => new Promise<void>(() => undefined) }) };
    readonly readable = {
      getReader: () => ({
        read: async () => {
          reads++;
          return { done: reads > 1000, value: new Uint8Array(100) };
        },
        cancel: async () => {
          isCancelled = true;
        },
      }),
    };
  }
  vi.stubGlobal('DecompressionStream', Endless);
  expect(await rejection(inflateRaw(new Uint8Array(10), 250, 'it'))).toBe('it has more than the 250 bytes that it was said to have');
  expect(reads).toBe(3);
  expect(isCancelled).toBe(true);
});

test('an engine that cannot unpack says so', async () => {
  vi.stubGlobal('DecompressionStream', undefined);
  expect(await rejection(inflateRaw(new Uint8Array(10), 250, 'it'))).toBe('it is deflated, and this engine has no DecompressionStream; store it (numpy.savez, not savez_compressed)');
});
