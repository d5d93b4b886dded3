import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

/** A page that is open in a Chromium of its own. */
export interface OpenPage {
  /** Evaluates an expression in the page; what it gives, or promises, must be text. */
  readonly evaluate: (expression: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Bundles a page as its users would, serves it, and opens it.
 *
 * @param entry    the page's program, a path from this folder
 * @param headers  what the page is served with
 */
export async function openPage(entry: string, headers: Readonly<Record<string, string>>): Promise<OpenPage> {
  const executablePath = process.env['CHROME_BIN'];
  if (executablePath === undefined) throw new Error('CHROME_BIN names no Chromium; npm run test:browser finds one');
  const { outputFiles } = await build({
    entryPoints: { page: join(import.meta.dirname, entry) },
    outdir: '/',
    absWorkingDir: import.meta.dirname,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    keepNames: true,
    platform: 'browser',
    target: 'es2023',
    conditions: ['@xcorr/source'],
    write: false,
    logLevel: 'silent',
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*\//, ''), text]));
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(url.slice(1));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><title>page</title><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}/`, { waitUntil: 'load' });
  return {
    evaluate: async (expression) => String(await page.evaluate<unknown>(expression)),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
