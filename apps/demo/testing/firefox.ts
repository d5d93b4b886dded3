import puppeteer, { type ElementHandle, type KeyInput, type Page } from 'puppeteer-core';
import type { Circumstances } from './circumstances.ts';
import type { Running } from './opened.ts';
import { type Person, singleSpaced, type Target, until, waitForText } from './person.ts';

/** Firefox, driven by Puppeteer over WebDriver BiDi: Playwright drives a Firefox of its own alone. */
export async function startFirefox({ language = 'en', theme = 'light', reducedMotion = false }: Circumstances): Promise<Running<Circumstances>> {
  const executablePath = process.env['FIREFOX_BIN'];
  if (executablePath === undefined) throw new Error('FIREFOX_BIN names no Firefox; npm run test:web finds one');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // What a reader would have chosen in the browser's settings.
    extraPrefsFirefox: {
      'intl.accept_languages': language,
      'layout.css.prefers-color-scheme.content-override': theme === 'dark' ? 0 : 1,
      'ui.prefersReducedMotion': reducedMotion ? 1 : 0,
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
    },
  });
  return {
    close: () => browser.close(),
    open: async (url, { width = 1280, height = 900 }) => {
      const page = await browser.newPage();
      await page.setViewport({ width, height });
      const problems = watch(page);
      await page.goto(url);
      return { person: personAt(page, url), problems, close: () => page.close() };
    },
  };
}

function watch(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error instanceof Error ? error.message : String(error)}`));
  page.on('requestfailed', (request) => problems.push(`request: ${request.url()}: ${request.failure()?.errorText ?? ''}`));
  return problems;
}

function personAt(page: Page, url: string): Person {
  const find = async (target: Target): Promise<ElementHandle> => {
    const place = target.within === undefined ? page : await find(target.within);
    const selector = `::-p-aria([name=${JSON.stringify(target.name)}][role="${target.role}"])`;
    const found = await until(
      () => place.$(selector),
      (handle) => handle !== null,
      () => `the page has no ${target.role} ${JSON.stringify(target.name)}`,
    );
    if (found === null) throw new Error(`the page has no ${target.role} ${JSON.stringify(target.name)}`);
    return found;
  };
  const evaluated = async (handle: ElementHandle, of: (element: Element) => string): Promise<string> => handle.evaluate(of);
  const text = async (): Promise<string> => singleSpaced(await page.evaluate(() => document.body.innerText));
  return {
    press: async (target) => {
      const handle = await find(target);
      await handle.scrollIntoView();
      await handle.click();
    },
    fill: async (target, value) => {
      const handle = await find(target);
      await handle.focus();
      await page.keyboard.down('Control');
      await page.keyboard.press('a');
      await page.keyboard.up('Control');
      await page.keyboard.type(value);
    },
    choose: async (target, option) => {
      const handle = await find(target);
      const value = await handle.evaluate(
        (element, label) => (element instanceof HTMLSelectElement ? [...element.options].find((each) => each.label === label)?.value : undefined),
        option,
      );
      if (value === undefined) throw new Error(`${target.name} has no choice ${option}`);
      await handle.select(value);
    },
    slide: async (target, value) => {
      const handle = await find(target);
      await handle.evaluate((element, to) => {
        if (!(element instanceof HTMLInputElement)) return;
        element.value = to;
        element.dispatchEvent(new Event('input', { bubbles: true }));
        element.dispatchEvent(new Event('change', { bubbles: true }));
      }, String(value));
    },
    upload: async (label, ...paths) => {
      const fields = await page.$$('input[type="file"]');
      for (const field of fields) {
        const name = await field.evaluate((element) => element.getAttribute('aria-label') ?? [...element.labels ?? []].map((each) => each.textContent ?? '').join(' '));
        if (singleSpaced(name) === label) return field.uploadFile(...paths);
      }
      throw new Error(`the page has no file field ${label}`);
    },
    key: async (...keys) => {
      for (const key of keys) await page.keyboard.press(keyInput(key));
    },
    read: async (target) => singleSpaced(await evaluated(await find(target), (element) => (element instanceof HTMLElement ? element.innerText : (element.textContent ?? '')))),
    value: async (target) => evaluated(await find(target), (element) => ('value' in element ? String(element.value) : '')),
    text,
    wait: (pattern) => waitForText(text, pattern),
    evaluate: async (expression) => page.evaluate(expression),
    open: async (hash) => {
      await page.goto('about:blank');
      await page.goto(new URL(hash, url).href);
    },
    screenshot: async (path) => {
      await page.screenshot({ path, fullPage: true });
    },
  };
}

const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter', 'Tab', 'Escape', 'Backspace', 'Delete', 'PageUp', 'PageDown'] as const satisfies readonly KeyInput[];

function keyInput(name: string): KeyInput {
  const found = name === ' ' ? 'Space' : keys.find((each) => each === name);
  if (found === undefined) throw new Error(`tests press no key ${name} yet: add it to the keys in firefox.ts`);
  return found;
}
