import { afterAll, afterEach, expect, inject } from 'vitest';
import { startChromium } from './chromium.ts';
import type { Circumstances } from './circumstances.ts';
import { startFirefox } from './firefox.ts';
import type { Opened, Running } from './opened.ts';
import type { Person } from './person.ts';
import { serveFolder } from './serve.ts';

/**
 * What opens the page for the tests of a file: in as few browsers as do, each page on a host of its own. After each test its
 * pages are closed, and it fails where one of them had a problem that no person would see: an error in the console, a request
 * that failed.
 *
 * @example
 * const openDemo = demoInBrowsers();
 * test('…', async () => {
 *   const person = await openDemo({ hash: '#slide', theme: 'dark' });
 *   await person.press({ role: 'button', name: 'Play' });
 * });
 */
export function demoInBrowsers(): (circumstances?: Circumstances) => Promise<Person> {
  const browsers = new Map<string, Promise<Running<Circumstances>>>();
  let opened: { readonly page: Opened; readonly expected: RegExp | undefined }[] = [];
  const closings: (() => Promise<void>)[] = [];

  const browserFor = (circumstances: Circumstances): Promise<Running<Circumstances>> => {
    const { browser = 'chromium', graphics = false, language, theme, reducedMotion } = circumstances;
    // What is a preference of a page in Chromium is one of the whole browser in Firefox.
    const key = browser === 'chromium' ? `chromium ${String(graphics)}` : ['firefox', language, theme, reducedMotion].join(' ');
    const running = browsers.get(key) ?? (browser === 'chromium' ? startChromium(graphics) : startFirefox(circumstances));
    browsers.set(key, running);
    return running;
  };

  afterEach(async () => {
    const problems = opened.flatMap(({ page, expected }) => page.problems.filter((problem) => expected?.test(problem) !== true));
    for (const { page } of opened) await page.close();
    for (const close of closings.splice(0)) await close();
    opened = [];
    expect(problems).toEqual([]);
  });

  afterAll(async () => {
    for (const running of browsers.values()) await (await running).close();
  });

  return async (circumstances = {}) => {
    const { policy, hash = '', missing, expected } = circumstances;
    const browser = await browserFor(circumstances);
    const host = await serveFolder(inject('demoFolder'), policy === undefined ? {} : { 'content-security-policy': policy }, missing);
    closings.push(host.close);
    const page = await browser.open(`${host.url}${hash}`, circumstances);
    opened.push({ page, expected });
    return page.person;
  };
}
