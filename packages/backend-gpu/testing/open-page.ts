import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

/** What Chromium is started with. */
export interface PageOptions {
  readonly flags: readonly string[];
  /** The value of the header Content-Security-Policy; the page has none without. */
  readonly policy?: string;
}

/** A page that is open in a Chromium of its own. */
export interface OpenPage {
  /** Evaluates an expression in the page; what it gives, or promises, must be text. */
  readonly evaluate: (expression: string) => Promise<string>;
  /** The scripts that the page has loaded, by name, with the packages that each holds. */
  readonly loaded: () => readonly { readonly name: string; readonly packages: readonly string[] }[];
  readonly close: () => Promise<void>;
}

/** The package of node_modules that a file is of; undefined for files of this repository. */
function packageOf(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/**
 * Bundles a page as its users would, with what is imported on demand in scripts of its own, serves it, and opens it.
 *
 * @param entry  the page's program, a path from this folder
 */
export async function openPage(entry: string, { flags, policy }: PageOptions): Promise<OpenPage> {
  const executablePath = process.env['CHROME_BIN'];
  if (executablePath === undefined) throw new Error('CHROME_BIN names no Chromium; npm run test:browser finds one');
  const { outputFiles, metafile } = await build({
    entryPoints: { page: join(import.meta.dirname, entry) },
    outdir: '/',
    absWorkingDir: import.meta.dirname,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    target: 'es2023',
    conditions: ['@xcorr/source'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*\//, ''), text]));
  const packages = new Map(
    Object.entries(metafile.outputs).map(([path, { inputs }]) => [path.replace(/^.*\//, ''), [...new Set(Object.keys(inputs).flatMap((file) => packageOf(file) ?? []))]]),
  );
  const loaded: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    const name = url.slice(1);
    const script = scripts.get(name);
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    if (script !== undefined) loaded.push(name);
    response.end(script ?? '<!doctype html><title>page</title><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const browser = await chromium.launch({ executablePath, args: [...flags] });
  const page = await browser.newPage();
  // The load event comes after the page's modules have run.
  await page.goto(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}/`, { waitUntil: 'load' });
  return {
    evaluate: async (expression) => String(await page.evaluate<unknown>(expression)),
    loaded: () => loaded.map((name) => ({ name, packages: packages.get(name) ?? [] })),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
