import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareChromium } from './chromium.ts';
import { prepareFirefox } from './firefox.ts';
import { prepareHeadlessGl } from './headless-gl.ts';
import { type Machine, prepareBoth, type Prepared } from './machine.ts';

/** A machine of some files, of which those in /bin are programs. What a command leaves is told by `leaves`; without it the command fails. */
function machineOf(files: readonly string[], { isRoot = true, environment = {}, leaves = {} }: { readonly isRoot?: boolean; readonly environment?: Record<string, string>; readonly leaves?: Record<string, readonly string[]> } = {}): Machine & { readonly commands: readonly string[] } {
  const there = new Set(files);
  const commands: string[] = [];
  return {
    commands,
    platform: 'linux',
    environment: { PATH: '/bin', ...environment },
    isRoot,
    exists: (path) => there.has(path),
    isProgram: (path) => there.has(path) && path.startsWith('/bin/'),
    run: (command, words, additions) => {
      const line = [...Object.entries(additions).map(([name, value]) => `${name}=${value}`), command, ...words].join(' ');
      commands.push(line);
      const left = Object.entries(leaves).find(([part]) => line.includes(part))?.[1];
      left?.forEach((file) => there.add(file));
      return left !== undefined;
    },
  };
}

/** Why tests cannot run; nothing where they can. */
function troubleOf(prepared: Prepared): string {
  return prepared.ready ? '' : prepared.trouble;
}

describe('Chromium', () => {
  const ready = (path: string): object => ({ ready: true, additions: { CHROME_BIN: path }, launcher: [] });

  test('is the one that CHROME_BIN names, before those on the PATH', () => {
    expect(prepareChromium(machineOf(['/bin/chromium', '/bin/mine'], { environment: { CHROME_BIN: '/bin/mine' } }))).toEqual(ready('/bin/mine'));
    expect(prepareChromium(machineOf(['/bin/google-chrome', '/bin/chromium-browser']))).toEqual(ready('/bin/chromium-browser'));
  });

  test('is never another than the one that is named', () => {
    const machine = machineOf(['/bin/chromium', '/bin/apt-get'], { environment: { CHROME_BIN: '/bin/mine' } });
    expect(troubleOf(prepareChromium(machine))).toContain('CHROME_BIN: /bin/mine is no program');
    expect(machine.commands).toEqual([]);
  });

  test('is installed where that may be', () => {
    const machine = machineOf(['/bin/apt-get'], { leaves: { update: [], 'install -y chromium': ['/bin/chromium'] } });
    expect(prepareChromium(machine)).toEqual(ready('/bin/chromium'));
    expect(machine.commands).toEqual(['DEBIAN_FRONTEND=noninteractive apt-get update', 'DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y chromium']);
  });

  test('elsewhere it is said how to install it', () => {
    for (const machine of [machineOf(['/bin/apt-get'], { isRoot: false }), machineOf([])]) {
      expect(troubleOf(prepareChromium(machine))).toMatch(/is on the PATH\. Install one \(Debian: apt-get install chromium\), or set CHROME_BIN/);
      expect(machine.commands).toEqual([]);
    }
  });

  test('an installation that fails is said to have failed', () => {
    expect(troubleOf(prepareChromium(machineOf(['/bin/apt-get'])))).toContain('apt-get did not install chromium');
  });
});

describe('Chromium and Firefox together', () => {
  const prepare = (machine: Machine): Prepared => prepareBoth(prepareChromium(machine), () => prepareFirefox(machine));

  test('are both named to the tests', () => {
    const machine = machineOf(['/bin/chromium', '/bin/firefox-esr', '/bin/firefox'], { isRoot: false });
    expect(prepare(machine)).toEqual({ ready: true, additions: { CHROME_BIN: '/bin/chromium', FIREFOX_BIN: '/bin/firefox-esr' }, launcher: [] });
  });

  test('are looked for one after the other: what the first lacks is said, and nothing more is installed', () => {
    const machine = machineOf(['/bin/apt-get'], { leaves: { update: [] } });
    expect(troubleOf(prepare(machine))).toContain('apt-get did not install chromium');
    expect(machine.commands).toHaveLength(2);
    expect(troubleOf(prepare(machineOf(['/bin/chromium'])))).toMatch(/firefox is on the PATH\. Install one \(Debian: apt-get install firefox-esr\), or set FIREFOX_BIN/);
  });

  test('Firefox is the one that FIREFOX_BIN names, or none', () => {
    const machine = machineOf(['/bin/chromium', '/bin/firefox'], { environment: { FIREFOX_BIN: '/bin/mine' } });
    expect(troubleOf(prepare(machine))).toContain('FIREFOX_BIN: /bin/mine is no program');
  });
});

describe('headless-gl', () => {
  const gl = join('/root', 'node_modules/gl');
  const library = join('/root', 'node_modules/gl/build/Release/webgl.node');
  const display = ['/bin/xvfb-run', '/bin/xauth'];
  const tools = [...display, '/bin/make', '/bin/g++', '/bin/python', '/bin/pkg-config', '/usr/include/X11/extensions/XInput2.h', '/usr/include/GL/gl.h'];
  const prepare = (machine: Machine): Prepared => prepareHeadlessGl(machine, '/root', '/usr/bin/node');
  const ready = { ready: true, additions: {}, launcher: ['xvfb-run', '-a'] };

  test('that is built needs a display and nothing else', () => {
    const machine = machineOf([gl, library, ...display], { isRoot: false });
    expect(prepare(machine)).toEqual(ready);
    expect(machine.commands).toEqual([]);
  });

  test('is built where its tools are, by anybody, with the headers of this Node', () => {
    const machine = machineOf([gl, ...tools, '/usr/include/node/node.h'], { isRoot: false, leaves: { rebuild: [library] } });
    expect(prepare(machine)).toEqual(ready);
    expect(machine.commands).toEqual(['JOBS=max npm_config_nodedir=/usr npm rebuild gl --ignore-scripts=false --foreground-scripts']);
  });

  test('tools are installed where that may be', () => {
    const machine = machineOf([gl, '/bin/apt-get'], { leaves: { update: [], install: tools, rebuild: [library] } });
    expect(prepare(machine)).toEqual(ready);
    expect(machine.commands[1]).toMatch(/install -y build-essential python3 python-is-python3 pkg-config libxi-dev libgl1-mesa-dev xvfb xauth$/);
    expect(machine.commands).toHaveLength(3);
  });

  test('elsewhere it is said what is missing and how to install it', () => {
    expect(troubleOf(prepare(machineOf([gl, ...tools.slice(1)], { isRoot: false })))).toMatch(/^tests under headless-gl: xvfb-run: not found\. Debian: apt-get install build-essential/);
    expect(troubleOf(prepare(machineOf(tools)))).toContain('npm ci installs it');
    expect(troubleOf(prepare(machineOf([gl, ...tools], { leaves: { rebuild: [] } })))).toContain('npm rebuild gl did not build it');
  });
});
