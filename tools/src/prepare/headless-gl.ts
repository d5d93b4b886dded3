import { dirname, join } from 'node:path';
import { install, mayInstall } from './apt.ts';
import { commandOf, type Machine, type Prepared } from './machine.ts';

/** Packages of Debian by which headless-gl is built and run. What builds it calls Python `python`. */
const packages: readonly string[] = ['build-essential', 'python3', 'python-is-python3', 'pkg-config', 'libxi-dev', 'libgl1-mesa-dev', 'xvfb', 'xauth'];

const built = 'node_modules/gl/build/Release/webgl.node';

/**
 * Makes headless-gl ready: npm installs it unbuilt, as every package here, and it draws on an X display. What is missing
 * is installed where it may be; building takes minutes.
 */
export function prepareHeadlessGl(machine: Machine, root: string, nodePath: string): Prepared {
  if (!machine.exists(join(root, 'node_modules/gl'))) return refused('node_modules/gl is not there; npm ci installs it');
  const isBuilt = (): boolean => machine.exists(join(root, built));
  const missing = missingTools(machine, isBuilt());
  if (missing.length > 0) {
    const mend = `Debian: apt-get install ${packages.join(' ')}`;
    if (!mayInstall(machine)) return refused(`${missing.join(', ')}: not found. ${mend}`);
    if (!install(packages, machine)) return refused(`${missing.join(', ')}: not found, and apt-get did not install ${packages.join(', ')}; its output above says why`);
  }
  if (!isBuilt()) {
    // It is the one package whose install script runs. Headers that came with Node need no download.
    const headers = dirname(dirname(nodePath));
    const additions = { JOBS: 'max', ...(machine.exists(join(headers, 'include/node/node.h')) ? { npm_config_nodedir: headers } : {}) };
    const done = machine.run('npm', ['rebuild', 'gl', '--ignore-scripts=false', '--foreground-scripts'], additions);
    if (!done || !isBuilt()) return refused('npm rebuild gl did not build it; its output above says why');
  }
  return { ready: true, additions: {}, launcher: needsDisplay(machine) ? ['xvfb-run', '-a'] : [] };
}

function needsDisplay({ platform }: Machine): boolean {
  return platform === 'linux';
}

function missingTools(machine: Machine, isBuilt: boolean): readonly string[] {
  if (!needsDisplay(machine)) return [];
  const commands = ['xvfb-run', 'xauth', ...(isBuilt ? [] : ['make', 'g++', 'python', 'pkg-config'])];
  const headers = isBuilt ? [] : ['/usr/include/X11/extensions/XInput2.h', '/usr/include/GL/gl.h'];
  return [...commands.filter((name) => commandOf([name], machine) === undefined), ...headers.filter((path) => !machine.exists(path))];
}

function refused(text: string): Prepared {
  return { ready: false, trouble: `tests under headless-gl: ${text}` };
}
