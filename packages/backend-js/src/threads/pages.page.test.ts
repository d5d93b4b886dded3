import { afterEach, expect, test } from 'vitest';
import { openPage, type OpenPage } from '../../testing/open-page.ts';

// Whole pages, bundled as users bundle them, in a Chromium of their own.

const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

let open: OpenPage | undefined;

async function filtered(threads: number, headers: Readonly<Record<string, string>>): Promise<string> {
  open = await openPage('pages/threads.ts', headers);
  return open.evaluate(`filtered(${threads})`);
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

test.each([2, 3])('a page that is isolated from other origins runs on %i threads, with the bits of one', async (threads) => {
  expect(await filtered(threads, isolated)).toBe(`js:${threads} threads`);
});

test('so it does where the policy of contents allows what is needed', async () => {
  expect(await filtered(2, { ...isolated, 'content-security-policy': "script-src 'self' 'unsafe-eval'; worker-src blob:" })).toBe('js:2 threads');
});

test('where the policy allows no threads, that is said', async () => {
  expect(await filtered(2, { ...isolated, 'content-security-policy': "script-src 'self' 'unsafe-eval'; worker-src 'self'" })).toBe(
    "CompileError: js: a thread could not be started: it could not be loaded; a content security policy must allow 'worker-src blob:'",
  );
});

test('a page that is not isolated is told which headers to serve', async () => {
  expect(await filtered(2, {})).toBe(
    'CompileError: js: threads share memory, which browsers allow to pages that are isolated from other origins alone\n  serve the page with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"',
  );
});
