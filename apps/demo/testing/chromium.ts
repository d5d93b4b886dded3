import { chromium, type Locator, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Circumstances } from './circumstances.ts';
import type { Opened, Running } from './opened.ts';
import { patience, type Person, singleSpaced, type Target, waitForText } from './person.ts';

/** Chromium, driven by Playwright. */
export async function startChromium(graphics: boolean): Promise<Running<Circumstances>> {
  const executablePath = process.env['CHROME_BIN'];
  if (executablePath === undefined) throw new Error('CHROME_BIN names no Chromium; npm run test:web finds one');
  const common = inject('chromiumArguments');
  const args = graphics ? common : [...common.filter((each) => !/angle|swiftshader|webgpu/.test(each)), '--disable-gpu', '--disable-3d-apis'];
  const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const browser = await chromium.launch({ executablePath, args: [...args, ...camera] });
  return {
    close: () => browser.close(),
    open: async (url, { width = 1280, height = 900, theme = 'light', language = 'en', reducedMotion = false }) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale: language, reducedMotion: reducedMotion ? 'reduce' : 'no-preference' });
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const problems = watch(page);
      await page.goto(url);
      return { person: personAt(page, url), problems, close: () => context.close() } satisfies Opened;
    },
  };
}

function watch(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`request: ${request.url()}: ${request.failure()?.errorText ?? ''}`));
  return problems;
}

function personAt(page: Page, url: string): Person {
  const find = ({ role, name, within }: Target): Locator => (within === undefined ? page : find(within)).getByRole(role, { name, exact: true });
  const text = async (): Promise<string> => singleSpaced(await page.locator('body').innerText());
  return {
    press: (target) => find(target).click(),
    fill: (target, value) => find(target).fill(value),
    choose: async (target, option) => {
      await find(target).selectOption({ label: option });
    },
    slide: (target, value) => find(target).fill(String(value)),
    upload: (label, ...paths) => page.getByLabel(label, { exact: true }).setInputFiles([...paths]),
    key: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    read: async (target) => singleSpaced(await find(target).innerText()),
    value: (target) => find(target).inputValue(),
    text,
    wait: (pattern) => waitForText(text, pattern),
    evaluate: async (expression) => page.evaluate<unknown>(expression),
    open: async (hash) => {
      // A change of the hash alone would load nothing.
      await page.goto('about:blank');
      await page.goto(new URL(hash, url).href);
    },
    screenshot: async (path) => {
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    },
  };
}
