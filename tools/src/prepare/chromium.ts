import { type Browser, findBrowser, prepareBrowser } from './browser.ts';
import type { Machine, Prepared } from './machine.ts';

const chromium: Browser = {
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROME_BIN',
  product: 'Chromium or Chrome',
  package: 'chromium',
};

/**
 * Where Chromium is: the program that CHROME_BIN names, else the first on the PATH; undefined where there is none.
 *
 * @throws Error when CHROME_BIN names no program: who asks for one browser never gets another.
 */
export function findChromium(machine: Pick<Machine, 'environment' | 'isProgram'>): string | undefined {
  return findBrowser(chromium, machine);
}

/** Finds Chromium, or installs it where it may. */
export function prepareChromium(machine: Machine): Prepared {
  return prepareBrowser(chromium, machine);
}

/**
 * What Chromium is started with for tests: WebGL 2, WebGL and WebGPU drawn by its own software rasteriser, alike on every machine.
 * Where the page itself is drawn by Vulkan too, each context keeps some 30 files open for good, and the limit is soon reached.
 * Its sandbox needs rights that containers do not give; it opens the pages of this repository alone.
 */
export const softwareGraphics: readonly string[] = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  // In software a picture may take longer than a GPU that hangs.
  '--disable-gpu-watchdog',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];
