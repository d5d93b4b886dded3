import { expect, test } from 'vitest';
import { run } from './run.ts';
import { recorded } from './testing/recorded.ts';

test('help and version are results: they go to stdout, and the status is 0', async () => {
  const help = await recorded(['--help']);
  expect(help).toMatchObject({ status: 0, stderr: '' });
  expect(help.stdout).toContain('Usage: xcorr [options] [command]');
  const version = await recorded(['--version']);
  expect(version).toMatchObject({ status: 0, stderr: '' });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without a command the help is what went wrong', async () => {
  const { status, stdout, stderr } = await recorded([]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('Usage: xcorr');
});

test.each([
  [['bok'], "xcorr: unknown command 'bok'\n(Did you mean book?)\n(xcorr --help says more)\n"],
  [['book', '--jsn'], "xcorr: unknown option '--jsn'\n(Did you mean --json?)\n(xcorr book --help says more)\n"],
  [['edges'], "xcorr: required option '-o, --output <file>' not specified\n(xcorr edges --help says more)\n"],
  [['edges', '-o', 'a.png'], "xcorr: missing required argument 'pictures'\n(xcorr edges --help says more)\n"],
  [['edges', 'a', 'b', '-o', 'c.png'], 'xcorr: c.png names one picture, and 2 are given\n  name a folder with --output\n'],
  [['demo', 'a'], "xcorr: too many arguments for 'demo'. Expected 0 arguments but got 1.\n(xcorr demo --help says more)\n"],
  [['edges', 'a', '-o'], "xcorr: option '-o, --output <file>' argument missing\n(xcorr edges --help says more)\n"],
  [
    ['edges', 'a', '-o', 'a.png', '--show', 'bright'],
    "xcorr: option '--show <what>' argument 'bright' is invalid. Allowed choices are absolute, signed, magnitude, as-is.\n(xcorr edges --help says more)\n",
  ],
  [['edges', '-dash.png', '-o', 'a.png'], "xcorr: unknown option '-dash.png'\n  a file of that name is given as ./-dash.png, or behind --\n(xcorr edges --help says more)\n"],
  [['inspect', 'cany'], 'xcorr: cany: there is no such file, nor a program of that name\n  give book, sobel, canny, learn, two-layers, or a file that holds a graph as text\n'],
])('xcorr %j is misuse', async (argv, message) => {
  expect(await recorded(argv)).toEqual({ status: 2, stdout: '', stderr: message });
});

test('an error that no one designed has the status 3 and says how to report it', async () => {
  let said = '';
  const broken = {
    write: () => {
      throw new RangeError('no room');
    },
  };
  const status = await run(['book'], { stdout: broken, stderr: { write: (text) => (said += String(text)) }, env: {} });
  expect(status).toBe(3);
  expect(said).toMatch(/^xcorr: unexpected RangeError: no room\n {2}this is a fault of xcorr: please report it /);
});

test('--help of every command has examples', async () => {
  const { stdout } = await recorded(['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name = '']) => name);
  expect(names).toEqual(expect.arrayContaining(['book', 'edges', 'filter', 'inspect', 'demo', 'doctor']));
  for (const name of names.filter((each) => each !== 'help')) {
    const help = await recorded([name, '--help']);
    expect([name, help.status, help.stderr]).toEqual([name, 0, '']);
    expect(help.stdout).toMatch(new RegExp(`\nExamples:\n {2}xcorr ${name}`));
  }
});

test('where JSON is asked for, what went wrong is one document on stdout', async () => {
  for (const [argv, message] of [
    [['edges', '--json', '-o', 'a.png'], "missing required argument 'pictures'"],
    [['bok', '--json'], "unknown command 'bok'\n(Did you mean book?)"],
    [['inspect', 'none', '--json'], 'none: there is no such file'],
    [['edges', '-dash.png', '-o', 'a.png', '--json'], "unknown option '-dash.png'\n  a file of that name is given as ./-dash.png, or behind --"],
  ] as const) {
    const { status, stdout, stderr } = await recorded(argv);
    expect([status, stderr]).toEqual([2, '']);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({ error: { name: 'CommandError', status: 2 } });
    expect(JSON.stringify(document)).toContain(JSON.stringify(message).slice(1, -1));
  }
});

test('help and version are text with --json too, and the help says so', async () => {
  for (const argv of [['--help', '--json'], ['help', '--json'], ['-V', '--json']]) expect((await recorded(argv)).stdout).toMatch(/^(Usage: xcorr|\d)/);
  expect((await recorded(['--help'])).stdout).toContain('Help and version are text in any case.');
});
