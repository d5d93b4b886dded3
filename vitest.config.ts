import { defaultClientConditions, defaultServerConditions } from 'vite';
import { configDefaults, defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { findChromium, softwareGraphics } from './tools/src/prepare/chromium.ts';
import { isProgram } from './tools/src/prepare/machine.ts';

// Packages read one another's source, so tests need no build.
const source = '@xcorr/source';

// Projects that need more than Node run when they are named: npx vitest run --project browser.
const areNamed = process.argv.some((word) => word.startsWith('--project'));

export default defineConfig(async () => ({
  // Naming any condition drops vite's own, hence the spreads.
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    projects: areNamed ? [node, pages, web, headlessgl, await inBrowser('browser', 'packages/*/src/**/*.browser.test.ts'), await inBrowser('bench', 'packages/*/benchmarks/**/*.bench.ts')] : [node],
  },
}));

const beyondNode = ['**/*.browser.test.ts', '**/*.page.test.ts', '**/*.web.test.ts', '**/*.headlessgl.test.ts'];

const node: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'node',
    environment: 'node',
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/src/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...beyondNode],
    // A guard against what hangs, never a measure: a machine may be busy with other things.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

/** Tests in Node that open pages of their own in Chromium. */
const pages: TestProjectConfiguration = {
  extends: true,
  test: { name: 'pages', environment: 'node', include: ['packages/*/src/**/*.page.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
};

/** Tests in Node that use the web page as a person would, in Chromium and in Firefox; one file after the other, since browsers take one another's time. */
const web: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'web',
    environment: 'node',
    include: ['apps/*/src/**/*.web.test.ts'],
    globalSetup: ['apps/demo/testing/build-page.ts'],
    provide: { chromiumArguments: [...softwareGraphics] },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
};

/** Tests in Node that need a display and headless-gl, one after the other: a process has one display. */
const headlessgl: TestProjectConfiguration = {
  extends: true,
  test: { name: 'headlessgl', environment: 'node', include: ['packages/*/src/**/*.headlessgl.test.ts'], pool: 'forks', fileParallelism: false, testTimeout: 60_000 },
};

// What is kept for good is told from garbage by collecting when a test asks for it.
const collecting = ['--js-flags=--expose-gc'];

/** Tests that run in Chromium, with WebGL 2 and WebGPU, and benchmarks that do. */
async function inBrowser(name: string, include: string): Promise<TestProjectConfiguration> {
  const { playwright } = await import('@vitest/browser-playwright');
  const executablePath = findChromium({ environment: process.env, isProgram });
  return {
    extends: true,
    // Found before the first page asks for it: a page would be loaded anew in the midst of its tests.
    optimizeDeps: { include: ['gpu.js', 'fast-check'] },
    test: {
      name,
      include: [include],
      globalSetup: ['packages/backend-gpu/testing/hand-over.ts'],
      // Pages share one rasteriser, and two of them take each other's time.
      fileParallelism: false,
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { args: [...softwareGraphics, ...collecting], ...(executablePath === undefined ? {} : { executablePath }) } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}
