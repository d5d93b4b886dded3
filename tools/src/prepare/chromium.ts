import { install, mayInstall } from './apt.ts';
import { commandOf, type Machine, type Prepared } from './machine.ts';

const names: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Where Chromium is: the program that CHROME_BIN names, else the first on the PATH; undefined where there is none.
 *
 * @throws Error when CHROME_BIN names no program: who asks for one browser never gets another.
 */
export function findChromium(machine: Pick<Machine, 'environment' | 'isProgram'>): string | undefined {
  const named = machine.environment['CHROME_BIN'];
  if (named === undefined || named === '') return commandOf(names, machine);
  if (!machine.isProgram(named)) throw new Error(`CHROME_BIN: ${named} is no program; give the path of Chromium or Chrome, or unset it and the PATH is searched`);
  return named;
}

/** Finds Chromium, or installs it where it may. */
export function prepareChromium(machine: Machine): Prepared {
  try {
    const found = findChromium(machine) ?? (mayInstall(machine) && install(['chromium'], machine) ? findChromium(machine) : undefined);
    if (found !== undefined) return { ready: true, additions: { CHROME_BIN: found }, launcher: [] };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  const failed = mayInstall(machine) ? ', and apt-get did not install chromium: its output above says why' : '';
  return refused(`none of ${names.join(', ')} is on the PATH${failed}. Install one (Debian: apt-get install chromium), or set CHROME_BIN to the path of one`);
}

function refused(text: string): Prepared {
  return { ready: false, trouble: `tests in a browser: ${text}` };
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
