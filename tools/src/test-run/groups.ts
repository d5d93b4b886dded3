import { prepareChromium } from '../prepare/chromium.ts';
import { prepareFirefox } from '../prepare/firefox.ts';
import { prepareHeadlessGl } from '../prepare/headless-gl.ts';
import { type Machine, prepareBoth, type Prepared } from '../prepare/machine.ts';

/** Tests that need the same of a machine run together. */
export type Group = {
  readonly name: 'node' | 'browser' | 'web' | 'headlessgl';
  /** Projects of vitest.config.ts. */
  readonly projects: readonly string[];
  /** The command that runs this group alone, and what it adds to the rest, in a word. */
  readonly command: string;
  readonly about: string;
  readonly prepare: (machine: Machine, root: string) => Prepared;
};

/** Every group, in the order in which they run. */
export const groups: readonly Group[] = [
  { name: 'node', projects: ['node'], command: 'npm test', about: 'In Node', prepare: () => ({ ready: true, additions: {}, launcher: [] }) },
  { name: 'browser', projects: ['browser', 'pages'], command: 'npm run test:browser', about: 'In a browser', prepare: prepareChromium },
  { name: 'web', projects: ['web'], command: 'npm run test:web', about: 'On the web page', prepare: (machine) => prepareBoth(prepareChromium(machine), () => prepareFirefox(machine)) },
  { name: 'headlessgl', projects: ['headlessgl'], command: 'npm run test:headlessgl', about: 'Under headless-gl', prepare: (machine, root) => prepareHeadlessGl(machine, root, process.execPath) },
];
