import { type Browser, prepareBrowser } from './browser.ts';
import type { Machine, Prepared } from './machine.ts';

const firefox: Browser = { names: ['firefox-esr', 'firefox'], variable: 'FIREFOX_BIN', product: 'Firefox', package: 'firefox-esr' };

/** Finds Firefox, or installs it where it may. */
export function prepareFirefox(machine: Machine): Prepared {
  return prepareBrowser(firefox, machine);
}
